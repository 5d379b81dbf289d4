package chat.parley.identity;

/** Hears at once when a session ends before its time, so that what lives by it ends too. Must not block. */
public interface Endings {

    /** A session is over, a guest's or an account's. */
    void sessionEnded(String session);

    /** All sessions of somebody are over; the key is that of the {@link Identity}. */
    void allEnded(String key);

    /** A guest has to give their name to somebody who is vouched for. */
    default void gaveWay(String guest) {
        allEnded(guest);
    }
}
