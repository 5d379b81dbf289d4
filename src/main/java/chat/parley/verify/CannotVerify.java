package chat.parley.verify;

/** The run came to nothing; the message is the one line for the person who started it. */
public final class CannotVerify extends Exception {
    private static final long serialVersionUID = 1L;

    CannotVerify(String message) {
        super(message);
    }
}
