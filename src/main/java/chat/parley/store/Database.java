package chat.parley.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The connections of the {@link JdbcStore}: one that writes and a few that read, each piece of work a transaction of its
 * own. Reading never waits for writing. Any thread reads, one writes. What a moment may do away with, a deadlock or a
 * connection that was lost, is tried again for as long as it is certain that nothing was committed; so work may be run more
 * than once. Whoever makes it closes it, and the host with it.
 */
final class Database implements AutoCloseable {

    private static final int READERS = 2;

    /** A statement waits 2 seconds for a lock at most, so that somebody who is thrown out of theirs is outlasted once. */
    private static final int ATTEMPTS = 3;

    private static final long PATIENCE_NANOS = Duration.ofSeconds(4).toNanos();

    /** What is read within one transaction. */
    interface Reading<T> {
        T run(Connection connection) throws SQLException;
    }

    /** One statement that changes nothing when it is carried out again. */
    interface Repeatable<T> {

        /** Carries it out; it may be done already when an answer was lost. */
        T run(Connection connection, boolean mayBeDone) throws SQLException;
    }

    /** What is written within one transaction. */
    interface Writing<T> {
        T run(Statements statements) throws SQLException;
    }

    /** One attempt at something. */
    private interface Attempt<T> {
        T run() throws SQLException;
    }

    /** The answer to a commit was lost: whether it was one nobody knows, so it must not be tried again. */
    private static final class CommitLost extends SQLException {

        private static final long serialVersionUID = 1L;

        CommitLost(SQLException cause) {
            super("whether it was committed is unknown: " + cause.getMessage(), cause);
        }
    }

    private final DatabaseHost host;
    private final Dialect dialect;
    private final ConnectionPool writer;
    private final ConnectionPool readers;

    /** For {@link #writeAside}; null where nobody has to write aside. */
    private final @Nullable ConnectionPool aside;

    /** Kept from one transaction to the next until one fails; the writing thread only. */
    private @Nullable Statements writing;

    private volatile Runnable changed = () -> {};

    Database(DatabaseHost host) {
        this.host = host;
        this.dialect = host.dialect();
        this.writer = host.pool("parley-store-writer", 1);
        this.readers = host.pool("parley-store-reader", READERS);
        this.aside = dialect.isOfOneServer() ? null : host.pool("parley-store-arrivals", 1);
    }

    Dialect dialect() {
        return dialect;
    }

    /** Has somebody told when something was committed that other servers are to hear of. */
    void onChange(Runnable listener) {
        changed = listener;
    }

    /** Reads; sees one moment of the database. */
    <T> T read(Reading<T> work) throws StoreException {
        return attempts(() -> {
            Connection connection = readers.take();
            try {
                dialect.beginReading(connection);
                return work.run(connection);
            } catch (SQLException e) {
                discardIfBroken(readers, connection, e);
                throw e;
            } finally {
                end(connection, readers);
            }
        });
    }

    /** Writes and commits; when it fails, nothing was written, or nobody knows. */
    <T> T write(Writing<T> work) throws StoreException {
        host.checkCheaply();
        T result = attempts(() -> writeOnce(work));
        host.checkCheaply();
        return result;
    }

    /**
     * Writes by one statement that is a transaction by itself and changes nothing when it is carried out again: so it is also
     * tried again when its answer was lost, and that answer tells whether the first was committed.
     */
    <T> T writeRepeatably(Repeatable<T> work) throws StoreException {
        AtomicBoolean mayBeDone = new AtomicBoolean();
        return attempts(() -> {
            Connection connection = writer.take();
            try {
                connection.setAutoCommit(true);
                return work.run(connection, mayBeDone.get());
            } catch (SQLException e) {
                if (dialect.breaksConnection(e)) {
                    mayBeDone.set(true);
                }
                discardIfBroken(writer, connection, e);
                throw e;
            } finally {
                give(connection, writer);
            }
        });
    }

    /** Writes and commits without waiting for the thread that writes; one thread at a time, of a database of several servers. */
    <T> T writeAside(Writing<T> work) throws StoreException {
        ConnectionPool pool = Objects.requireNonNull(aside);
        return attempts(() -> {
            Connection connection = pool.take();
            try (Statements statements = new Statements(connection)) {
                dialect.beginWriting(statements);
                T result = work.run(statements);
                commit(connection);
                return result;
            } catch (SQLException e) {
                discardIfBroken(pool, connection, e);
                throw e;
            } finally {
                end(connection, pool);
            }
        });
    }

    /** Whether what is written would be found again. */
    void check() throws StoreException {
        host.check(writer);
    }

    /** Whether there is room for what may be written next. */
    void checkRoom() throws StoreException {
        host.checkRoom();
    }

    @Override
    public void close() {
        release();
        readers.close();
        if (aside != null) {
            aside.close();
        }
        writer.close();
        host.close();
    }

    private <T> T attempts(Attempt<T> attempt) throws StoreException {
        long begun = System.nanoTime();
        for (int left = ATTEMPTS - 1; ; left--) {
            try {
                return attempt.run();
            } catch (SQLException e) {
                if (left == 0 || !dialect.mayWorkAgain(e) || System.nanoTime() - begun > PATIENCE_NANOS) {
                    throw failure(e);
                }
            }
        }
    }

    private <T> T writeOnce(Writing<T> work) throws SQLException {
        boolean done = false;
        try {
            Statements statements = writing();
            statements.takeChange(); // of an attempt that came to nothing
            dialect.beginWriting(statements);
            T result = work.run(statements);
            commit(statements.connection());
            done = true;
            if (statements.takeChange()) {
                changed.run();
            }
            if (!writer.mayBeKept()) {
                release();
            }
            return result;
        } finally {
            if (!done) {
                release();
            }
        }
    }

    private void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw dialect.breaksConnection(e) ? new CommitLost(e) : e;
        }
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
        } catch (SQLException e) {
            pool.discard(connection);
            return;
        }
        give(connection, pool);
    }

    /** What was done is done, also when the pool does not get it back. */
    private static void give(Connection connection, ConnectionPool pool) {
        try {
            pool.give(connection);
        } catch (SQLException e) {
            pool.discard(connection);
        }
    }

    private void discardIfBroken(ConnectionPool pool, Connection connection, SQLException failure) {
        if (dialect.breaksConnection(failure)) {
            pool.discard(connection);
        }
    }

    private StoreException failure(SQLException cause) {
        StoreException.Kind kind =
                dialect.refusesRow(cause) ? StoreException.Kind.REFUSED : StoreException.Kind.UNAVAILABLE;
        return new StoreException(kind, String.valueOf(cause.getMessage()), cause);
    }
}
