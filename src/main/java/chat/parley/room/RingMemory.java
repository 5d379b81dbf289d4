package chat.parley.room;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** How many bytes the rings of all rooms hold together, and how many they may. Any thread may call. */
final class RingMemory {

    private final long limit; // bytes
    private final AtomicLong used = new AtomicLong(); // bytes

    private final AtomicBoolean relieving = new AtomicBoolean();
    private final Runnable relief;

    /**
     * A budget.
     *
     * @param limit bytes
     * @param relief called, not more than once until {@link #relieved()}, when the budget is exceeded; must return at
     *     once
     */
    RingMemory(long limit, Runnable relief) {
        this.limit = limit;
        this.relief = relief;
    }

    void add(long bytes) {
        if (used.addAndGet(bytes) > limit && bytes > 0 && relieving.compareAndSet(false, true)) {
            relief.run();
        }
    }

    /** Says that the relief has done what it could. */
    void relieved() {
        relieving.set(false);
    }

    long used() {
        return used.get();
    }

    boolean isExceeded() {
        return used.get() > limit;
    }

    /** How many bytes must go so that a tenth is free again; so that not every append has to look for a victim. */
    long excess() {
        return used.get() - limit * 9 / 10;
    }
}
