package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.identity.Identity;
import chat.parley.protocol.ClientMessage;
import chat.parley.protocol.RoomName;
import chat.parley.protocol.ServerMessage;
import chat.parley.protocol.UserName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How people come to a room again, and how rooms go and shrink. */
@Timeout(120)
class RoomLifeTest {

    private static final String LOBBY = "lobby";

    private Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    private void with(String... settings) {
        scene.close();
        scene = new Scene(settings);
    }

    @Test
    void aSecondJoinIsAnsweredWithTheAckAlone() {
        scene.write(LOBBY, 10);
        Peer anna = scene.member("anna", LOBBY);
        anna.awaitFirst(ServerMessage.Join.class);

        anna.join(LOBBY);
        List<ServerMessage.Ack> acks = anna.await(ServerMessage.Ack.class, 2);
        scene.say(anna, LOBBY, 1);
        anna.await(ServerMessage.Message.class, 1);

        assertEquals(10, acks.get(1).head());
        assertEquals("q2", acks.get(1).id());
        assertEquals(1, anna.heard(ServerMessage.History.class).size());
        assertEquals(1, anna.heard(ServerMessage.Join.class).size());
        assertEquals(1, anna.heard(ServerMessage.Message.class).size());
    }

    @Test
    void twoConnectionsOfAPersonAreOnePersonAndHearTheSame() {
        Peer one = scene.member("anna", LOBBY);
        Peer two = scene.member("anna", LOBBY);

        scene.say(one, LOBBY, 3);
        one.awaitSeq(LOBBY, 3);
        two.awaitSeq(LOBBY, 3);

        assertEquals(1, two.membership(LOBBY).room().count());
        assertEquals(1, one.heard(ServerMessage.Join.class).size());
        one.leave(LOBBY);
        assertEquals(1, two.membership(LOBBY).room().count());
    }

    @Test
    void aDropIsToldAfterTheLingerAndALeaveAtOnce() {
        with("parley.presence.linger", "100ms");
        Peer watcher = scene.member("watcher", LOBBY);
        Peer dropper = scene.member("dropper", LOBBY);
        Peer leaver = scene.member("leaver", LOBBY);

        dropper.drop();
        leaver.leave(LOBBY);
        List<ServerMessage.Leave> leaves = watcher.await(ServerMessage.Leave.class, 2);

        assertEquals(
                List.of("leaver", "dropper"),
                leaves.stream().map(ServerMessage.Leave::sender).toList());
        assertEquals(1, leaves.get(1).count());
    }

    @Test
    void typingIsToldOnceInAWhile() {
        Peer anna = scene.member("anna", LOBBY);
        Peer bert = scene.member("bert", LOBBY);

        anna.typing(LOBBY);
        anna.typing(LOBBY);
        bert.typing(LOBBY);
        scene.say(anna, LOBBY, 1);
        bert.awaitSeq(LOBBY, 1);

        assertEquals(
                List.of("anna"),
                bert.heard(ServerMessage.Typing.class).stream()
                        .map(ServerMessage.Typing::sender)
                        .toList());
    }

    @Test
    void aRoomThatNobodyIsInIsDropped() {
        with("parley.rooms.idle", "0s");
        Peer anna = scene.member("anna", LOBBY);
        Peer bert = scene.member("bert", "other");
        scene.say(anna, LOBBY, 5);
        Room before = anna.membership(LOBBY).room();

        anna.leave(LOBBY);
        Await.until("the room is dropped", () -> scene.rooms().size() == 1, scene.rooms()::size);
        assertEquals(0, before.log().bytes());
        bert.join(LOBBY);
        bert.awaitSeq(LOBBY, 5);

        assertNotSame(before, bert.membership(LOBBY).room());
        assertEquals(2, scene.rooms().size());
    }

    @Test
    void aRoomInWhichSomebodyLingersIsKept() {
        with("parley.rooms.idle", "0s", "parley.presence.linger", "3s");
        Peer anna = scene.member("anna", LOBBY);
        Room room = anna.membership(LOBBY).room();

        anna.drop();

        assertFalse(room.closeIfIdle(java.time.Duration.ZERO));
        assertEquals(1, scene.rooms().size());
        Await.until("the room is dropped in the end", () -> scene.rooms().size() == 0, scene.rooms()::size);
    }

    @Test
    void aRoomThatHasDiedTakesNobodyInAndNothing() {
        Peer anna = scene.member("anna", LOBBY);
        Room room = anna.membership(LOBBY).room();
        anna.leave(LOBBY);
        assertTrue(room.closeIfIdle(java.time.Duration.ZERO));

        scene.write(LOBBY, 1).forEach(message -> Scene.enter(room, message));
        Membership refused = room.enter(
                anna.outlet(),
                new Identity("key-anna", new UserName("anna"), true),
                new ClientMessage.Join(LOBBY, "q", null, null, null));

        assertNull(refused);
        assertEquals(0, room.log().head().seq());
        anna.join(LOBBY);
        anna.await(ServerMessage.Ack.class, 2);
    }

    @Test
    void moreRoomsThanAllowedAreRefused() {
        with("parley.limits.rooms", "2");
        Peer anna = scene.member("anna", LOBBY);
        scene.member("bert", "other");

        Membership refused = scene.rooms()
                .join(
                        new RoomName("third"),
                        anna.outlet(),
                        new Identity("key-anna", new UserName("anna"), true),
                        new ClientMessage.Join("third", "q", null, null, null));

        assertNull(refused);
        scene.member("carl", LOBBY);
    }

    @Test
    void whenAllRoomsHoldTooMuchTheColdestGiveTheirsBack() {
        with("parley.rooms.memory", "64KB");
        Peer talker = scene.peer("talker");
        Peer slow = scene.peer("slow");
        List<Room> rooms = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            talker.join("room-" + i);
            slow.join("room-" + i);
            rooms.add(talker.membership("room-" + i).room());
        }
        for (int i = 0; i < 20; i++) {
            scene.say(talker, "room-" + i, 40);
        }

        Await.until("the rings fit", () -> bytes(rooms) <= 64 * 1024, () -> bytes(rooms));
        assertEquals(0, rooms.get(0).log().bytes(), "the coldest still holds something");
        assertTrue(rooms.get(19).log().bytes() > 0, "the hottest gave everything");
        for (int i = 0; i < 20; i++) {
            slow.awaitSeq("room-" + i, 40);
            assertEquals(List.of(), slow.transcript("room-" + i).problems());
        }
    }

    private static long bytes(List<Room> rooms) {
        return rooms.stream().mapToLong(room -> room.log().bytes()).sum();
    }
}
