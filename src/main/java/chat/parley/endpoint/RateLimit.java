package chat.parley.endpoint;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How much one connection may ask for: a token bucket, and a count of refusals. One thread at a time may call. */
final class RateLimit {

    /** So many refusals within {@link #WINDOW_NANOS}: the client does not listen (protocol, section 4, 4529). */
    private static final int MAX_REFUSALS = 200;

    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

    private final @Nullable Bucket bucket;
    private long windowStart;
    private int refusals;

    /**
     * A full bucket.
     *
     * @param perSecond how many tokens come back a second; 0 for no limit
     * @param burst how many tokens there can be
     */
    RateLimit(int perSecond, int burst) {
        this.bucket = perSecond == 0
                ? null
                : Bucket.builder()
                        .addLimit(limit ->
                                limit.capacity(Math.max(burst, 1)).refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .build();
    }

    /** Takes so many tokens; 0 when they were there, else after how many milliseconds, at least 1, they will be. */
    long take(int cost) {
        if (bucket == null) {
            return 0;
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(cost);
        return probe.isConsumed() ? 0 : probe.getNanosToWaitForRefill() / 1_000_000 + 1;
    }

    /** Counts a refusal; whether there were too many lately. */
    boolean refused(long nanoTime) {
        if (refusals == 0 || nanoTime - windowStart > WINDOW_NANOS) {
            windowStart = nanoTime;
            refusals = 0;
        }
        return ++refusals >= MAX_REFUSALS;
    }
}
