package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.JsonCodec;
import chat.parley.protocol.ServerMessage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages of history and of people: read when they can be sent, and not too many at once. */
@Timeout(120)
class PageRepliesTest {

    private static final String LOBBY = "lobby";

    private final Scene scene = new Scene("parley.limits.reply-bytes", "64KB");

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aPageIsReadOnlyWhenItCanBeSent() {
        Peer bert = scene.member("bert", LOBBY);
        scene.say(bert, LOBBY, 600);
        Peer anna = scene.member("anna", LOBBY);
        hold(anna, bert);
        int reads = scene.store().reads();

        assertTrue(anna.history(LOBBY, 100L, null, 10));
        assertTrue(anna.history(LOBBY, 50L, null, 10));
        scene.say(bert, LOBBY, 10);
        assertEquals(reads, scene.store().reads(), "read for somebody who does not listen");
        anna.sender().flow(false);

        List<ServerMessage.History> pages = anna.await(ServerMessage.History.class, 3);
        assertEquals(99, lastSeq(pages.get(1)));
        assertEquals(49, lastSeq(pages.get(2)));
        assertTrue(pages.get(1).more());
        assertEquals(1, pages.get(1).first());
    }

    @Test
    void aPageIsNotReadWhileAnAnswerBeforeItIsUnderWay() {
        Peer bert = scene.member("bert", LOBBY);
        scene.say(bert, LOBBY, 600);
        Peer anna = scene.member("anna", LOBBY);
        hold(anna, bert);
        int reads = scene.store().reads();
        anna.outlet().answer(JsonCodec.encode(new ServerMessage.Pong("first", 0)));
        anna.history(LOBBY, 100L, null, 10);

        anna.sender().complete();
        anna.awaitFirst(ServerMessage.Pong.class);
        scene.member("carl", "other"); // the delivery threads go on
        assertEquals(reads, scene.store().reads());
        anna.sender().flow(false);

        assertEquals(99, lastSeq(anna.await(ServerMessage.History.class, 2).get(1)));
    }

    @Test
    void fourPagesMayWaitAndTheFifthIsRefused() {
        Peer bert = scene.member("bert", LOBBY);
        Peer anna = scene.member("anna", LOBBY);
        hold(anna, bert);

        assertTrue(anna.history(LOBBY, null, null, 10));
        assertTrue(anna.members(LOBBY));
        assertTrue(anna.history(LOBBY, null, null, 10));
        assertTrue(anna.members(LOBBY));
        assertFalse(anna.history(LOBBY, null, null, 10));
        assertFalse(anna.members(LOBBY));
        anna.sender().flow(false);
        anna.await(ServerMessage.History.class, 3);
        Await.until("all is sent", anna.outlet()::isDrained, anna::heard);

        assertTrue(anna.history(LOBBY, null, null, 10), "the places are free again");
        anna.await(ServerMessage.History.class, 4);
    }

    @Test
    void pagesComeFromTheRingWhenItHoldsThem() {
        Peer anna = scene.member("anna", LOBBY);
        scene.say(anna, LOBBY, 100);
        int reads = scene.store().reads();

        anna.history(LOBBY, 61L, null, 20);
        anna.history(LOBBY, null, 80L, 200);
        anna.history(LOBBY, 15L, 10L, 200);
        anna.await(ServerMessage.History.class, 4);
        Await.until("all is sent", anna.outlet()::isDrained, anna::heard);
        anna.history(LOBBY, null, Long.MAX_VALUE, 10);
        anna.history(LOBBY, 1L, null, 10);
        List<ServerMessage.History> pages = anna.await(ServerMessage.History.class, 6);

        assertPage(pages.get(1), 41, 60, true);
        assertPage(pages.get(2), 81, 100, false);
        assertPage(pages.get(3), 11, 14, false);
        assertEquals(List.of(), pages.get(4).messages());
        assertEquals(List.of(), pages.get(5).messages());
        assertFalse(pages.get(5).more());
        assertEquals(reads, scene.store().reads());
    }

    @Test
    void aPageThatCannotBeReadIsAnErrorForItsRequest() {
        Peer anna = scene.member("anna", LOBBY);
        scene.say(anna, LOBBY, 600);
        scene.store().setBroken(true);

        anna.history(LOBBY, 100L, null, 10);

        ServerMessage.Error error = anna.awaitFirst(ServerMessage.Error.class);
        assertEquals("unavailable", error.code());
        assertTrue(error.temporary());
        assertEquals(LOBBY, error.room());
    }

    @Test
    void membersAreAnsweredWithAPageOfNames() {
        scene.member("bert", LOBBY);
        Peer anna = scene.member("anna", LOBBY);

        anna.members(LOBBY);

        ServerMessage.Members page = anna.awaitFirst(ServerMessage.Members.class);
        assertEquals(List.of("anna", "bert"), page.members());
        assertEquals(2, page.count());
        assertEquals(2, page.version());
        assertEquals(false, page.more());
    }

    /** From now on a send of the first is under way and does not end. */
    private void hold(Peer slow, Peer talker) {
        slow.sender().hold();
        scene.say(talker, LOBBY, 1);
        Await.until("one is under way", slow.sender()::isHolding, slow::heard);
    }

    private static long lastSeq(ServerMessage.History page) {
        return ((ServerMessage.Message) page.messages().get(page.messages().size() - 1)).seq();
    }

    private static void assertPage(ServerMessage.History page, long from, long to, boolean more) {
        assertEquals(from, ((ServerMessage.Message) page.messages().get(0)).seq());
        assertEquals(to, lastSeq(page));
        assertEquals(to - from + 1, page.messages().size());
        assertEquals(more, page.more());
    }
}
