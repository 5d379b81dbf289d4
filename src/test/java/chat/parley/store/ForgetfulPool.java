package chat.parley.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A data source whose connections go round: each is given back to be the next one's, and has forgotten everything by then.
 * Its driver is told nothing but not to prepare statements for longer than once, as whoever puts a pooler there has to.
 */
final class ForgetfulPool extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    private final transient Deque<Connection> free = new ArrayDeque<>();
    private int mostPrepared;
    private volatile String told = "";

    ForgetfulPool(String url) {
        setURL(url);
        setPrepareThreshold(0);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection;
        synchronized (free) {
            connection = free.pollLast();
        }
        Connection real = connection == null ? super.getConnection() : connection;
        try (Statement statement = real.createStatement()) {
            statement.execute(told);
        }
        AtomicBoolean given = new AtomicBoolean(); // back; who closes twice has no share in the next one's
        return (Connection) Proxy.newProxyInstance(
                ForgetfulPool.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        if (given.compareAndSet(false, true)) {
                            giveBack(real);
                        }
                        return null;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** What every connection is told from now on, before somebody gets it. */
    void tell(String statement) {
        told = statement;
    }

    /** How many statements were left behind in a session, at most. */
    int mostPrepared() {
        synchronized (free) {
            return mostPrepared;
        }
    }

    private void giveBack(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        connection.setAutoCommit(true);
        int prepared;
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("select count(*) from pg_prepared_statements")) {
                row.next();
                prepared = row.getInt(1);
            }
            statement.execute("discard all");
        }
        synchronized (free) {
            mostPrepared = Math.max(mostPrepared, prepared);
            free.addFirst(connection);
        }
    }
}
