package chat.parley.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Connections to one database, ready for a transaction: auto-commit is off. Any thread. Whoever makes it closes it. */
interface ConnectionPool extends AutoCloseable {

    /**
     * A connection; closing it gives it back.
     *
     * @throws SQLException when there is none in time
     */
    Connection take() throws SQLException;

    /** Gives a connection back that is good for nothing more. */
    void discard(Connection connection);

    /** Whether one may be kept from one transaction to the next, for as long as the store is open. */
    boolean mayBeKept();

    @Override
    void close();
}
