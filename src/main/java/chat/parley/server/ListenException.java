package chat.parley.server;

import chat.parley.config.Settings;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;

/** The server cannot listen where it was told to. The message is one line for the operator. */
final class ListenException extends Exception {

    private static final long serialVersionUID = 1L;

    ListenException(Settings.Http http, IOException cause) {
        super(
                "cannot listen on " + http.hostInUri() + ":" + http.port() + ": " + reason(cause)
                        + " (--host and --port choose another place)",
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
