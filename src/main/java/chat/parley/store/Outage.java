package chat.parley.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store takes messages, as the writer last saw it; says so in the log when that changes, once. The writer
 * tells, any thread asks.
 */
final class Outage {

    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    private volatile boolean down;

    boolean isDown() {
        return down;
    }

    void failed(Throwable cause) {
        if (!down) {
            down = true;
            log.atError()
                    .setCause(cause instanceof StoreException ? null : cause)
                    .addKeyValue("why", cause.getMessage())
                    .log("the store cannot be written: messages are answered with unavailable until it can");
        }
    }

    void worked() {
        if (down) {
            down = false;
            log.info("the store can be written again");
        }
    }
}
