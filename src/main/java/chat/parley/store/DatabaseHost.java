package chat.parley.store;

/** Where the tables of a {@link Database} are, opened and brought up to date. Any thread. Whoever opens it closes it. */
interface DatabaseHost extends AutoCloseable {

    /** What kind of database it is. */
    Dialect dialect();

    /**
     * Connections to it, which promise what the store promises.
     *
     * @param connections how many, unless the application server has a pool
     */
    ConnectionPool pool(String name, int connections);

    /**
     * Checks that what is written now would be found again.
     *
     * @param writer a pool of this, for who has to ask
     * @throws StoreException when it would not
     */
    void check(ConnectionPool writer) throws StoreException;

    /** The same before and after each transaction, where it costs next to nothing. */
    default void checkCheaply() throws StoreException {}

    /**
     * Checks that there is some room: a small write may still fit where the last did not.
     *
     * @throws StoreException when there is not
     */
    default void checkRoom() throws StoreException {}

    @Override
    void close();
}
