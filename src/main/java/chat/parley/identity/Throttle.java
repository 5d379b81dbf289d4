package chat.parley.identity;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many attempts each key has: so many at once, and as many again over a quarter of an hour. Remembers the keys that
 * were tried last; whoever wants to be forgotten has to try many others, each under the throttle of their address.
 * Thread-safe.
 */
final class Throttle {

    static final Duration WINDOW = Duration.ofMinutes(15);

    private static final int REMEMBERED = 50_000;

    private static final int LONGEST_KEY = 128;

    private final int attempts;

    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** A throttle; 0 attempts is no limit. */
    Throttle(int attempts) {
        this.attempts = attempts;
    }

    /** Takes an attempt; 0 when there was one, else after how many milliseconds, at least 1, there will be. */
    long take(String key) {
        if (attempts == 0) {
            return 0;
        }
        ConsumptionProbe probe = bucket(shortened(key)).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? 0 : probe.getNanosToWaitForRefill() / 1_000_000 + 1;
    }

    /** Gives an attempt back that was none. */
    void giveBack(String key) {
        if (attempts != 0) {
            bucket(shortened(key)).addTokens(1);
        }
    }

    /** What is longer than any name or address is no name: no memory for it. */
    private static String shortened(String key) {
        return key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY);
    }

    private synchronized Bucket bucket(String key) {
        return buckets.computeIfAbsent(
                key,
                unused -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(attempts).refillGreedy(attempts, WINDOW))
                        .build());
    }
}
