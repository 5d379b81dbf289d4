package chat.parley.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A pool of our own. */
final class OwnPool implements ConnectionPool {

    /** How long to wait for a connection that has to be opened anew. */
    private static final long CONNECT_MILLIS = 2_000;

    /** Of a connection to another machine: it may have moved, and what lies between forgets connections. */
    private static final long LIFE_MILLIS = 1_800_000;

    private final HikariDataSource pool;
    private final boolean keeping;

    /** A pool of connections that live as long as it does. */
    static OwnPool kept(String name, int connections, DataSource source) {
        return new OwnPool(name, connections, source, 0);
    }

    /** A pool of connections that are replaced now and then, and looked at when nobody had them for half a second. */
    static OwnPool changing(String name, int connections, DataSource source) {
        return new OwnPool(name, connections, source, LIFE_MILLIS);
    }

    private OwnPool(String name, int connections, DataSource source, long lifeMillis) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(connections);
        config.setAutoCommit(false);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setValidationTimeout(CONNECT_MILLIS / 2);
        config.setInitializationFailTimeout(-1);
        config.setMaxLifetime(lifeMillis);
        this.pool = new HikariDataSource(config);
        this.keeping = lifeMillis == 0;
    }

    @Override
    public Connection take() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void give(Connection connection) throws SQLException {
        connection.close();
    }

    @Override
    public void discard(Connection connection) {
        pool.evictConnection(connection);
        try {
            connection.close();
        } catch (SQLException e) {
            // The pool opens another.
        }
    }

    @Override
    public boolean mayBeKept() {
        return keeping;
    }

    @Override
    public void close() {
        pool.close();
    }
}
