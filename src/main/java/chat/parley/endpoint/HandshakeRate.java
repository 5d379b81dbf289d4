package chat.parley.endpoint;

import chat.parley.config.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many handshakes a second the server takes, from one address and in all. An address is asked first, so that one
 * that floods uses up nothing of what is there for all. A refusal costs no token. Any thread may call.
 */
final class HandshakeRate {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final KeyedRate ofAddress;
    private final KeyedRate ofAll;

    HandshakeRate(Settings.Handshakes limits) {
        this.ofAddress = new KeyedRate(limits.perAddress(), SECOND, limits.perAddressBurst());
        this.ofAll = new KeyedRate(limits.all(), SECOND, limits.allBurst());
    }

    /** Counts a handshake; null when it may go on. */
    @Nullable Refusal refusal(Handshake handshake) {
        long wait = ofAddress.take(handshake.site());
        if (wait > 0) {
            return new Refusal(429, seconds(wait), "There are too many handshakes from this address.");
        }
        wait = ofAll.take("");
        return wait > 0 ? new Refusal(503, seconds(wait), "There are too many handshakes.") : null;
    }

    /** Rounded up: who comes back then is not refused for a fraction. */
    private static int seconds(long millis) {
        return Math.toIntExact((millis + 999) / 1000);
    }
}
