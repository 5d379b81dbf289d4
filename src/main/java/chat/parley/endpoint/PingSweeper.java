package chat.parley.endpoint;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks at every connection once a second, a slice at a time, so that pings are spread: pings those that were silent,
 * ends those that stayed so, and those whose write does not finish. It asks and never waits; a peer cannot hold it.
 */
public final class PingSweeper {

    private static final long SLICE_MILLIS = Connections.ROUND.toMillis() / Connections.SLICES;

    private final Connections connections;
    private final ScheduledExecutorService scheduler;
    private int next; // the scheduler's thread only

    /** A sweeper over the connections; it ends with the scheduler. */
    public PingSweeper(Connections connections, ScheduledExecutorService scheduler) {
        this.connections = connections;
        this.scheduler = scheduler;
    }

    /** Starts to look. */
    public void start() {
        Future<?> unused =
                scheduler.scheduleWithFixedDelay(this::sweep, SLICE_MILLIS, SLICE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        long now = System.nanoTime();
        connections.awake().tick(now);
        int slice = next;
        next = (next + 1) % Connections.SLICES;
        for (Connection connection : connections.slice(slice)) {
            try {
                connection.check(now);
            } catch (RuntimeException e) {
                connection.broken(e);
            }
        }
    }
}
