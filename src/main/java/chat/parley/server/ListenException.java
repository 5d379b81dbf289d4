package chat.parley.server;

import chat.parley.config.Settings;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;

/** The server cannot listen where it was told to. The message is one line for the operator. */
final class ListenException extends IOException {

    private static final long serialVersionUID = 1L;

    ListenException(Settings.Http http, int port, String otherwise, IOException cause) {
        super(
                "cannot listen on " + http.hostInUri() + ":" + port + ": " + reason(cause) + " (" + otherwise
                        + " another place)",
                cause);
    }

    /** What the operating system said: the innermost cause, below what the layers above made of it. */
    private static String reason(Throwable cause) {
        Throwable innermost = cause;
        for (Throwable next = cause.getCause(); next != null; next = next.getCause()) {
            innermost = next;
        }
        if (innermost instanceof UnresolvedAddressException) {
            return "no such host";
        }
        return innermost.getMessage() == null ? innermost.getClass().getSimpleName() : innermost.getMessage();
    }
}
