package chat.parley.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a small body without a thread that waits for it. Hears first any number of times that there is data, at last that
 * all of it was read or that it failed; calls one of its listeners once.
 */
final class BodyReader implements ReadListener {

    private final ServletInputStream in;
    private final int most;
    private final Consumer<byte @Nullable []> done;
    private final Runnable broken;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean told;

    /**
     * A reader.
     *
     * @param most bytes that a body may have
     * @param done gets the body; null when it is too large
     * @param broken runs instead when it did not come to its end
     */
    BodyReader(ServletInputStream in, int most, Consumer<byte @Nullable []> done, Runnable broken) {
        this.in = in;
        this.most = most;
        this.done = done;
        this.broken = broken;
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] buffer = new byte[1_024];
        while (!told && in.isReady()) {
            int read = in.read(buffer);
            if (read < 0) {
                return;
            }
            body.write(buffer, 0, read);
            if (body.size() > most) {
                tell(null);
            }
        }
    }

    @Override
    public void onAllDataRead() {
        tell(body.toByteArray());
    }

    /** The client is gone, or what it sends is no body. */
    @Override
    public void onError(Throwable cause) {
        if (!told) {
            told = true;
            broken.run();
        }
    }

    private void tell(byte @Nullable [] result) {
        if (!told) {
            told = true;
            done.accept(result);
        }
    }
}
