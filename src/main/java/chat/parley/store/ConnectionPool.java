package chat.parley.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Connections to one database, ready for a transaction: auto-commit is off. Whoever takes one gives it back or discards it.
 * Any thread. Whoever makes it closes it.
 */
interface ConnectionPool extends AutoCloseable {

    /**
     * A connection.
     *
     * @throws SQLException when there is none in time
     */
    Connection take() throws SQLException;

    /**
     * Gives a connection back, whose transaction has ended.
     *
     * @throws SQLException when that cannot be; then it is to be discarded
     */
    void give(Connection connection) throws SQLException;

    /** Gives a connection back whose transaction could not be ended: nobody knows what state it is in. */
    void discard(Connection connection);

    /** Whether one may be kept from one transaction to the next, for as long as the store is open. */
    boolean mayBeKept();

    @Override
    void close();
}
