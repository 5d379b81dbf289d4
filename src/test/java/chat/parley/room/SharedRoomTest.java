package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.RoomName;
import chat.parley.protocol.ServerMessage;
import chat.parley.store.StoredMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A room whose log other servers write to: what they announce, what they do not, and who comes from there. */
@Timeout(120)
class SharedRoomTest {

    private static final String LOBBY = "lobby";

    private final Scene scene = Scene.amongOthers();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void whatOthersAnnounceIsToldToMembers() {
        Peer anna = scene.member("anna", LOBBY);

        scene.write(LOBBY, 3).forEach(scene.relay()::hear);

        anna.awaitSeq(LOBBY, 3);
        assertEquals(List.of(), anna.transcript(LOBBY).problems());
        assertEquals(0, scene.store().reads());
    }

    @Test
    void whatIsSaidHereIsAnnouncedWhoeverIsHere() {
        Peer anna = scene.member("anna", LOBBY);
        anna.say(LOBBY, "one");
        anna.say(LOBBY, "two");
        scene.awaitCommits();

        assertEquals(List.of(1L, 2L, 1L), scene.relay().announced(), "the last is of a room that is not in memory");
    }

    @Test
    void anHoleThatIsAnnouncedInTimeIsNotRead() throws Exception {
        Peer anna = scene.member("anna", LOBBY);
        List<StoredMessage> messages = new ArrayList<>(scene.write(LOBBY, 500));
        Collections.shuffle(messages, new Random(7));
        CountDownLatch later = new CountDownLatch(1);
        Future<?> still = scene.scheduler().submit(() -> {
            later.await();
            return true;
        });

        messages.forEach(scene.relay()::hear); // all of it within the moment that a hole has
        later.countDown();
        still.get();

        anna.awaitSeq(LOBBY, 500);
        assertEquals(List.of(), anna.transcript(LOBBY).problems());
        assertEquals(0, scene.store().reads());
    }

    /** What it waits for on purpose is at most a second, of the two in which everything is to be here without a relay. */
    @Test
    void whatNobodyAnnouncedIsFoundByTheLookAtTheHeads() {
        Peer anna = scene.member("anna", LOBBY);

        scene.write(LOBBY, 20);

        anna.awaitSeq(LOBBY, 20);
        Duration longest =
                scene.scheduler().delays().stream().max(Duration::compareTo).orElseThrow();
        assertTrue(longest.compareTo(Duration.ofSeconds(1)) <= 0, longest::toString);
        assertEquals(List.of(), anna.transcript(LOBBY).problems());
        assertEquals(1, scene.store().reads());
    }

    @Test
    void tooMuchThatNobodyAnnouncedIsJumpedOver() {
        Peer anna = scene.member("anna", LOBBY);
        scene.write(LOBBY, 1).forEach(scene.relay()::hear);
        anna.awaitSeq(LOBBY, 1);

        scene.write(LOBBY, 1_500);
        Await.until(
                "the gap is told",
                () -> !anna.heard(ServerMessage.Gap.class).isEmpty(),
                () -> anna.transcript(LOBBY).steps());

        ServerMessage.Gap gap = anna.awaitFirst(ServerMessage.Gap.class);
        assertEquals(2, gap.from());
        assertEquals(1_501, gap.to());
        assertEquals(0, scene.store().reads(), "what is not sent need not be read");
        scene.write(LOBBY, 1).forEach(scene.relay()::hear);
        anna.awaitSeq(LOBBY, 1_502);
        assertEquals(List.of(), anna.transcript(LOBBY).problems());
    }

    @Test
    void whoComesIntoARoomThatNobodyWasInIsToldOfWhatNobodyAnnounced() {
        Peer anna = scene.member("anna", LOBBY);
        anna.leave(LOBBY);
        Await.until("nobody is here", () -> anna.heard(ServerMessage.Ack.class).size() == 2, () -> "");
        scene.write(LOBBY, 20);

        Peer bert = scene.peer("bert");
        bert.join(LOBBY);

        assertEquals(20, bert.awaitFirst(ServerMessage.Ack.class).head());
        assertEquals(1, scene.store().states() - 1, "one look at the head, after that for loading");
    }

