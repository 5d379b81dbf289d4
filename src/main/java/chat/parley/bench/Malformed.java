package chat.parley.bench;

/**
 * The server sent what RFC 6455 or the protocol do not allow; the connection is given up and this is counted. The
 * message is a noun: what was sent.
 */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
        super(message);
    }
}
