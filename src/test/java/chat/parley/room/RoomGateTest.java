package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.RoomName;
import chat.parley.protocol.ServerMessage;
import chat.parley.store.StoredMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The one gate: whatever order events come in, they enter the log by their numbers, each once. */
@Timeout(120)
class RoomGateTest {

    private static final String LOBBY = "lobby";

    private final Scene scene = new Scene("parley.rooms.ring", "4096");

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void whatComesInOrderEntersAtOnce() {
        Room room = open();

        scene.write(LOBBY, 3).forEach(message -> Scene.enter(room, message));

        assertEquals(List.of(1L, 2L, 3L), seqs(room));
        assertEquals(0, scene.store().reads());
    }

    @Test
    void whatIsOldIsDropped() {
        Room room = open();
        List<StoredMessage> messages = scene.write(LOBBY, 3);
        messages.forEach(message -> Scene.enter(room, message));

        messages.forEach(message -> Scene.enter(room, message));
        Scene.enter(room, messages.get(1));

        assertEquals(List.of(1L, 2L, 3L), seqs(room));
    }

    @Test
    void whatIsAheadWaitsForTheHoleWhichIsReadFromTheStore() {
        Room room = open();
        List<StoredMessage> messages = scene.write(LOBBY, 10);
        scene.store().shut();

        Scene.enter(room, messages.get(0));
        Scene.enter(room, messages.get(7));
        Scene.enter(room, messages.get(5));
        assertEquals(List.of(1L), seqs(room), "nothing is appended before what it follows");
        scene.store().open();

        awaitSeqs(room, 8);
    }

    @Test
    void aHoleIsReadOnceHoweverManyWaitBehindIt() {
        Room room = open();
        List<StoredMessage> messages = scene.write(LOBBY, 100);
        scene.store().shut();

        messages.subList(50, 100).forEach(message -> Scene.enter(room, message));
        Await.until("the hole is asked for", () -> scene.store().reads() > 0, scene.store()::reads);
        scene.store().open();

        awaitSeqs(room, 100);
        assertEquals(1, scene.store().reads());
    }

    @Test
    void aHoleThatFillsItselfWhileItIsReadDoublesNothing() {
        Room room = open();
        List<StoredMessage> messages = scene.write(LOBBY, 10);
        scene.store().shut();

        Scene.enter(room, messages.get(9));
        messages.subList(0, 9).forEach(message -> Scene.enter(room, message));
        assertEquals(LongStream.rangeClosed(1, 10).boxed().toList(), seqs(room));
        scene.store().open();
        scene.write(LOBBY, 1).forEach(message -> Scene.enter(room, message));

        awaitSeqs(room, 11);
    }

    @Test
    void anyOrderEndsAsTheLog() {
        Room room = open();
        List<StoredMessage> messages = new ArrayList<>(scene.write(LOBBY, 500));
        messages.addAll(messages.subList(100, 200));
        Collections.shuffle(messages, new Random(7));

        messages.forEach(message -> Scene.enter(room, message));

        awaitSeqs(room, 500);
    }

    @Test
    void aThousandMissingAreRead() {
        Room room = open();
        List<StoredMessage> messages = scene.write(LOBBY, 1_001);

        Scene.enter(room, messages.get(1_000));

        awaitSeqs(room, 1_001);
    }

    @Test
    void moreThanAThousandMissingAreJumpedOverAndAnnounced() {
        Peer anna = scene.member("anna", LOBBY);
        Room room = anna.membership(LOBBY).room();
        List<StoredMessage> messages = scene.write(LOBBY, 1_100);
        Scene.enter(room, messages.get(0));
        anna.awaitSeq(LOBBY, 1);

        Scene.enter(room, messages.get(1_099));
        anna.awaitSeq(LOBBY, 1_099);

        Transcript.Step jump = anna.transcript(LOBBY).steps().get(1);
        assertTrue(jump.isGap() && jump.from() == 2 && jump.to() >= 1_099, jump::toString);
        assertEquals(List.of(), anna.transcript(LOBBY).problems());
        assertEquals(0, scene.store().reads(), "what is not sent need not be read");
    }

