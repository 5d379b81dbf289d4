package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.Form;
import chat.parley.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members that are slower than the room, and connections that are in many rooms. */
@Timeout(120)
class SlowMemberTest {

    private static final String LOBBY = "lobby";

    private Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void slowMemberFallsBehindWhileOthersStillReceive() {
        Peer fast = scene.member("fast", LOBBY);
        Peer slow = scene.member("slow", LOBBY);
        slow.sender().hold();
        scene.say(fast, LOBBY, 1);
        Await.until("one is under way", slow.sender()::isHolding, slow::heard);

        scene.say(fast, LOBBY, 99);
        fast.awaitSeq(LOBBY, 100);
        assertTrue(slow.lastSeq(LOBBY) < 100, "it was not slow");
        slow.sender().flow(false);
        slow.awaitSeq(LOBBY, 100);

        assertTold(slow, 1, 100);
    }

    @Test
    void whatWaitedIsSentTogether() {
        Peer fast = scene.member("fast", LOBBY);
        Peer slow = scene.member("slow", LOBBY);
        scene.say(fast, LOBBY, 1);
        slow.awaitSeq(LOBBY, 1);
        slow.sender().hold();
        scene.say(fast, LOBBY, 1);
        Await.until("one is under way", slow.sender()::isHolding, slow::heard);
        scene.say(fast, LOBBY, 199);
        fast.awaitSeq(LOBBY, 201);
        int before = slow.sender().parcels();

        slow.sender().flow(false);
        slow.awaitSeq(LOBBY, 201);

        assertEquals(before + 1, slow.sender().parcels());
        assertTold(slow, 1, 201);
    }

    @Test
    void whoFellOffTheRingIsToldTheGapAndGoesOnAtTheHead() {
        Peer fast = scene.member("fast", LOBBY);
        Peer slow = scene.member("slow", LOBBY);
        scene.say(fast, LOBBY, 1);
        slow.awaitSeq(LOBBY, 1);
        slow.sender().hold();
        scene.say(fast, LOBBY, 1);
        Await.until("one is under way", slow.sender()::isHolding, slow::heard);

        scene.say(fast, LOBBY, 700);
        slow.sender().flow(false);
        slow.awaitSeq(LOBBY, 702);
        scene.say(fast, LOBBY, 5);
        slow.awaitSeq(LOBBY, 707);

        List<Transcript.Step> steps = slow.transcript(LOBBY).steps();
        assertEquals(new Transcript.Step(3, 702, true), steps.get(2));
        assertEquals(8, steps.size());
        assertEquals(List.of(), slow.transcript(LOBBY).problems());
        assertEquals(0, slow.heard(ServerMessage.Members.class).size(), "no presence was missed");
    }

    @Test
    void whoAlsoMissedPresenceIsToldHowManyThereAreNow() {
        Peer fast = scene.member("fast", LOBBY);
        Peer slow = scene.member("slow", LOBBY);
        slow.await(ServerMessage.Join.class, 1);
        slow.sender().hold();
        scene.say(fast, LOBBY, 1);
        Await.until("one is under way", slow.sender()::isHolding, slow::heard);

        scene.member("other", LOBBY);
        scene.say(fast, LOBBY, 700);
        slow.sender().flow(false);
        slow.awaitSeq(LOBBY, 701);

        ServerMessage.Members summary = slow.awaitFirst(ServerMessage.Members.class);
        assertEquals(3, summary.version());
        assertEquals(3, summary.count());
        assertEquals(null, summary.members());
        assertEquals(1, slow.heard(ServerMessage.Gap.class).size());
    }

    @Test
    void whoMissedNothingButNoticesIsToldNoGap() {
        Peer fast = scene.member("fast", LOBBY);
        Peer slow = scene.member("slow", LOBBY);
        scene.say(fast, LOBBY, 1);
        slow.awaitSeq(LOBBY, 1);
        slow.sender().hold();
        Peer other = scene.member("other", LOBBY);
        Await.until("one is under way", slow.sender()::isHolding, slow::heard);

        for (int i = 0; i < 200; i++) {
            other.leave(LOBBY);
            other.join(LOBBY);
        }
        slow.sender().flow(false);
        ServerMessage.Members summary = slow.awaitFirst(ServerMessage.Members.class);

        assertEquals(0, slow.heard(ServerMessage.Gap.class).size());
        assertEquals(403, summary.version());
        assertEquals(3, summary.count());
    }

    @Test
    void theSingleFormCarriesTheSame() {
        Peer fast = scene.member("fast", LOBBY);
        Peer slow = scene.peer("slow", Form.SINGLE);
        slow.join(LOBBY);
        slow.awaitFirst(ServerMessage.History.class);
        slow.sender().flow(true);

        scene.say(fast, LOBBY, 200);
        slow.awaitSeq(LOBBY, 200);

        assertTold(slow, 1, 200);
        assertTrue(slow.sender().texts().stream().noneMatch(text -> text.startsWith("[")));
    }

