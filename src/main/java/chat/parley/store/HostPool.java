package chat.parley.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConnection;

/**
 * The pool of an application server: it is asked for each transaction, because it may take back what is kept for long, and
 * closed by nobody here. It need not reset what it gets back, nor look at what it hands out.
 */
final class HostPool implements ConnectionPool {

    /** Connections that are good for what the store promises, whoever made them; auto-commit is on. */
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

    /** With auto-commit, as whoever takes it next may expect. */
    @Override
    public void give(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        connection.close();
    }

    /**
     * Sees that no transaction stays open with it, which might hold the lock for writing for as long as the pool lives.
     * Mostly SQLite has ended it already, and the connection is as good as before; else what is behind it is closed. The
     * driver takes {@link Connection#abort} and does nothing.
     */
    @Override
    public void discard(Connection connection) {
        try (connection) {
            if (!isOver(connection)) {
                physical(connection).close();
            }
        } catch (SQLException e) {
            // It is closed already, or the pool does not let go of it.
        }
    }

    /** A transaction begins only where none is; the empty one is ended in the way that the driver keeps count of. */
    private static boolean isOver(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("begin");
            if (connection.getAutoCommit()) {
                statement.execute("rollback");
            } else {
                connection.setAutoCommit(true);
            }
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** What the pool has wrapped; the driver may be another class loader's than ours. */
    private static Connection physical(Connection connection) throws SQLException {
        return connection.isWrapperFor(SQLiteConnection.class)
                ? connection.unwrap(SQLiteConnection.class)
                : connection.unwrap(Connection.class);
    }

    /**
     * Puts a connection as it comes from a pool into auto-commit: what somebody left open in it is taken back.
     *
     * @throws SQLException when it is good for nothing
     */
    static void commitByItself(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    @Override
    public boolean mayBeKept() {
        return false;
    }

    @Override
    public void close() {}
}
