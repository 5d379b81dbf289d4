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
 *
 * <p>Tomcat writes, on a thread that is not its own, within {@link ServletOutputStream#setWriteListener}, and goes on there with the
 * next request of the connection when this one is over. That would be the store's thread; and when that request asks for a
 * WebSocket, nothing of it would ever be read, since Tomcat waits for no data after a turn that began with writing. So what
 * was written there is over only behind it.
 */
final class AsyncBody implements WriteListener {

    private static final Logger log = LoggerFactory.getLogger(AsyncBody.class);

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final byte[] bytes;
    private boolean written; // the container calls one at a time
    private final Thread sender = Thread.currentThread();
    private boolean isBeginning = true; // the sender only
    private boolean isDone; // the sender only

    private AsyncBody(AsyncContext context, ServletOutputStream out, byte[] bytes) {
        this.context = context;
        this.out = out;
        this.bytes = bytes;
    }

    /** Has it sent; status and headers are set already. Any thread, once a request. */
    static void send(AsyncContext context, HttpServletResponse response, byte[] bytes) throws IOException {
        ServletOutputStream out = response.getOutputStream();
        AsyncBody body = new AsyncBody(context, out, bytes);
        out.setWriteListener(body);
        body.begun();
    }

    private void begun() {
        isBeginning = false;
        if (isDone) {
            context.complete();
        }
    }

    private void end() {
        if (Thread.currentThread() == sender && isBeginning) {
            isDone = true;
        } else {
            context.complete();
        }
    }

    @Override
    public void onWritePossible() throws IOException {
        while (out.isReady()) {
            if (written) {
                end();
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
        end();
    }
}
