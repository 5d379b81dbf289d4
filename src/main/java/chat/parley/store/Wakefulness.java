package chat.parley.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether this server may believe what it holds in memory. One that slept, paused with its machine or stopped, or that
 * lost touch with the others, missed what they did meanwhile: who was banned, who signed out, what was said. It is to read
 * all that anew before it does what anybody asks.
 *
 * <p>Promises: from the moment somebody asks whether it is awake, after a sleep of {@link #NAP} or more, the answer is no
 * until everything that was registered has caught up, with reads that began after that sleep; what fails is tried again, one
 * attempt after the other. Any thread may ask; nothing waits. It ends with the scheduler it was given. Where nothing was
 * registered, because there are no others, it is always awake.
 */
public final class Wakefulness {

    private static final Logger log = LoggerFactory.getLogger(Wakefulness.class);

    /** Shorter sleeps are the daily life of a busy machine. */
    public static final Duration NAP = Duration.ofSeconds(2);

    /** How often it looks; and an attempt to catch up begins no sooner after the beginning of the one before. */
    static final Duration TICK = Duration.ofMillis(250);

    /** So long somebody who asks is kept waiting; the attempt itself takes what it takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Whoever is not awake for longer has more than a busy moment. */
    static final Duration LONG = Duration.ofSeconds(5);

    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanos;
    private final LongSupplier millis;
    private final List<Supplier<? extends CompletionStage<?>>> catchingUp = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();

    /** By both clocks: of a machine that was paused one may have stood still. */
    private final AtomicLong seenNanos;

    private final AtomicLong seenMillis;

    /** Who waits to be told whether this server is awake; null when nobody does. */
    @GuardedBy("lock") private @Nullable CompletableFuture<Boolean> waiters;

    @GuardedBy("lock") private boolean isCatchingUp;

    @GuardedBy("lock") private long attemptBegun;

    /** How many sleeps and doubts there were: what was read before the last of them is not enough. */
    @GuardedBy("lock") private long doubts;

    @GuardedBy("lock") private boolean isFailureLogged;

    @GuardedBy("lock") private long doubtedSince;

    private volatile boolean isAwake = true;

    /** Awake from now on. */
    public Wakefulness(ScheduledExecutorService scheduler) {
        this(scheduler, System::nanoTime, System::currentTimeMillis);
    }

    Wakefulness(ScheduledExecutorService scheduler, LongSupplier nanos, LongSupplier millis) {
        this.scheduler = scheduler;
        this.nanos = nanos;
        this.millis = millis;
        this.seenNanos = new AtomicLong(nanos.getAsLong());
        this.seenMillis = new AtomicLong(millis.getAsLong());
        this.attemptBegun = nanos.getAsLong() - TICK.toNanos();
    }

    /**
     * Says what has to be done after a sleep; all of it is begun at once. Before the start.
     *
     * @param catchUp begins it; its stage may fail, and is begun again then. Must not block
     */
    public void onWaking(Supplier<? extends CompletionStage<?>> catchUp) {
        catchingUp.add(catchUp);
    }

    /** From now on notices by itself when it slept; how long it took until here is nobody's loss. */
    public void start() {
        seenNanos.set(nanos.getAsLong());
        seenMillis.set(millis.getAsLong());
        Future<?> unused =
                scheduler.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is in memory is not to be believed: touch was lost with those who tell of changes. */
    public void doubt() {
        if (catchingUp.isEmpty()) {
            return;
        }
        synchronized (lock) {
            fallAsleep();
        }
        catchUp();
    }

    /** Whether what is in memory may be believed, as far as was noticed; {@link #waking} is what notices. */
    public boolean isAwake() {
        return isAwake;
    }

    /** Whether it has not been awake for more than some seconds, so that clients do better with another server. */
    public boolean isLongAsleep() {
        synchronized (lock) {
            return !isAwake && nanos.getAsLong() - doubtedSince > LONG.toNanos();
        }
    }

    /**
     * Asked before something is done that somebody asks for: null when that may be done now; else a stage that never fails
     * and soon completes, with whether it may be done then.
     */
    public @Nullable CompletionStage<Boolean> waking() {
        if (catchingUp.isEmpty()) {
            return null; // nobody else does anything
        }
        noticeSleep();
        if (isAwake) {
            return null;
        }
        CompletableFuture<Boolean> mine;
        boolean isFirst;
        synchronized (lock) {
            if (isAwake) {
                return null;
            }
            isFirst = waiters == null;
            mine = waiters == null ? new CompletableFuture<>() : waiters;
            waiters = mine;
        }
        if (isFirst) {
            losePatience(mine);
        }
        catchUp();
        return mine;
    }

    /** What the scheduler does again and again. */
    void tick() {
        long nanoTime = nanos.getAsLong(); // beforehand: a sleep in between is noticed now or at the next look
        long time = millis.getAsLong();
        noticeSleep();
        seenNanos.set(nanoTime);
        seenMillis.set(time);
        if (!isAwake) {
            catchUp();
        }
    }

    private boolean slept() {
        return nanos.getAsLong() - seenNanos.get() > NAP.toNanos()
                || millis.getAsLong() - seenMillis.get() > NAP.toMillis();
    }

    private void noticeSleep() {
        if (!slept()) {
            return;
        }
        long slept;
        synchronized (lock) {
            if (!slept()) {
                return; // another thread noticed
            }
            long time = millis.getAsLong();
            slept = time - seenMillis.getAndSet(time);
            seenNanos.set(nanos.getAsLong());
            fallAsleep();
        }
        log.atWarn().addKeyValue("ms", slept).log("this server slept, and reads anew what the others did meanwhile");
    }

    @GuardedBy("lock") private void fallAsleep() {
        doubts++;
        if (isAwake) {
            doubtedSince = nanos.getAsLong();
            isFailureLogged = false;
            isAwake = false;
        }
    }

    /** Whoever waits is told no after a while, though the attempt goes on. */
    private void losePatience(CompletableFuture<Boolean> waiting) {
        Runnable enough = () -> {
            synchronized (lock) {
                if (waiters == waiting) {
                    waiters = null;
                }
            }
            waiting.complete(false);
        };
        try {
            Future<?> unused = scheduler.schedule(enough, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            enough.run();
        }
    }

    /** Begins an attempt, unless one is under way or began a moment ago: the tick does it then. */
    private void catchUp() {
        long doubtsBefore;
        synchronized (lock) {
            long now = nanos.getAsLong();
            if (isAwake || isCatchingUp || now - attemptBegun < TICK.toNanos()) {
                return;
            }
            isCatchingUp = true;
            attemptBegun = now;
            doubtsBefore = doubts;
        }
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (Supplier<? extends CompletionStage<?>> each : catchingUp) {
            try {
                all.add(each.get().toCompletableFuture());
            } catch (RuntimeException e) {
                all.add(CompletableFuture.failedFuture(e));
            }
        }
        CompletableFuture<Void> unused = CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .whenComplete((nothing, failure) -> ended(doubtsBefore, failure));
    }

    private void ended(long doubtsBefore, @Nullable Throwable failure) {
        noticeSleep();
        boolean isUp;
        boolean isFirstFailure = false;
        long asleep;
        CompletableFuture<Boolean> told = null;
        synchronized (lock) {
            isCatchingUp = false;
            isUp = failure == null && doubts == doubtsBefore;
            asleep = nanos.getAsLong() - doubtedSince;
            if (isUp) {
                isAwake = true;
            } else if (failure != null) {
                isFirstFailure = !isFailureLogged;
                isFailureLogged = true;
            }
            if (isUp || failure != null) { // else the next attempt may still be in time for them
                told = waiters;
                waiters = null;
            }
        }
        if (isUp) {
            log.atInfo()
                    .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(asleep))
                    .log("awake again");
        } else if (isFirstFailure) {
            log.atWarn()
                    .addKeyValue("why", String.valueOf(failure == null ? null : failure.getMessage()))
                    .log("not awake yet; it is tried again and again");
        }
        if (told != null) {
            told.complete(isUp);
        }
        if (!isUp && failure == null) {
            catchUp();
        }
    }
}
