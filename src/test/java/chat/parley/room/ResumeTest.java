package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.Form;
import chat.parley.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Coming back with {@code since}: what was missed, and when it is too much (protocol, section 5). */
@Timeout(120)
class ResumeTest {

    private static final String LOBBY = "lobby";

    private Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void whatTheRingHoldsIsSentFromTheRing() {
        Peer bert = scene.member("bert", LOBBY);
        scene.say(bert, LOBBY, 100);
        int reads = scene.store().reads();
        Peer anna = scene.peer("anna");

        anna.joinSince(LOBBY, 40, scene.store().epoch());
        anna.awaitSeq(LOBBY, 100);

        assertTrue(ack(anna).recovered());
        assertEquals(reads, scene.store().reads(), "the store was read");
        assertEquals(List.of(), anna.heard(ServerMessage.History.class));
        assertTold(anna, 41, 100);
    }

    @Test
    void oldNoticesAreNotSentToWhoResumes() {
        Peer bert = scene.member("bert", LOBBY);
        scene.say(bert, LOBBY, 10);
        scene.member("carl", LOBBY);
        scene.say(bert, LOBBY, 10);
        Peer anna = scene.peer("anna");

        anna.joinSince(LOBBY, 5, scene.store().epoch());
        ServerMessage.Join join = anna.awaitFirst(ServerMessage.Join.class);

        assertEquals("anna", join.sender());
        assertTold(anna, 6, 20);
    }

    @Test
    void whatTheRingNoLongerHoldsIsSentFromTheStore() {
        Peer bert = scene.member("bert", LOBBY);
        scene.say(bert, LOBBY, 1_000);
        Peer anna = scene.peer("anna");

        anna.joinSince(LOBBY, 300, scene.store().epoch());
        anna.awaitSeq(LOBBY, 1_000);

        assertTrue(ack(anna).recovered());
        assertTrue(scene.store().reads() > 0, "the store was not read");
        assertTold(anna, 301, 1_000);
    }

    @Test
    void catchingUpWhileOthersWriteAtFullSpeedLosesAndDoublesNothing() {
        Peer bert = scene.member("bert", LOBBY);
        scene.say(bert, LOBBY, 900);
        Peer anna = scene.peer("anna", Form.SINGLE);
        anna.sender().flow(true);

        anna.joinSince(LOBBY, 100, scene.store().epoch());
        for (int i = 0; i < 500; i++) {
            bert.say(LOBBY, "more");
        }
        scene.awaitCommits();
        anna.awaitSeq(LOBBY, 1_400);

        Transcript transcript = anna.transcript(LOBBY);
        assertEquals(List.of(), transcript.problems());
        assertEquals(101, transcript.steps().get(0).from());
    }

    @Test
    void allWhoComeBackToARoomThatIsNotInMemoryCostOneRead() {
        scene.write(LOBBY, 60);
        scene.store().shut();
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Peer peer = scene.peer("user-" + i);
            peer.joinSince(LOBBY, 59 - i % 20, scene.store().epoch());
            peers.add(peer);
        }

        scene.store().open();
        peers.forEach(peer -> peer.awaitSeq(LOBBY, 60));

