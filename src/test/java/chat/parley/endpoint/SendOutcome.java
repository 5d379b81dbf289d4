package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.room.Sender;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How a send ended, and how often. */
final class SendOutcome implements Sender.Completion {

    private final AtomicInteger successes = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);

    @Override
    public void sent() {
        successes.incrementAndGet();
        done.countDown();
    }

    @Override
    public void failed(Throwable cause) {
        failures.incrementAndGet();
        done.countDown();
    }

    /** Waits so long; whether it has ended. */
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        return done.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean hasFailed() {
        return failures.get() > 0;
    }

    void await() throws InterruptedException {
        assertTrue(done.await(30, TimeUnit.SECONDS), "neither sent nor failed");
    }

    void awaitSent() throws InterruptedException {
        await();
        assertEquals(1, successes.get(), "it failed");
    }

    void awaitFailed() throws InterruptedException {
        await();
        assertEquals(1, failures.get(), "it was sent");
    }

    void assertOnce() {
        assertEquals(1, successes.get() + failures.get(), "told how it ended");
    }
}