    @Test
    void aLookThatNobodyWaitedForAnyMoreSettlesNothing() {
        Peer anna = scene.member("anna", LOBBY);
        anna.leave(LOBBY);
        Await.until("nobody is here", () -> anna.heard(ServerMessage.Ack.class).size() == 2, () -> "");
        int states = scene.store().states();
        scene.store().shut();
        Peer bert = scene.peer("bert");
        bert.join(LOBBY);
        Await.until("the store is asked", () -> scene.store().states() > states, () -> "");
        bert.leave(LOBBY);
        scene.store().open();
        bert.awaitFirst(ServerMessage.Ack.class);
        scene.write(LOBBY, 20);

        Peer carl = scene.peer("carl");
        carl.join(LOBBY);

        assertEquals(20, carl.awaitFirst(ServerMessage.Ack.class).head());
    }

    @Test
    void whoWasPromisedMoreThanTheStoreHasIsAnsweredByWhatThereIs() {
        scene.member("anna", LOBBY);
        scene.write(LOBBY, 3);
        scene.store().boast(5);
        Peer bert = scene.peer("bert");

        bert.joinSince(LOBBY, 7, scene.store().epoch());

        ServerMessage.Ack ack = bert.awaitFirst(ServerMessage.Ack.class);
        assertFalse(ack.recovered(), ack::toString);
        assertEquals(3, ack.head());
    }

    @Test
    void wordsThatWereErasedAndAreAnnouncedAfterThatDoNotStay() {
        Peer anna = scene.member("anna", LOBBY);
        Room room = anna.membership(LOBBY).room();
        List<StoredMessage> said = scene.write(LOBBY, 1);
        scene.store().erase();
        room.reread();

        said.forEach(scene.relay()::hear);
        anna.awaitSeq(LOBBY, 1);

        Await.until("they are gone", () -> firstWords(scene.peer("late")).isEmpty(), () -> "");
    }

    private static String firstWords(Peer peer) {
        peer.join(LOBBY);
        return ((ServerMessage.Message)
                        peer.awaitFirst(ServerMessage.History.class).messages().get(0))
                .content();
    }

    @ParameterizedTest
    @ValueSource(longs = {50, 5_000})
    void aNumberThatTheStoreNeverGaveChangesNothing(long seq) {
        Peer anna = scene.member("anna", LOBBY);
        scene.write(LOBBY, 3).forEach(scene.relay()::hear);
        anna.awaitSeq(LOBBY, 3);
        StoredMessage said = scene.write("another", 1).get(0);

        scene.relay()
                .hear(new StoredMessage(
                        new RoomName(LOBBY), seq, said.author(), said.id(), said.content(), said.timestamp()));
        Await.until(
                "the store was asked",
                () -> scene.store().reads() + scene.store().states() > 1,
                () -> "");
        scene.write(LOBBY, 2).forEach(scene.relay()::hear);

        anna.awaitSeq(LOBBY, 5);
        assertEquals(List.of(), anna.heard(ServerMessage.Gap.class));
        assertEquals(List.of(), anna.transcript(LOBBY).problems());
    }

    @Test
    void theHeadIsReadOnceTheSubscriptionIsConfirmed() {
        scene.write(LOBBY, 5);
        scene.relay().stopConfirming();
        Peer anna = scene.peer("anna");
        anna.join(LOBBY);
        scene.awaitCommits();
        assertEquals(0, scene.store().states(), "nothing is read before");
        scene.write(LOBBY, 5);

        scene.relay().confirm();

        assertEquals(10, anna.awaitFirst(ServerMessage.Ack.class).head());
    }

