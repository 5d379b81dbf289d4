package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.CloseCode;
import chat.parley.protocol.JsonCodec;
import chat.parley.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers: in the order of the requests, before the rooms, and bounded. */
@Timeout(120)
class RepliesTest {

    private static final String LOBBY = "lobby";

    private final Scene scene = new Scene("parley.limits.reply-bytes", "64KB");

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void answersComeInTheOrderOfTheRequestsWhateverIsKnownFirst() {
        Peer anna = scene.peer("anna");
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            answers.add(anna.outlet().answer());
        }

        for (int i = 4; i >= 0; i--) {
            answers.get(i).fill(pong("p" + i));
        }

        assertEquals(
                List.of("p0", "p1", "p2", "p3", "p4"),
                anna.await(ServerMessage.Pong.class, 5).stream()
                        .map(ServerMessage.Pong::id)
                        .toList());
    }

    @Test
    void anAnswerThatIsNotKnownYetKeepsNoRoomWaiting() {
        Peer anna = scene.member("anna", LOBBY);
        Peer bert = scene.member("bert", LOBBY);
        Answer open = anna.outlet().answer();

        scene.say(bert, LOBBY, 10);
        anna.awaitSeq(LOBBY, 10);
        open.fill(pong("at last"));

        assertEquals("at last", anna.awaitFirst(ServerMessage.Pong.class).id());
    }

    @Test
    void answersGoBeforeRooms() {
        Peer anna = scene.member("anna", LOBBY);
        Peer bert = scene.member("bert", LOBBY);
        anna.await(ServerMessage.Join.class, 2);
        anna.sender().hold();
        scene.say(bert, LOBBY, 1);
        Await.until("one is under way", anna.sender()::isHolding, anna::heard);
        scene.say(bert, LOBBY, 5);

        anna.outlet().answer(pong("first"));
        anna.sender().complete();
        anna.awaitFirst(ServerMessage.Pong.class);

        assertEquals(1, anna.lastSeq(LOBBY));
        anna.sender().flow(false);
        anna.awaitSeq(LOBBY, 6);
    }

    @Test
    void whoReadsNoAnswersIsTooSlow() {
        Peer anna = scene.member("anna", LOBBY);
        Peer bert = scene.member("bert", LOBBY);
        hold(anna, bert);

        for (int i = 0; i < 50; i++) {
            anna.outlet().answer(new byte[1_000]);
        }
        assertEquals(List.of(), anna.failures());
        for (int i = 0; i < 3; i++) {
            anna.outlet().answer(new byte[1_000]);
        }

        assertEquals(CloseCode.TOO_SLOW, anna.failures().get(0));
        assertEquals(List.of(), bert.failures());
    }

    @Test
    void requestsThatNobodyHasAnsweredAreBoundedAsWell() {
        Peer anna = scene.peer("anna");

        for (int i = 0; i < 256; i++) {
            anna.outlet().answer();
        }
        assertEquals(List.of(), anna.failures());
        anna.outlet().answer();

        assertEquals(CloseCode.TOO_SLOW, anna.failures().get(0));
    }

    @Test
    void whoReadsItsAnswersMayAskForEver() {
        Peer anna = scene.peer("anna");

        for (int i = 1; i <= 500; i++) {
            anna.outlet().answer(pong("p" + i + " ".repeat(400)));
            if (i % 50 == 0) {
                anna.await(ServerMessage.Pong.class, i);
                Await.until("all is sent", anna.outlet()::isDrained, anna::heard);
            }
        }

        assertEquals(List.of(), anna.failures());
    }

    @Test
    void afterTheAckOfALeaveNothingOfThatRoomFollows() {
        Peer talker = scene.member("talker", LOBBY);
        scene.member("talker2", "other");
        for (int round = 0; round < 50; round++) {
            Peer leaver = scene.peer("leaver-" + round);
            leaver.join(LOBBY);
            leaver.join("other");
            leaver.sender().flow(true);
            for (int i = 0; i < 20; i++) {
                talker.say(LOBBY, "hi");
                if (i == round % 20) {
                    leaver.leave(LOBBY);
                }
            }
            scene.awaitCommits();
            leaver.outlet().answer(pong("the end"));
            leaver.awaitFirst(ServerMessage.Pong.class);

            List<ServerMessage> heard = leaver.heard();
            int ack = heard.indexOf(leaver.heard(ServerMessage.Ack.class).stream()
                    .filter(each -> "leave".equals(each.id()))
                    .findFirst()
                    .orElseThrow());
            assertTrue(
                    heard.subList(ack + 1, heard.size()).stream()
                            .noneMatch(each -> each.toString().contains("room=" + LOBBY)),
                    () -> heard.subList(ack, heard.size()).toString());
            leaver.drop();
        }
    }

    @Test
    void aClosedConnectionIsSentNothingMore() {
        Peer anna = scene.member("anna", LOBBY);
        Peer bert = scene.member("bert", LOBBY);
        anna.await(ServerMessage.Join.class, 2);
        hold(anna, bert);
        int parcels = anna.sender().parcels();

        anna.drop();
        anna.outlet().answer(pong("too late"));
        anna.sender().flow(false);
        scene.say(bert, LOBBY, 10);
        bert.awaitSeq(LOBBY, 11);

        assertEquals(parcels, anna.sender().parcels());
        assertTrue(anna.outlet().isDrained());
    }

    /** From now on a send of the first is under way and does not end. */
    private void hold(Peer slow, Peer talker) {
        slow.sender().hold();
        scene.say(talker, LOBBY, 1);
        Await.until("one is under way", slow.sender()::isHolding, slow::heard);
    }

    private static byte[] pong(String id) {
        return JsonCodec.encode(new ServerMessage.Pong(id, 0));
    }
}
