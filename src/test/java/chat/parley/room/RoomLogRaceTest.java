package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The log while it is read by others: one writes, any number read without a lock. */
@Timeout(120)
class RoomLogRaceTest {

    private static final long PLENTY = 1L << 40;
    private static final int ALWAYS_HELD = 20;

    @Test
    void whatTheHeadCoversIsThere() {
        Lincheck.runConcurrentTest(200, () -> {
            RoomLog log = log();
            for (int seq = 1; seq <= 7; seq++) {
                log.appendEvent(seq, new byte[0]);
            }
            Thread writer = new Thread(() -> {
                log.appendEvent(8, new byte[0]);
                log.appendEvent(9, new byte[0]); // the ring grows
            });
            writer.start();
            Head head = log.head();
            for (long position = 6; position < head.position(); position++) {
                if (log.get(position) == null) {
                    throw new AssertionError("position " + position + " is missing below " + head);
                }
            }
            join(writer);
        });
    }

    @Test
    void aReaderFindsEveryPositionOrSeesThatItIsGone() throws Exception {
        RoomLog log = log();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            Future<Long> near = readers.submit(() -> follow(log, done, ALWAYS_HELD));
            Future<Long> far = readers.submit(() -> follow(log, done, 400));
            for (int seq = 1; seq <= 200_000; seq++) {
                log.appendEvent(seq, new byte[8]);
                if (seq % 5_000 == 0) {
                    log.shrinkTo(ALWAYS_HELD);
                }
            }
            done.set(true);

            assertTrue(near.get(60, TimeUnit.SECONDS) > 0, "the reader read nothing");
            assertTrue(far.get(60, TimeUnit.SECONDS) > 0, "the reader read nothing");
        } finally {
            done.set(true);
            readers.shutdownNow();
        }
    }

    /** Reads what is at most so far behind the head; how many entries it found. */
    private static long follow(RoomLog log, AtomicBoolean done, int behind) {
        long found = 0;
        boolean last;
        do {
            last = done.get();
            Head head = log.head();
            for (long position = Math.max(0, head.position() - behind); position < head.position(); position++) {
                RoomEvent event = log.get(position);
                if (event == null) {
                    long newer = log.head().position() - position;
                    assertTrue(newer > ALWAYS_HELD, "position " + position + " is gone, " + newer + " from the head");
                } else {
                    assertEquals(position, event.position());
                    assertEquals(position + 1, event.seq());
                    found++;
                }
            }
            long seq = head.seq() - behind / 2;
            long position = log.positionOf(seq);
            assertTrue(position < 0 || position == seq - 1, "seq " + seq + " found at " + position);
        } while (!last);
        return found;
    }

    private static RoomLog log() {
        return new RoomLog(256, PLENTY, new RingMemory(PLENTY, () -> {}));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
