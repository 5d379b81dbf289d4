package chat.parley.identity;

/** The keys of another user system cannot be used as they are. The message is one line for the operator. */
public final class KeysRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeysRefusedException(String line, Throwable cause) {
        super(line, cause);
    }
}
