package chat.parley.endpoint;

import chat.parley.relay.Ledger;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How often each user may do something on all servers together. What is allowed is decided here alone and at once, by a
 * {@link KeyedRate}; who takes noticeably much is told to the others a moment later, and what they took elsewhere is then
 * taken here too. So somebody on n servers gets at most n tenths of a burst more than on one, and what they take in that
 * moment. Any thread may call; nothing here waits.
 */
final class SharedRate {

    /** What is taken within so long is told together. */
    private static final Duration GATHER = Duration.ofMillis(100);

    /** Whoever took less than this part of a burst, in the time in which a burst comes back, is not told of. */
    private static final int NOTICEABLE = 10;

    /** So many of whom nothing is told yet are remembered; beyond that everybody is told of. */
    private static final int MOST_KEYS = 100_000;

    private final String what;
    private final KeyedRate rate;
    private final Ledger ledger;
    private final ScheduledExecutorService scheduler;
    private final ConcurrentMap<String, Taken> untold = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Taken> telling = new ConcurrentHashMap<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** Tokens taken since then, by {@code System.nanoTime()}. */
    private record Taken(long tokens, long since) {}

    /**
     * A rate that is told of under a word.
     *
     * @param scheduler tells a moment later
     */
    SharedRate(String what, KeyedRate rate, Ledger ledger, ScheduledExecutorService scheduler) {
        this.what = what;
        this.rate = rate;
        this.ledger = ledger;
        this.scheduler = scheduler;
    }

    /** As {@link KeyedRate#take}. */
    long take(String key) {
        long wait = rate.take(key);
        if (wait == 0) {
            taken(key);
        }
        return wait;
    }

    /** As {@link KeyedRate#look}. */
    long look(String key) {
        return rate.look(key);
    }

    /** As {@link KeyedRate#charge}. */
    void charge(String key) {
        rate.charge(key);
        taken(key);
    }

    private void taken(String key) {
        if (rate.burst() == 0 || ledger.isAlone()) {
            return;
        }
        long now = System.nanoTime();
        long window = rate.fills().toNanos();
        long noticeable = Math.max(1, rate.burst() / NOTICEABLE);
        untold.compute(key, (it, before) -> {
            Taken taken = before == null || now - before.since() > window
                    ? new Taken(1, now)
                    : new Taken(before.tokens() + 1, before.since());
            if (taken.tokens() < noticeable && untold.size() < MOST_KEYS) {
                return taken;
            }
            telling.merge(it, taken, (one, other) -> new Taken(one.tokens() + other.tokens(), one.since()));
            return null;
        });
        if (!telling.isEmpty() && scheduled.compareAndSet(false, true)) {
            tellSoon();
        }
    }

    private void tellSoon() {
        try {
            Future<?> unused = scheduler.schedule(this::tellAll, GATHER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            telling.clear(); // the server has stopped
        }
    }

    private void tellAll() {
        scheduled.set(false);
        for (String key : telling.keySet()) {
            Taken taken = telling.remove(key);
            if (taken != null) {
                tell(key, taken);
            }
        }
        if (untold.size() >= MOST_KEYS / 2) {
            long now = System.nanoTime();
            untold.values().removeIf(taken -> now - taken.since() > rate.fills().toNanos());
        }
    }

    /** What came back since then, and while the others were asked, is not owed any more. */
    private void tell(String key, Taken taken) {
        long asked = System.nanoTime();
        Duration token = rate.perToken();
        ledger.spent(what, key, taken.tokens(), Duration.ofNanos(asked - taken.since()), token, 2L * rate.burst())
                .thenAccept(owed -> {
                    long back = (System.nanoTime() - asked) / Math.max(1, token.toNanos()) + 1;
                    rate.owes(key, owed - back);
                });
    }
}
