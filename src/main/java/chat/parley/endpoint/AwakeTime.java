package chat.parley.endpoint;

import java.util.concurrent.TimeUnit;

/**
 * A clock that hardly goes on while this server stands still, paused with its machine or stopped: what others could not tell it
 * meanwhile is not their silence. It is as fine as its ticks. One thread ticks, any reads.
 */
final class AwakeTime {

    /** Longer between two ticks was not all awake. */
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private volatile long nanos;
    private long tickedAt; // who ticks only

    /** A clock that starts at this {@code System.nanoTime()}. */
    AwakeTime(long nanoTime) {
        this.tickedAt = nanoTime;
    }

    /** How long this server has been awake, nanoseconds. */
    long nanos() {
        return nanos;
    }

    /** Goes on, to this {@code System.nanoTime()}. */
    void tick(long nanoTime) {
        nanos += Math.min(nanoTime - tickedAt, MOST_NANOS);
        tickedAt = nanoTime;
    }
}
