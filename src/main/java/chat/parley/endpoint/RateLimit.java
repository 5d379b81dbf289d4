package chat.parley.endpoint;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much one connection may ask for: a token bucket, and a count of refusals. Any thread may call: a pong may
 * come while frames that were held are carried out.
 */
final class RateLimit {

    /** So many refusals within {@link #WINDOW_NANOS}: the client does not listen (protocol, section 4, 4529). */
    private static final int MAX_REFUSALS = 200;

    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

    private final @Nullable Bucket bucket;

    /** When the last {@link #MAX_REFUSALS} refusals were, the oldest at {@link #next}; null before the first. */
    @GuardedBy("this") private long @Nullable [] refusedAt;

    @GuardedBy("this") private int next;

    @GuardedBy("this") private boolean full;

    /**
     * A full bucket.
     *
     * @param perSecond how many tokens come back a second; 0 for no limit
     * @param burst how many tokens there can be; 0 for no limit, whatever the rate
     */
    RateLimit(int perSecond, int burst) {
        this.bucket = perSecond == 0 || burst == 0
                ? null
                : Bucket.builder()
                        .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
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
    synchronized boolean refused(long nanoTime) {
        long[] times = refusedAt;
        if (times == null) {
            times = new long[MAX_REFUSALS];
            refusedAt = times;
        }
        times[next] = nanoTime;
        next = (next + 1) % MAX_REFUSALS;
        full |= next == 0;
        return full && nanoTime - times[next] <= WINDOW_NANOS;
    }
}
