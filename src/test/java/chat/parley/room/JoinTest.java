package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.ServerMessage;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Joining and coming back: what is sent before the first live event (protocol, section 5). */
@Timeout(120)
class JoinTest {

    private static final String LOBBY = "lobby";

    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aJoinWithoutSinceGetsTheAckThenAPageThenWhatIsLive() {
        scene.write(LOBBY, 80);
        Peer anna = scene.peer("anna");

        anna.join(LOBBY);
        anna.awaitFirst(ServerMessage.History.class);
        scene.say(anna, LOBBY, 3);
        anna.awaitSeq(LOBBY, 83);

        ServerMessage.Ack ack =
                assertInstanceOf(ServerMessage.Ack.class, anna.heard().get(0));
        assertEquals(80, ack.head());
        assertEquals(1, ack.first());
        assertEquals(scene.store().epoch(), ack.epoch());
        assertEquals(1, ack.count());
        assertEquals(false, ack.recovered());
        ServerMessage.History page =
                assertInstanceOf(ServerMessage.History.class, anna.heard().get(1));
        assertEquals(50, page.messages().size());
        assertTrue(page.more());
        assertTold(anna, 31, 83);
    }

    @Test
    void theFirstInAnEmptyRoomGetsAnEmptyPageAndItsOwnJoin() {
        Peer anna = scene.peer("anna");

        anna.join(LOBBY);
        ServerMessage.Join join = anna.awaitFirst(ServerMessage.Join.class);

        ServerMessage.History page = anna.awaitFirst(ServerMessage.History.class);
        assertEquals(List.of(), page.messages());
        assertFalse(page.more());
        assertEquals("anna", join.sender());
        assertEquals(1, join.version());
        assertEquals(1, join.count());
    }

    @Test
    void theLimitSaysHowMuchHistory() {
        scene.write(LOBBY, 300);
        Peer none = scene.peer("anna");
        Peer most = scene.peer("bert");

        none.join(LOBBY, 0);
        most.join(LOBBY, 200);

        ServerMessage.History empty = none.awaitFirst(ServerMessage.History.class);
        assertEquals(List.of(), empty.messages());
        assertTrue(empty.more());
        assertEquals(
                200, most.awaitFirst(ServerMessage.History.class).messages().size());
    }

    @Test
    void aPageThatCannotBeReadIsEmptyAndSaysThatThereIsMore() {
        Peer bert = scene.member("bert", LOBBY);
        scene.say(bert, LOBBY, 100);
        bert.membership(LOBBY).room().shrinkTo(0);
        scene.store().setBroken(true);
        Peer anna = scene.peer("anna");

        anna.join(LOBBY);
        ServerMessage.History page = anna.awaitFirst(ServerMessage.History.class);
        scene.say(bert, LOBBY, 1);
        anna.awaitSeq(LOBBY, 101);

        assertEquals(List.of(), page.messages());
        assertTrue(page.more());
        assertTold(anna, 101, 101);
    }

    @Test
    void aRingThatMovesOnDuringAJoinGivesAGapAndNothingSilent() {
        Peer bert = scene.member("bert", LOBBY);
        scene.say(bert, LOBBY, 10);
        Peer anna = scene.peer("anna");
        anna.sender().hold();

        anna.join(LOBBY);
        Await.until("the ack is under way", anna.sender()::isHolding, anna::heard);
        scene.say(bert, LOBBY, 1_000);
        anna.sender().flow(false);
        anna.awaitSeq(LOBBY, 1_010);

        Transcript transcript = anna.transcript(LOBBY);
        assertEquals(List.of(), transcript.problems());
        assertEquals(new Transcript.Step(11, 1_010, true), transcript.steps().get(10));
    }

    @Test
    void aLeaveThatOvertakesTheAnswerToTheJoinLeavesTheHistoryInIt() {
        scene.write(LOBBY, 10);
        Peer anna = scene.peer("anna");
        scene.store().shut();

        anna.join(LOBBY);
        anna.leave(LOBBY);
        scene.store().open();

        List<ServerMessage.Ack> acks = anna.await(ServerMessage.Ack.class, 2);
        assertEquals(
                List.of(ServerMessage.Ack.class, ServerMessage.History.class, ServerMessage.Ack.class),
                anna.heard().stream().map(Object::getClass).toList());
        assertEquals(10, anna.awaitFirst(ServerMessage.History.class).messages().size());
        assertEquals(Transcript.LEAVE, acks.get(1).id());
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
