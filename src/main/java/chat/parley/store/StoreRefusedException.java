package chat.parley.store;

/** The store cannot be opened as it is; the message is one line for the operator, with what to do about it. */
public final class StoreRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A refusal with its line. */
    public StoreRefusedException(String line) {
        super(line);
    }

    /** A refusal with its line, and what it comes from. */
    public StoreRefusedException(String line, Throwable cause) {
        super(line, cause);
    }
}
