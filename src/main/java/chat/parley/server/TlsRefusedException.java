package chat.parley.server;

/** The certificate or its key cannot be used. The message is one line for the operator. */
final class TlsRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TlsRefusedException(String line) {
        super(line);
    }

    TlsRefusedException(String line, Throwable cause) {
        super(line, cause);
    }
}
