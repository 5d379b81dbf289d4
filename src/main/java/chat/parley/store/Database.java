package chat.parley.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The connections of the {@link JdbcStore}: one that writes and a few that read, each piece of work a transaction of its
 * own. Reading never waits for writing. Any thread reads, one writes. Whoever makes it closes it, and the file with it.
 */
final class Database implements AutoCloseable {

    private static final int READERS = 2;

    /** What is read within one transaction. */
    interface Reading<T> {
        T run(Connection connection) throws SQLException;
    }

    /** What is written within one transaction. */
    interface Writing<T> {
        T run(Statements statements) throws SQLException;
    }

    private final SqliteFile file;
    private final ConnectionPool writer;
    private final ConnectionPool readers;

    /** Kept from one transaction to the next until one fails; the writing thread only. */
    private @Nullable Statements writing;

    Database(SqliteFile file) {
        this.file = file;
        this.writer = file.pool("parley-store-writer", 1);
        this.readers = file.pool("parley-store-reader", READERS);
    }

    Dialect dialect() {
        return Dialect.SQLITE;
    }

    /** Reads; sees one moment of the database. */
    <T> T read(Reading<T> work) throws StoreException {
        try {
            Connection connection = readers.take();
            try {
                return work.run(connection);
            } finally {
                end(connection, readers);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Writes and commits; when it fails, nothing was written, or nobody knows. */
    <T> T write(Writing<T> work) throws StoreException {
        file.check();
        T result;
        try {
            Statements statements = writing();
            dialect().lockForWriting(statements);
            result = work.run(statements);
            statements.connection().commit();
            if (!writer.mayBeKept()) {
                release();
            }
        } catch (SQLException e) {
            release();
            throw failure(e);
        } catch (RuntimeException | Error e) {
            release();
            throw e;
        }
        file.check();
        return result;
    }

    /** Whether what is written would be found again. */
    void check() throws StoreException {
        file.check();
    }

    /** Whether there is room for what may be written next. */
    void checkRoom() throws StoreException {
        file.checkRoom();
    }

    @Override
    public void close() {
        release();
        readers.close();
        writer.close();
        file.close();
    }

    private Statements writing() throws SQLException {
        Statements statements = writing;
        if (statements == null) {
            statements = new Statements(writer.take());
            writing = statements;
        }
        return statements;
    }

    /** Takes back what was not committed; the next transaction gets its connection from the pool, which looks at it. */
    private void release() {
        Statements statements = writing;
        writing = null;
        if (statements != null) {
            statements.close();
            end(statements.connection(), writer);
        }
    }

    /** Work that failed may have ended the transaction; then the connection is good for nothing more. */
    private static void end(Connection connection, ConnectionPool pool) {
        try {
            connection.rollback();
            pool.give(connection);
        } catch (SQLException e) {
            pool.discard(connection);
        }
    }

    private StoreException failure(SQLException cause) {
        StoreException.Kind kind =
                dialect().refusesRow(cause) ? StoreException.Kind.REFUSED : StoreException.Kind.UNAVAILABLE;
        return new StoreException(kind, String.valueOf(cause.getMessage()), cause);
    }
}
