package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How rooms come, or fail to come, and those who wait for them. */
@Timeout(120)
class RoomLoadTest {

    private static final String LOBBY = "lobby";

    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void allWhoWaitForARoomCostOneRead() {
        scene.write(LOBBY, 30);
        scene.store().shut();
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Peer peer = scene.peer("user-" + i);
            peer.join(LOBBY);
            peers.add(peer);
        }

        scene.store().open();
        peers.forEach(peer -> peer.awaitSeq(LOBBY, 30));

        assertEquals(1, scene.store().states());
        assertEquals(0, scene.store().reads());
        assertEquals(50, peers.get(0).membership(LOBBY).room().count());
    }

    @Test
    void aRoomThatCannotBeLoadedAnswersUnavailableAndIsForgotten() {
        scene.store().setBroken(true);
        Peer anna = scene.peer("anna");

        anna.join(LOBBY);
        ServerMessage.Error error = anna.awaitFirst(ServerMessage.Error.class);

        assertEquals("unavailable", error.code());
        assertEquals("q1", error.id());
        assertEquals(LOBBY, error.room());
        assertTrue(anna.membership(LOBBY).hasLeft());
        Await.until("the room is gone", () -> scene.rooms().size() == 0, scene.rooms()::size);
        scene.store().setBroken(false);
        anna.join(LOBBY);
        assertEquals("q2", anna.awaitFirst(ServerMessage.Ack.class).id());
    }

    @Test
    void aReaderThatTakesNothingMoreIsAnAnswerAndNotALoop() throws Exception {
        scene.reader().close();
        Peer anna = scene.peer("anna");

        Thread joining = new Thread(() -> anna.join(LOBBY));
        joining.setDaemon(true);
        joining.start();
        joining.join(10_000);

        assertFalse(joining.isAlive(), "the join goes round and round");
        assertEquals("busy", anna.awaitFirst(ServerMessage.Error.class).code());
        Await.until("the room is gone", () -> scene.rooms().size() == 0, scene.rooms()::size);
    }

    @Test
    void whoLeavesWhileTheRoomIsLoadedIsAnsweredInOrderAndNeverWasThere() {
        scene.write(LOBBY, 30);
        scene.store().shut();
        Peer anna = scene.peer("anna");
        anna.join(LOBBY);
        Room room = anna.membership(LOBBY).room();

        anna.leave(LOBBY);
        scene.store().open();
        List<ServerMessage.Ack> acks = anna.await(ServerMessage.Ack.class, 2);

        assertEquals(
                List.of("q1", "leave"), acks.stream().map(ServerMessage.Ack::id).toList());
        assertEquals(
                List.of(ServerMessage.Ack.class, ServerMessage.History.class, ServerMessage.Ack.class),
                anna.heard().stream().map(Object::getClass).toList());
        assertEquals(0, room.count());
        assertEquals(new Head(30, 30, 0), room.log().head());
    }

    @Test
    void whoDropsWhileTheRoomIsLoadedNeverWasThere() {
        scene.store().shut();
        Peer anna = scene.peer("anna");
        Peer bert = scene.peer("bert");
        anna.join(LOBBY);
        bert.join(LOBBY);

        anna.drop();
        scene.store().open();

        assertEquals(1, bert.awaitFirst(ServerMessage.Ack.class).count());
        assertEquals("bert", bert.awaitFirst(ServerMessage.Join.class).sender());
    }

    @Test
    void aSecondJoinWhileTheRoomIsLoadedIsAnsweredToo() {
        scene.store().shut();
        Peer anna = scene.peer("anna");

        anna.join(LOBBY);
        anna.join(LOBBY);
        scene.store().open();
        List<ServerMessage.Ack> acks = anna.await(ServerMessage.Ack.class, 2);

        assertEquals(
                List.of("q1", "q2"), acks.stream().map(ServerMessage.Ack::id).toList());
        assertEquals(1, anna.awaitFirst(ServerMessage.Join.class).count());
    }

    private static long bytes(List<Room> rooms) {
        return rooms.stream().mapToLong(room -> room.log().bytes()).sum();
    }
}
