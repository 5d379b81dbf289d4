package chat.parley.store;

/** The store did not do what was asked. */
public final class StoreException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What kind of failure it was. */
    public enum Kind {
        /** Too much waits already; nothing was done, and the same may work later. */
        BUSY,
        /** The store works and does not take this message; nothing was done. */
        REFUSED,
        /** The store cannot be reached, read or written; whether something was done is unknown. */
        UNAVAILABLE
    }

    private final Kind kind;

    /** A failure of the given kind; the message is for logs. */
    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** A failure of the given kind with its cause; the message is for logs. */
    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What kind of failure it was. */
    public Kind kind() {
        return kind;
    }
}
