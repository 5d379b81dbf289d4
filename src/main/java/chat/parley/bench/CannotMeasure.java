package chat.parley.bench;

/** The run came to nothing; the message is the one line for the person who started it. */
public final class CannotMeasure extends Exception {
    private static final long serialVersionUID = 1L;

    CannotMeasure(String message) {
        super(message);
    }
}
