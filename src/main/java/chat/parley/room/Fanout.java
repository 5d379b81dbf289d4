package chat.parley.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The delivery threads; each connection belongs to one for its life. Any thread may call. Whoever makes it closes it.
 */
public final class Fanout implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(2);

    private final List<DeliveryThread> threads = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    /** So many threads, 1 or more; {@link #start()} starts them. */
    public Fanout(int threads) {
        for (int i = 0; i < threads; i++) {
            this.threads.add(new DeliveryThread(i));
        }
    }

    /** Starts the threads. */
    public void start() {
        threads.forEach(DeliveryThread::start);
    }

    /** Ends the threads; waits at most two seconds for all. */
    @Override
    public void close() {
        long end = System.nanoTime() + STOP.toNanos();
        threads.forEach(DeliveryThread::stop);
        threads.forEach(thread -> thread.join(end));
    }

    int size() {
        return threads.size();
    }

    DeliveryThread thread(int index) {
        return threads.get(index);
    }

    /** The thread for a new connection. */
    DeliveryThread assign() {
        return threads.get(Math.floorMod(next.getAndIncrement(), threads.size()));
    }
}
