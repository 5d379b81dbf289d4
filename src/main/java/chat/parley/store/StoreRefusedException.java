package chat.parley.store;

/** The store cannot be opened as it is; the message is one line for the operator, with what to do about it. */
public final class StoreRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean temporary;

    /** A refusal with its line. */
    public StoreRefusedException(String line) {
        super(line);
        this.temporary = false;
    }

    /** A refusal with its line, and what it comes from. */
    public StoreRefusedException(String line, Throwable cause) {
        this(line, cause, false);
    }

    /** The same, and whether it may be otherwise the next time without anybody changing a setting. */
    StoreRefusedException(String line, Throwable cause, boolean temporary) {
        super(line, cause);
        this.temporary = temporary;
    }

    /** Whether it may be otherwise the next time: the database cannot be reached. */
    public boolean isTemporary() {
        return temporary;
    }
}
