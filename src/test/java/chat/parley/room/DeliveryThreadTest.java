package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that wants to rest rests, and holds nobody else up. */
@Timeout(60)
class DeliveryThreadTest {

    private static final long REST_NANOS = 300_000_000;

    private final DeliveryThread thread = new DeliveryThread(0);
    private final List<String> ran = new CopyOnWriteArrayList<>();

    private final class Resting extends Work {

        private final CountDownLatch done = new CountDownLatch(1);
        private final String name;
        private final long notBefore;
        private volatile long ranAt;

        Resting(String name, long restNanos) {
            this.name = name;
            this.notBefore = (System.nanoTime() + restNanos) | 1;
        }

        @Override
        long notBefore() {
            return notBefore;
        }

        @Override
        void run() {
            ranAt = System.nanoTime();
            ran.add(name);
            done.countDown();
        }

        void await() throws InterruptedException {
            assertTrue(done.await(30, TimeUnit.SECONDS), name + " was forgotten");
        }
    }

    @AfterEach
    void stop() {
        thread.stop();
        thread.join(System.nanoTime() + 10_000_000_000L);
    }

    @Test
    void othersGoOnWhileOneRests() throws InterruptedException {
        thread.start();
        Resting late = new Resting("late", 2 * REST_NANOS);
        Resting early = new Resting("early", REST_NANOS);
        thread.schedule(late);
        thread.schedule(early);
        thread.execute(() -> ran.add("other"));

        late.await();

        assertEquals(List.of("other", "early", "late"), ran);
        assertTrue(early.ranAt - early.notBefore >= 0, "ran before its time");
        assertTrue(late.ranAt - late.notBefore >= 0, "ran before its time");
    }

    @Test
    void whoeverRestsIsToldNothingAnewAndRunsOnce() throws InterruptedException {
        thread.start();
        Resting resting = new Resting("resting", REST_NANOS);
        thread.schedule(resting);
        thread.schedule(resting);

        resting.await();
        CountDownLatch after = new CountDownLatch(1);
        thread.execute(after::countDown);

        assertTrue(after.await(30, TimeUnit.SECONDS));
        assertEquals(List.of("resting"), ran);
    }

    @Test
    void aStopWaitsForWhoeverRests() {
        thread.start();
        thread.schedule(new Resting("resting", REST_NANOS));
        thread.stop();
        thread.join(System.nanoTime() + 30_000_000_000L);

        assertEquals(List.of("resting"), ran);
    }
}
