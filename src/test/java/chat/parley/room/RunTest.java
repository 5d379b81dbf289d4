package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.Form;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is sent to those who stand at a place, and that those at the same place share it. */
class RunTest {

    private final RingMemory memory = new RingMemory(1L << 40, () -> {});
    private final RoomLog log = new RoomLog(256, 1L << 40, memory);
    private final ParcelCache parcels = new ParcelCache();

    @Test
    void goesFromTheCursorToTheHead() {
        events(1, 5);

        Run run = run(2);

        assertEquals("[3,4,5]", text(run));
        assertEquals(5, run.to());
        assertEquals(5, run.seq());
        assertFalse(run.isFull());
    }

    @Test
    void noticesFromBeforeTheMemberCameAreLeftOut() {
        events(1, 1);
        notice(1, "old");
        events(2, 2);
        notice(2, "new");

        Run run = Run.build(log, Form.BATCH, 0, 3, log.head());

        assertNotNull(run);
        assertEquals("[1,2,\"new\"]", text(run));
        assertEquals(2, run.version());
    }

    @Test
    void nothingButOldNoticesIsNoParcelButBringsTheCursorOn() {
        notice(1, "old");
        notice(2, "old");

        Run run = Run.build(log, Form.BATCH, 0, 2, log.head());

        assertNotNull(run);
        assertNull(run.parcel());
        assertEquals(2, run.to());
    }

    @Test
    void whoFellOffTheRingGetsNoRun() {
        events(1, 300);

        assertNull(Run.build(log, Form.BATCH, 43, 0, log.head()));
        assertEquals(45, run(44).seq() - 255);
    }

    @Test
    void aFullRunEndsEarlyAndSaysSo() {
        for (int seq = 1; seq <= 20; seq++) {
            log.appendEvent(seq, new byte[10_000]);
        }

        Run run = run(0);

        assertTrue(run.isFull());
        assertEquals(6, run.to());
        assertEquals(6, run.seq());
    }

    @Test
    void membersAtTheSamePlaceShareTheBytes() {
        events(1, 5);

        Run first = parcels.run(log, Form.BATCH, 2, 0, log.head());
        Run second = parcels.run(log, Form.BATCH, 2, 1, log.head());

        assertSame(first, second);
    }

    @Test
    void membersThatDifferDoNotShare() {
        events(1, 5);
        Run run = parcels.run(log, Form.BATCH, 2, 0, log.head());

        assertNotSame(run, parcels.run(log, Form.BATCH, 3, 0, log.head()));
        assertNotSame(run, parcels.run(log, Form.SINGLE, 2, 0, log.head()));
        assertNotSame(run, parcels.run(log, Form.BATCH, 2, 4, log.head()));
        RoomLog other = new RoomLog(256, 1L << 40, memory);
        other.appendEvent(1, json("other"));
        other.appendEvent(2, json("other"));
        other.appendEvent(3, json("other"));
        assertNotSame(run, parcels.run(other, Form.BATCH, 2, 0, other.head()));
    }

    @Test
    void membersFarApartDoNotShareEvenIfTheirPlacesMeetInTheCache() {
        events(1, 200);

        for (long from = 0; from < 200; from++) {
            Run run = parcels.run(log, Form.BATCH, from, 0, log.head());
            assertNotNull(run);
            assertEquals(from, run.from());
        }
    }

    @Test
    void whenTheHeadMovesOnWhatWasBuiltIsNotServedAgain() {
        events(1, 5);
        parcels.run(log, Form.BATCH, 2, 0, log.head());
        events(6, 6);

        Run run = parcels.run(log, Form.BATCH, 2, 0, log.head());

        assertNotNull(run);
        assertEquals("[3,4,5,6]", text(run));
    }

    @Test
    void aFullRunIsServedAgainWhereverTheHeadIs() {
        for (int seq = 1; seq <= 20; seq++) {
            log.appendEvent(seq, new byte[10_000]);
        }
        Run run = parcels.run(log, Form.BATCH, 0, 0, log.head());
        events(21, 25);

        assertSame(run, parcels.run(log, Form.BATCH, 0, 0, log.head()));
    }

    private Run run(long from) {
        Run run = Run.build(log, Form.BATCH, from, 0, log.head());
        assertNotNull(run);
        return run;
    }

    private void events(int from, int to) {
        for (int seq = from; seq <= to; seq++) {
            log.appendEvent(seq, json(String.valueOf(seq)));
        }
    }

    private void notice(long version, String word) {
        log.appendNotice(version, json('"' + word + '"'));
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Run run) {
        Parcel parcel = run.parcel();
        assertNotNull(parcel);
        return parcel.strings()[0];
    }
}
