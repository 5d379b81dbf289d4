package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RoomLogTest {

    private static final long PLENTY = 1L << 40;
    private static final int JSON_BYTES = 36;
    private static final int EVENT_BYTES = JSON_BYTES + RoomEvent.OVERHEAD_BYTES;

    private final AtomicInteger reliefs = new AtomicInteger();
    private final RingMemory memory = new RingMemory(PLENTY, reliefs::incrementAndGet);
    private final RoomLog log = new RoomLog(1_024, PLENTY, memory);

    @Test
    void anEmptyLogHasNothing() {
        assertEquals(new Head(0, 0, 0), log.head());
        assertNull(log.get(0));
        assertEquals(-1, log.positionOf(0));
        assertEquals(-1, log.positionOf(1));
    }

    @Test
    void growsWithoutLosingAnEntry() {
        for (int seq = 1; seq <= 1_000; seq++) {
            append(log, seq);
            assertHeld(log, 0, seq);
        }

        assertEquals(new Head(1_000, 1_000, 0), log.head());
        assertEquals(1_000 * EVENT_BYTES, log.bytes());
    }

    @Test
    void holdsTheNewestEventsAndNoMoreThanTheRingMay() {
        RoomLog small = new RoomLog(256, PLENTY, memory);

        for (int seq = 1; seq <= 2_000; seq++) {
            append(small, seq);
            assertHeld(small, Math.max(0, seq - 256), seq);
        }

        assertEquals(256 * EVENT_BYTES, small.bytes());
        assertEquals(256 * EVENT_BYTES, memory.used());
    }

    @Test
    void aRingBoundThatIsNoPowerOfTwoHoldsAsWell() {
        RoomLog odd = new RoomLog(300, PLENTY, memory);

        for (int seq = 1; seq <= 2_000; seq++) {
            append(odd, seq);
            assertHeld(odd, Math.max(0, seq - 300), seq);
        }
    }

    @Test
    void holdsNoMoreBytesThanItMay() {
        RoomLog small = new RoomLog(1_024, 10 * EVENT_BYTES, memory);

        for (int seq = 1; seq <= 100; seq++) {
            append(small, seq);
            assertHeld(small, Math.max(0, seq - 10), seq);
            assertTrue(small.bytes() <= 10 * EVENT_BYTES);
        }
    }

    @Test
    void anEntryLargerThanAllBytesIsHeldAlone() {
        RoomLog small = new RoomLog(1_024, 10 * EVENT_BYTES, memory);
        append(small, 1);

        small.appendEvent(2, new byte[5_000]);

        assertHeld(small, 1, 2);
        append(small, 3);
        assertHeld(small, 2, 3);
        assertEquals(EVENT_BYTES, memory.used());
    }

    @Test
    void whileAllRoomsHoldTooMuchABusyRoomKeepsItsLast256() {
        RingMemory tight = new RingMemory(300 * EVENT_BYTES, reliefs::incrementAndGet);
        RoomLog busy = new RoomLog(1_024, PLENTY, tight);

        for (int seq = 1; seq <= 300; seq++) {
            append(busy, seq);
        }
        assertHeld(busy, 0, 300);
        tight.add(100 * EVENT_BYTES); // another room
        append(busy, 301);

        assertHeld(busy, 301 - 256, 301);
        assertEquals(1, reliefs.get());
    }

    @Test
    void anEventIsFoundByItsSeqAmongNotices() {
        log.startAt(41);
        long version = 0;
        for (long seq = 42; seq <= 60; seq++) {
            for (long notices = seq % 3; notices > 0; notices--) {
                notice(++version);
            }
            append(log, seq);
        }
        notice(++version);

        for (long seq = 42; seq <= 60; seq++) {
            long position = log.positionOf(seq);
            RoomEvent event = log.get(position);
            assertNotNull(event, "seq " + seq);
            assertTrue(event.isNumbered());
            assertEquals(seq, event.seq());
        }
        assertEquals(-1, log.positionOf(41), "a notice is not the event before it");
        assertEquals(-1, log.positionOf(61));
    }

    @Test
    void aDroppedEventIsNotFoundByItsSeq() {
        RoomLog small = new RoomLog(256, PLENTY, memory);
        for (int seq = 1; seq <= 400; seq++) {
            append(small, seq);
        }

        assertEquals(-1, small.positionOf(144));
        assertEquals(144, small.positionOf(145));
        assertEquals(399, small.positionOf(400));
    }

    @Test
    void noticesKeepTheSeqAndEventsKeepTheVersion() {
        append(log, 1);
        notice(7);
        append(log, 2);
        log.advanceVersion(9);

        assertEquals(new Head(3, 2, 9), log.head());
        assertEquals(1, event(log, 1).seq());
        assertFalse(event(log, 1).isNumbered());
        assertEquals(7, event(log, 2).version());
    }

    @Test
    void shrinkingKeepsTheNewestAndGivesTheMemoryBack() {
        for (int seq = 1; seq <= 1_000; seq++) {
            append(log, seq);
        }

        log.shrinkTo(10);

        assertHeld(log, 990, 1_000);
        assertEquals(10 * EVENT_BYTES, log.bytes());
        assertEquals(10 * EVENT_BYTES, memory.used());
    }

    @Test
    void aShrunkenLogGoesOnAndGrowsAgain() {
        for (int seq = 1; seq <= 100; seq++) {
            append(log, seq);
        }

        log.shrinkTo(0);

        assertEquals(100, log.tail());
        assertEquals(0, memory.used());
        for (int seq = 101; seq <= 300; seq++) {
            append(log, seq);
            assertHeld(log, 100, seq);
        }
    }

    @Test
    void aRestartLosesEverybodyWhoStoodAtTheOldHead() {
        for (int seq = 1; seq <= 10; seq++) {
            append(log, seq);
        }
        long oldHead = log.head().position();

        log.restartAt(500);

        assertEquals(500, log.head().seq());
        assertTrue(oldHead < log.head().position(), "a member at the old head must see that it is behind");
        assertNull(log.get(oldHead));
        assertEquals(0, log.bytes());
        append(log, 501);
        assertEquals(log.head().position() - 1, log.positionOf(501));
        assertNull(log.get(oldHead), "what was jumped over is never found");
    }

    private static void assertHeld(RoomLog log, long from, long to) {
        assertEquals(from, log.tail());
        assertEquals(to, log.head().position());
        for (long position = Math.max(0, from - 20); position < from; position++) {
            assertNull(log.get(position), "position " + position + " was to be dropped");
        }
        for (long position = from; position < to; position++) {
            assertEquals(position, event(log, position).position());
        }
        assertNull(log.get(to));
    }

    private static RoomEvent event(RoomLog log, long position) {
        RoomEvent event = log.get(position);
        assertNotNull(event, "position " + position + " is missing");
        return event;
    }

    private static void append(RoomLog log, long seq) {
        byte[] json = new byte[JSON_BYTES];
        byte[] text = Long.toString(seq).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, json, 0, text.length);
        log.appendEvent(seq, json);
    }

    private void notice(long version) {
        log.appendNotice(version, new byte[JSON_BYTES]);
    }
}
