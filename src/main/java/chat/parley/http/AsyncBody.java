package chat.parley.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the body of an answer as fast as the client takes it, and ends the request then. No thread waits: neither that of
 * the container nor, above all, the one that has the answer, which may be the store's.
 */
final class AsyncBody implements WriteListener {

    private static final Logger log = LoggerFactory.getLogger(AsyncBody.class);

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final byte[] bytes;
    private boolean written; // the container calls one at a time

    private AsyncBody(AsyncContext context, ServletOutputStream out, byte[] bytes) {
        this.context = context;
        this.out = out;
        this.bytes = bytes;
    }

    /** Has it sent; status and headers are set already. Any thread, once a request. */
    static void send(AsyncContext context, HttpServletResponse response, byte[] bytes) throws IOException {
        ServletOutputStream out = response.getOutputStream();
        out.setWriteListener(new AsyncBody(context, out, bytes));
    }

    @Override
    public void onWritePossible() throws IOException {
        while (out.isReady()) {
            if (written) {
                context.complete();
                return;
            }
            written = true;
            if (bytes.length > 0) {
                out.write(bytes);
            } else {
                out.flush(); // or GlassFish, which has nothing to send, answers 200 whatever was set
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        log.atDebug().setCause(failure).log("an answer could not be written");
        context.complete();
    }
}
