package chat.parley.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The pool of an application server: it is asked for each transaction, because it may take back what is kept for long, and
 * closed by nobody here.
 */
final class HostPool implements ConnectionPool {

    /** Connections that are good for what the store promises, whoever made them. */
    interface Source {
        Connection connection() throws SQLException;
    }

    private final Source source;

    HostPool(Source source) {
        this.source = source;
    }

    @Override
    public Connection take() throws SQLException {
        Connection connection = source.connection();
        try {
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** It is the pool's business to look at what it gets back; broken off, nobody takes it for good. */
    @Override
    public void discard(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is closed next, and that is all that can be done.
        }
    }

    @Override
    public boolean mayBeKept() {
        return false;
    }

    @Override
    public void close() {}
}
