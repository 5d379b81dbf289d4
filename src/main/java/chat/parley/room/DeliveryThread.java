package chat.parley.room;

import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the threads that bring members to the head. It owns its share of all connections: their cursors and what
 * they send next are touched by this thread only. Its queue holds a connection or a share of a room once, so it is
 * bounded by their number. Any thread may {@link #schedule}.
 */
final class DeliveryThread {

    private static final Logger log = LoggerFactory.getLogger(DeliveryThread.class);

    private final int index;
    private final Thread thread;
    private final Queue<Work> queue = new ConcurrentLinkedQueue<>();
    private final Queue<Work> resting = new PriorityQueue<>((a, b) -> Long.signum(a.notBefore() - b.notBefore()));
    private final ParcelCache parcels = new ParcelCache();
    private volatile boolean parked;
    private volatile boolean stopping;

    DeliveryThread(int index) {
        this.index = index;
        this.thread = new Thread(this::loop, "parley-delivery-" + index);
        this.thread.setDaemon(true);
    }

    int index() {
        return index;
    }

    ParcelCache parcels() {
        return parcels;
    }

    void start() {
        thread.start();
    }

    /** Has the work run soon; what the caller wrote before is seen by it. */
    void schedule(Work work) {
        if (work.arm()) {
            queue.add(work);
            // The queue is written before parked is read here, and parked before the queue is read again there: one of
            // the two sees the other.
            if (parked) {
                LockSupport.unpark(thread);
            }
        }
    }

    /** Has the work run once, in order with everything scheduled before. */
    void execute(Runnable task) {
        schedule(new Work() {
            @Override
            void run() {
                task.run();
            }
        });
    }

    /** Whether the caller runs on it. */
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Ends the thread once its queue is empty. */
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    /** Waits for its end, at most until the given {@code System.nanoTime()}. */
    void join(long end) {
        try {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (thread.getState() != Thread.State.NEW && millis > 0) {
                thread.join(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        while (true) {
            Work rested = rested();
            if (rested != null) {
                run(rested);
            }
            Work work = queue.poll();
            if (work != null) {
                if (work.notBefore() == 0 || work.notBefore() - System.nanoTime() <= 0) {
                    run(work);
                } else {
                    resting.add(work);
                }
            } else if (rested == null) {
                parcels.clear();
                if (stopping && resting.isEmpty()) {
                    return;
                }
                park();
            }
        }
    }

    /** The work that has rested long enough, if there is one. */
    private @Nullable Work rested() {
        Work first = resting.peek();
        return first == null || first.notBefore() - System.nanoTime() > 0 ? null : resting.poll();
    }

    private void park() {
        Work first = resting.peek();
        parked = true;
        if (queue.isEmpty()) {
            if (first != null) {
                LockSupport.parkNanos(this, first.notBefore() - System.nanoTime());
            } else if (!stopping) {
                LockSupport.park(this);
            }
        }
        parked = false;
    }

    private void run(Work work) {
        work.disarm();
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            log.atError().setCause(e).log("a delivery broke");
        }
    }
}
