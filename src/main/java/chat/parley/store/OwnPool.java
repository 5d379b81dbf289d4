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

    private final HikariDataSource pool;

    OwnPool(String name, int connections, DataSource source) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(connections);
        config.setAutoCommit(false);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setValidationTimeout(CONNECT_MILLIS / 2);
        config.setInitializationFailTimeout(-1);
        config.setMaxLifetime(0);
        this.pool = new HikariDataSource(config);
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
        return true;
    }

    @Override
    public void close() {
        pool.close();
    }
}
