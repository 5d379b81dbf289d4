package chat.parley.endpoint;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How often each of many may do something: a token bucket for everybody who did it lately. A bucket that nobody took
 * from for as long as an empty one needs to fill is full, like a new one, and is forgotten; so are the older ones
 * when there are too many. Any thread may call; nothing here waits, but for whoever forgets.
 */
final class KeyedRate {

    /** Keys of one generation, of which there are two. */
    private static final int MOST_KEYS = 100_000;

    private final int burst;
    private final int refill;
    private final Duration period;
    private final long fillNanos;
    private final int mostKeys;
    private final TimeMeter clock;
    private final ReentrantLock lock = new ReentrantLock();

    /** Replaced under the lock, read without. */
    private volatile Generations generations;

    /** A key that is used moves from the old ones to the young ones; who stays old was not used for a while. */
    private record Generations(ConcurrentMap<String, Bucket> young, ConcurrentMap<String, Bucket> old, long since) {}

    /**
     * Nobody did it yet.
     *
     * @param refill how many times in a period, in the long run; 0 for no limit
     * @param burst how many times at once; 0 for no limit
     */
    KeyedRate(int refill, Duration period, int burst) {
        this(refill, period, burst, MOST_KEYS, TimeMeter.SYSTEM_NANOTIME);
    }

    KeyedRate(int refill, Duration period, int burst, int mostKeys, TimeMeter clock) {
        this.refill = refill;
        this.period = period;
        this.burst = burst;
        this.fillNanos = refill == 0 ? 0 : (long) Math.ceil((double) period.toNanos() * burst / refill);
        this.mostKeys = mostKeys;
        this.clock = clock;
        this.generations = new Generations(new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), now());
    }

    /** Takes one token; 0 when it was there, else after how many milliseconds, at least 1, there will be one. */
    long take(String key) {
        Bucket bucket = bucket(key);
        if (bucket == null) {
            return 0;
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? 0 : millis(probe.getNanosToWaitForRefill());
    }

    /** As {@link #take}, but leaves the token there. */
    long look(String key) {
        Bucket bucket = bucket(key);
        return bucket == null || bucket.getAvailableTokens() > 0
                ? 0
                : millis(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    /** Takes one token even if none is there: the next will come later. */
    void charge(String key) {
        Bucket bucket = bucket(key);
        if (bucket != null) {
            bucket.consumeIgnoringRateLimits(1);
        }
    }

    /**
     * Somebody owes so much altogether, here and elsewhere: what of it was not taken here is taken now, even if that many
     * tokens are not there.
     */
    void owes(String key, long tokens) {
        Bucket bucket = bucket(key);
        if (bucket != null) {
            long elsewhere = tokens - (burst - bucket.getAvailableTokens());
            if (elsewhere > 0) {
                bucket.consumeIgnoringRateLimits(elsewhere);
            }
        }
    }

    /** After how long one token comes back; zero when there is no limit. */
    Duration perToken() {
        return refill == 0 ? Duration.ZERO : period.dividedBy(refill);
    }

    /** How long an empty bucket needs to fill. */
    Duration fills() {
        return Duration.ofNanos(fillNanos);
    }

    /** How many tokens there can be; 0 for no limit. */
    int burst() {
        return refill == 0 ? 0 : burst;
    }

    /** How many keys are remembered. */
    int size() {
        Generations now = generations;
        return now.young().size() + now.old().size();
    }

    private @Nullable Bucket bucket(String key) {
        if (refill == 0 || burst == 0) {
            return null;
        }
        Generations now = generations;
        Bucket known = now.young().get(key);
        if (known != null && now() - now.since() <= fillNanos) {
            return known;
        }
        Generations current = current();
        return current.young().computeIfAbsent(key, it -> {
            Bucket kept = current.old().get(it);
            return kept == null ? full() : kept;
        });
    }

    private Generations current() {
        lock.lock();
        try {
            if (now() - generations.since() > fillNanos || generations.young().size() >= mostKeys) {
                turn();
            }
            return generations;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private void turn() {
        generations = new Generations(new ConcurrentHashMap<>(), generations.young(), now());
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(refill, period))
                .withCustomTimePrecision(clock)
                .build();
    }

    private long now() {
        return clock.currentTimeNanos();
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000 + 1;
    }
}