    @Test
    void aSendThatFailsEndsItAndIsToldOnce() {
        Peer fast = scene.member("fast", LOBBY);
        Peer slow = scene.member("slow", LOBBY);
        slow.sender().hold();
        scene.say(fast, LOBBY, 1);
        Await.until("one is under way", slow.sender()::isHolding, slow::heard);
        int parcels = slow.sender().parcels();

        slow.sender().fail(new java.io.IOException("gone"));
        slow.sender().flow(false);
        scene.say(fast, LOBBY, 10);
        fast.awaitSeq(LOBBY, 11);

        assertEquals(1, slow.breaks().size());
        assertEquals(parcels, slow.sender().parcels(), "something was sent on a broken connection");
    }

    @Test
    void aPingWaitsForWhatIsUnderWayAndGoesBeforeWhatIsNot() {
        Peer fast = scene.member("fast", LOBBY);
        Peer slow = scene.member("slow", LOBBY);
        slow.await(ServerMessage.Join.class, 1);
        slow.sender().hold();
        scene.say(fast, LOBBY, 1);
        Await.until("one is under way", slow.sender()::isHolding, slow::heard);
        scene.say(fast, LOBBY, 1);

        slow.outlet().ping();
        assertEquals(0, slow.sender().pings());
        slow.sender().complete();
        Await.until("the ping goes out", () -> slow.sender().pings() == 1, slow::heard);
        assertEquals(1, slow.lastSeq(LOBBY));
        slow.sender().flow(false);

        slow.awaitSeq(LOBBY, 2);
    }

    @Test
    void aSendThatDoesNotFinishIsSeenToBeUnderWay() {
        Peer fast = scene.member("fast", LOBBY);
        Peer slow = scene.member("slow", LOBBY);
        assertEquals(0, slow.outlet().sendingSince());
        long before = System.nanoTime();
        slow.sender().hold();
        scene.say(fast, LOBBY, 1);
        Await.until("one is under way", slow.sender()::isHolding, slow::heard);

        long since = slow.outlet().sendingSince();
        slow.sender().flow(false);

        assertTrue(since - before >= 0 && System.nanoTime() - since >= 0, "since " + since);
        slow.awaitSeq(LOBBY, 1);
        Await.until("nothing is under way", slow.outlet()::isDrained, slow::heard);
        assertEquals(0, slow.outlet().sendingSince());
    }

    @Test
    void ofAHundredBusyRoomsNoneIsStarved() {
        Peer talker = scene.peer("talker");
        Peer listener = scene.peer("listener");
        List<String> rooms = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rooms.add("room-" + i);
        }
        rooms.forEach(talker::join);
        rooms.forEach(listener::join);
        listener.await(ServerMessage.History.class, 100);
        listener.sender().flow(true);

        for (int round = 0; round < 20; round++) {
            rooms.forEach(room -> talker.say(room, "hi"));
        }

        for (String room : rooms) {
            listener.awaitSeq(room, 20);
            assertEquals(List.of(), listener.transcript(room).problems());
        }
    }

    /** Whatever else is going on in a room, a connection gives the others their turn. */
    @Test
    void aRoomThatNeverRestsDoesNotKeepAnotherOneWaiting() throws Exception {
        scene.close();
        scene = new Scene("parley.send.threads", "1");
        Peer talker = scene.peer("talker");
        talker.join("hot");
        talker.join("cold");
        Peer listener = scene.peer("listener");
        listener.join("hot");
        listener.join("cold");
        listener.await(ServerMessage.Join.class, 2);
        talker.await(ServerMessage.Join.class, 4);
        listener.sender().hold();
        scene.say(talker, "hot", 1);
        Await.until("one is under way", listener.sender()::isHolding, listener::heard);
        scene.say(talker, "cold", 1);

        for (int round = 0; round < 10; round++) {
            CountDownLatch busy = occupyDeliveryThread();
            scene.say(talker, "hot", 1); // the hot room is in the queue before the connection is
            listener.sender().complete();
            busy.countDown();
            Await.until("the next is under way", listener.sender()::isHolding, listener::heard);
        }

        assertEquals(1, listener.lastSeq("cold"));
    }

    private CountDownLatch occupyDeliveryThread() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        scene.fanout().thread(0).execute(() -> {
            started.countDown();
            try {
                assertTrue(end.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertTrue(started.await(30, TimeUnit.SECONDS));
        return end;
    }

    private static void assertTold(Peer peer, long from, long to) {
        Transcript transcript = peer.transcript(LOBBY);
        assertEquals(List.of(), transcript.problems());
        assertEquals(LongStream.rangeClosed(from, to).boxed().toList(), transcript.seqs());
    }
}