    @Test
    void whatTheStoreNoLongerHasIsJumpedOver() {
        Peer anna = scene.member("anna", LOBBY);
        Room room = anna.membership(LOBBY).room();
        List<StoredMessage> messages = scene.write(LOBBY, 300);
        scene.write(LOBBY, 9_900); // the first 200 expire

        Scene.enter(room, messages.get(250));
        anna.awaitSeq(LOBBY, 251);

        Transcript.Step jump = anna.transcript(LOBBY).steps().get(0);
        assertTrue(jump.isGap() && jump.from() == 1 && jump.to() >= 200, jump::toString);
        assertEquals(List.of(), anna.transcript(LOBBY).problems());
    }

    @Test
    void aHoleThatCannotBeReadIsTriedAgain() {
        Room room = open();
        List<StoredMessage> messages = scene.write(LOBBY, 5);
        scene.store().setBroken(true);

        Scene.enter(room, messages.get(4));
        Await.until("the read failed", () -> scene.store().reads() > 0, scene.store()::reads);
        scene.store().setBroken(false);

        awaitSeqs(room, 5);
    }

    @Test
    void whatComesWhileTheRoomIsLoadedIsKept() {
        scene.write(LOBBY, 20);
        scene.store().shut();
        Peer anna = scene.peer("anna");
        anna.join(LOBBY);
        Room room = anna.membership(LOBBY).room();

        Await.until("the room is being loaded", () -> scene.store().states() == 1, scene.store()::states);
        List<StoredMessage> messages = scene.write(LOBBY, 5);
        messages.forEach(message -> Scene.enter(room, message));
        assertEquals(List.of(), seqs(room));
        scene.store().open();

        awaitSeqs(room, 25);
        assertEquals(25, anna.awaitFirst(ServerMessage.Ack.class).head());
    }

    @Test
    void whatComesFarAheadWhileTheRoomIsLoadedIsCaughtUpWith() {
        Room room = new Room(new RoomName(LOBBY), services());
        scene.write(LOBBY, 20);
        List<StoredMessage> later = scene.write(LOBBY, 30);

        Scene.enter(room, later.get(29));
        room.load(() -> {});

        awaitSeqs(room, 50);
    }

    @Test
    void ofTooManyAheadTheLowestAreHeld() {
        Ahead ahead = new Ahead();
        List<StoredMessage> messages = scene.write(LOBBY, 3_000);
        List<StoredMessage> shuffled = new ArrayList<>(messages.subList(1, 3_000));
        Collections.shuffle(shuffled, new Random(7));

        shuffled.forEach(message -> ahead.hold(message.seq(), Words.encode(message)));

        assertEquals(2, ahead.lowest());
        for (long seq = 2; seq <= 1_001; seq++) {
            byte[] held = ahead.take(seq);
            assertNotNull(held, "seq " + seq);
            assertArrayEquals(Words.encode(messages.get((int) seq - 1)), held);
        }
        assertTrue(ahead.isEmpty());
    }

    /** A loaded room with one member. */
    private Room open() {
        return scene.member("anna", LOBBY).membership(LOBBY).room();
    }

    private RoomServices services() {
        return scene.services();
    }

    private static List<Long> seqs(Room room) {
        List<Long> seqs = new ArrayList<>();
        RoomLog log = room.log();
        for (long position = log.tail(); position < log.head().position(); position++) {
            RoomEvent event = log.get(position);
            if (event != null && event.isNumbered()) {
                seqs.add(event.seq());
            }
        }
        return seqs;
    }

    private static void awaitSeqs(Room room, long head) {
        Await.until(
                "the head is " + head,
                () -> room.log().head().seq() >= head,
                () -> room.log().head());
        assertEquals(LongStream.rangeClosed(1, head).boxed().toList(), seqs(room));
    }
}