    @Test
    void aRoomIsSubscribedToForAsLongAsItIsInMemory() {
        Peer anna = scene.member("anna", LOBBY);
        assertEquals(List.of(new RoomName(LOBBY)), scene.relay().subscribed());
        Room room = anna.membership(LOBBY).room();
        anna.leave(LOBBY);
        assertTrue(room.closeIfIdle(Duration.ZERO));
        assertEquals(List.of(), scene.relay().subscribed());

        scene.store().setBroken(true);
        Peer bert = scene.peer("bert");
        bert.join(LOBBY);
        bert.awaitFirst(ServerMessage.Error.class);

        Await.until("nothing is subscribed to", scene.relay().subscribed()::isEmpty, scene.relay()::subscribed);
    }

    @Test
    void whatIsSaidElsewhereKeepsNoRoomThatNobodyIsIn() {
        Peer anna = scene.member("anna", LOBBY);
        Room room = anna.membership(LOBBY).room();
        anna.leave(LOBBY);
        long usedAt = room.usedAt();

        scene.write(LOBBY, 3).forEach(scene.relay()::hear);

        assertEquals(3, room.log().head().seq());
        assertEquals(usedAt, room.usedAt());
    }

    @Test
    void whoHasSeenMoreIsAnsweredOnceItIsHere() {
        scene.member("anna", LOBBY);
        scene.write(LOBBY, 10);
        Peer bert = scene.peer("bert");

        bert.joinSince(LOBBY, 7, scene.store().epoch());

        ServerMessage.Ack ack = bert.awaitFirst(ServerMessage.Ack.class);
        assertTrue(ack.recovered(), ack::toString);
        assertTrue(ack.head() >= 7, ack::toString);
        bert.awaitSeq(LOBBY, 10);
        assertEquals(
                LongStream.rangeClosed(8, 10).boxed().toList(),
                bert.heard(ServerMessage.Message.class).stream()
                        .map(ServerMessage.Message::seq)
                        .toList());
    }

    @Test
    void manyWhoHaveSeenMoreCostTwoLooksAtMost() {
        scene.member("anna", LOBBY);
        int states = scene.store().states();
        scene.store().shut();
        scene.write(LOBBY, 10);
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            peers.add(scene.peer("user-" + i));
            peers.get(i).joinSince(LOBBY, 10, scene.store().epoch());
        }

        scene.store().open();

        peers.forEach(
                peer -> assertTrue(peer.awaitFirst(ServerMessage.Ack.class).recovered()));
        int looks = scene.store().states() - states;
        assertTrue(looks >= 1 && looks <= 2, looks + " looks");
    }

    @Test
    void whoHasSeenWhatCannotBeIsToldSo() {
        scene.member("anna", LOBBY);
        scene.write(LOBBY, 3);
        Peer bert = scene.peer("bert");

        bert.joinSince(LOBBY, 100, scene.store().epoch());

        ServerMessage.Ack ack = bert.awaitFirst(ServerMessage.Ack.class);
        assertFalse(ack.recovered(), ack::toString);
        assertEquals(3, ack.head());
    }

    @Test
    void whoHasSeenMoreWhileTheStoreIsAwayHearsThatAndCanTryAgain() {
        scene.member("anna", LOBBY);
        scene.store().setBroken(true);
        scene.write(LOBBY, 10);
        Peer bert = scene.peer("bert");
        bert.joinSince(LOBBY, 10, scene.store().epoch());
        assertEquals("unavailable", bert.awaitFirst(ServerMessage.Error.class).code());
        assertTrue(bert.membership(LOBBY).hasLeft());
        scene.store().setBroken(false);
        Peer carl = scene.peer("carl");

        carl.joinSince(LOBBY, 10, scene.store().epoch());

        assertTrue(carl.awaitFirst(ServerMessage.Ack.class).recovered());
    }

    @Test
    void oneThatIsAloneAsksNobody() {
        try (Scene alone = new Scene()) {
            alone.member("anna", LOBBY);
            int states = alone.store().states();
            Peer bert = alone.peer("bert");

            bert.joinSince(LOBBY, 100, alone.store().epoch());

            assertFalse(bert.awaitFirst(ServerMessage.Ack.class).recovered());
            assertEquals(states, alone.store().states());
        }
    }
}
