package chat.parley;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread for what happens later or again and again. A task that throws is logged, and a repeated one is repeated.
 */
final class Scheduler extends ScheduledThreadPoolExecutor {

    private static final Logger log = LoggerFactory.getLogger(Scheduler.class);

    private final Threads threads;

    Scheduler(ThreadFactory threads) {
        this(new Threads(threads));
    }

    private Scheduler(Threads threads) {
        super(1, threads);
        this.threads = threads;
        setRemoveOnCancelPolicy(true);
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Ends it; what has not begun is not done. Waits for its thread to be gone, within bounds: an executor is terminated
     * a moment before, and an application server that looks in that moment has found a leak.
     */
    void end(Duration atMost) throws InterruptedException {
        shutdownNow();
        Thread last = threads.last;
        if (last != null) {
            last.join(atMost.toMillis());
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return super.schedule(logged(task), delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return super.scheduleAtFixedRate(logged(task), initialDelay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        return super.scheduleWithFixedDelay(logged(task), initialDelay, delay, unit);
    }

    private static Runnable logged(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                log.atError().setCause(e).log("a scheduled task broke");
            }
        };
    }

    /** Remembers the thread. */
    private static final class Threads implements ThreadFactory {

        private final ThreadFactory threads;
        private volatile @Nullable Thread last;

        Threads(ThreadFactory threads) {
            this.threads = threads;
        }

        @Override
        public Thread newThread(Runnable task) {
            Thread made = threads.newThread(task);
            last = made;
            return made;
        }
    }
}
