package chat.parley.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scheduler that remembers what it was asked for: how promptly something happens, however busy the machine is. */
public final class ScheduleLog extends ScheduledThreadPoolExecutor {

    private final List<Duration> delays = new CopyOnWriteArrayList<>();
    private final List<Duration> periods = new CopyOnWriteArrayList<>();

    /** With one thread. */
    public ScheduleLog() {
        super(1);
    }

    /** After how long something was to happen once, in the order in which that was asked. */
    public List<Duration> delays() {
        return delays;
    }

    /** How long to wait between two turns of what was to happen again and again. */
    public List<Duration> periods() {
        return periods;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        delays.add(Duration.ofNanos(unit.toNanos(delay)));
        return super.schedule(task, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        periods.add(Duration.ofNanos(unit.toNanos(delay)));
        return super.scheduleWithFixedDelay(task, initialDelay, delay, unit);
    }
}