        assertEquals(1, scene.store().states());
        assertEquals(0, scene.store().reads());
        for (int i = 0; i < 200; i++) {
            assertTrue(ack(peers.get(i)).recovered());
            assertTold(peers.get(i), 60 - i % 20, 60);
        }
    }

    @Test
    void exactlyAThousandMissedAreSentAndOneMoreIsNot() {
        Peer bert = scene.member("bert", LOBBY);
        scene.say(bert, LOBBY, 1_100);
        Peer anna = scene.peer("anna");
        Peer carl = scene.peer("carl");

        anna.joinSince(LOBBY, 100, scene.store().epoch());
        carl.joinSince(LOBBY, 99, scene.store().epoch());
        anna.awaitSeq(LOBBY, 1_100);
        carl.awaitSeq(LOBBY, 1_100);

        assertTrue(ack(anna).recovered());
        assertTold(anna, 101, 1_100);
        assertFalse(ack(carl).recovered());
        assertEquals(50, carl.awaitFirst(ServerMessage.History.class).messages().size());
        assertTold(carl, 1_051, 1_100);
    }

    @Test
    void whoSawEverythingIsSentNothing() {
        scene.write(LOBBY, 10);
        Peer anna = scene.peer("anna");

        anna.joinSince(LOBBY, 10, scene.store().epoch());
        anna.awaitFirst(ServerMessage.Join.class);

        assertTrue(ack(anna).recovered());
        assertEquals(List.of(), anna.transcript(LOBBY).steps());
    }

    @Test
    void sinceZeroIsTheWholeLog() {
        scene.write(LOBBY, 10);
        Peer anna = scene.peer("anna");

        anna.joinSince(LOBBY, 0, scene.store().epoch());
        anna.awaitSeq(LOBBY, 10);

        assertTrue(ack(anna).recovered());
        assertTold(anna, 1, 10);
    }

    @Test
    void aSinceBeyondTheLogIsNotRecovered() {
        scene.write(LOBBY, 10);
        Peer anna = scene.peer("anna");
        Peer bert = scene.peer("bert");

        anna.joinSince(LOBBY, 11, scene.store().epoch());
        bert.joinSince(LOBBY, Long.MAX_VALUE, scene.store().epoch());
        anna.awaitSeq(LOBBY, 10);
        bert.awaitSeq(LOBBY, 10);

        assertFalse(ack(anna).recovered());
        assertFalse(ack(bert).recovered());
        assertTold(anna, 1, 10);
    }

    @Test
    void anotherEpochIsNotRecovered() {
        scene.write(LOBBY, 10);
        Peer anna = scene.peer("anna");

        anna.joinSince(LOBBY, 5, "another log");
        anna.awaitSeq(LOBBY, 10);

        assertFalse(ack(anna).recovered());
        assertEquals(scene.store().epoch(), ack(anna).epoch());
        assertTold(anna, 1, 10);
    }

    @Test
    void whatHasExpiredIsNotRecovered() {
        scene.close();
        scene = new Scene("parley.store.memory-messages", "500");
        scene.write(LOBBY, 700); // the first 200 expire
        Peer anna = scene.peer("anna");
        Peer bert = scene.peer("bert");

        anna.joinSince(LOBBY, 199, scene.store().epoch());
        bert.joinSince(LOBBY, 200, scene.store().epoch());
        anna.awaitSeq(LOBBY, 700);
        bert.awaitSeq(LOBBY, 700);

        assertFalse(ack(anna).recovered());
        assertEquals(201, ack(anna).first());
        assertTold(anna, 651, 700);
        assertTrue(ack(bert).recovered());
        assertTold(bert, 201, 700);
    }

    @Test
    void ofWhatExpiresDuringACatchUpTheGapNamesNoMore() {
        scene.close();
        scene = new Scene("parley.store.memory-messages", "600");
        Peer bert = scene.member("bert", LOBBY);
        scene.say(bert, LOBBY, 600);
        scene.store().shut();
        int reads = scene.store().reads();
        Peer anna = scene.peer("anna");
        anna.joinSince(LOBBY, 100, scene.store().epoch());
        Await.until("a read is under way", () -> scene.store().reads() > reads, anna::heard);

        scene.say(bert, LOBBY, 200); // and the first 200 expire
        scene.store().open();
        anna.awaitSeq(LOBBY, 800);

        assertTrue(ack(anna).recovered());
        List<Transcript.Step> steps = anna.transcript(LOBBY).steps();
        assertEquals(new Transcript.Step(101, 200, true), steps.get(0));
        assertEquals(List.of(), anna.transcript(LOBBY).problems());
        assertEquals(1, anna.heard(ServerMessage.Gap.class).size());
        assertEquals(601, steps.size(), "each of 201 to 800 for itself");
    }

    @Test
    void aResumeWhoseEventsCannotBeReadGetsAGapAndGoesOn() {
        Peer bert = scene.member("bert", LOBBY);
        scene.say(bert, LOBBY, 600);
        scene.store().setBroken(true);
        Peer anna = scene.peer("anna");

        anna.joinSince(LOBBY, 100, scene.store().epoch());
        anna.awaitFirst(ServerMessage.Gap.class);
        scene.say(bert, LOBBY, 1);
        anna.awaitSeq(LOBBY, 601);

        assertEquals(
                List.of(new Transcript.Step(101, 600, true), new Transcript.Step(601, 601, false)),
                anna.transcript(LOBBY).steps());
    }

    private static ServerMessage.Ack ack(Peer peer) {
        return peer.awaitFirst(ServerMessage.Ack.class);
    }

    /** All of these seqs, in order, and nothing else. */
    private static void assertTold(Peer peer, long from, long to) {
        Transcript transcript = peer.transcript(LOBBY);
        assertEquals(List.of(), transcript.problems());
        assertEquals(LongStream.rangeClosed(from, to).boxed().toList(), transcript.seqs());
        assertTrue(transcript.steps().stream().noneMatch(Transcript.Step::isGap), transcript::toString);
    }
}
