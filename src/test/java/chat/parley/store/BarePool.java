package chat.parley.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

/**
 * A pool as an application server may have it as well: it hands the same connections out again as it got them back, resets
 * nothing, closes no statement, and does not look whether they are still good.
 */
final class BarePool implements AutoCloseable {

    private final SQLiteDataSource driver = new SQLiteDataSource();
    private final boolean autoCommit;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final List<Connection> all = new ArrayList<>();
    private final List<Statement> statements = new ArrayList<>();
    private boolean failing;

    /** Connections that are in auto-commit, or not, when they are new. */
    BarePool(Path file, boolean autoCommit) {
        this.driver.setUrl("jdbc:sqlite:" + file);
        this.autoCommit = autoCommit;
    }

    DataSource source() {
        return proxy(DataSource.class, (proxy, method, arguments) -> take());
    }

    /** From now on no connection takes back what it did. */
    synchronized void failRollbacks() {
        failing = true;
    }

    /** The connections there are, as the driver made them. */
    synchronized List<Connection> connections() {
        return List.copyOf(all);
    }

    /** How many statements were prepared and are still open. */
    synchronized int openStatements() throws SQLException {
        int open = 0;
        for (Statement each : statements) {
            open += each.isClosed() ? 0 : 1;
        }
        return open;
    }

    private synchronized Connection take() throws SQLException {
        Connection physical = idle.poll();
        if (physical == null) {
            physical = driver.getConnection();
            physical.setAutoCommit(autoCommit);
            all.add(physical);
        }
        return wrapped(physical);
    }

    private Connection wrapped(Connection physical) {
        boolean[] given = {false};
        return proxy(Connection.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "close":
                    if (!given[0]) {
                        given[0] = true;
                        give(physical);
                    }
                    return null;
                case "rollback":
                    if (isFailing()) {
                        throw new SQLException("disk I/O error");
                    }
                    return called(method, physical, arguments);
                case "isWrapperFor":
                    return ((Class<?>) arguments[0]).isInstance(physical);
                case "unwrap":
                    return ((Class<?>) arguments[0]).cast(physical);
                default:
                    Object answer = called(method, physical, arguments);
                    if (answer instanceof PreparedStatement statement) {
                        remember(statement);
                    }
                    return answer;
            }
        });
    }

    private synchronized void give(Connection physical) {
        idle.push(physical);
    }

    private synchronized boolean isFailing() {
        return failing;
    }

    private synchronized void remember(Statement statement) {
        statements.add(statement);
    }

    private static Object called(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public synchronized void close() throws SQLException {
        for (Connection each : all) {
            each.close();
        }
    }
}
