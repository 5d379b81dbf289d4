package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Parley is for: people connect, come into rooms and go, and everyone in a room sees what is said there. */
class TicketsIT {

    @RegisterExtension
    static final TestServer server = TestServer.with("parley.presence.linger", "100ms");

    @ParameterizedTest
    @EnumSource
    void aClientConnectsAndIsWelcomedFirstOfAll(Subprotocol subprotocol) {
        ChatClient alice = server.connectAs("alice-" + subprotocol, subprotocol);

        alice.fence();

        JsonObject welcome = alice.seen().all().get(0);
        assertEquals(subprotocol.negotiated(), alice.negotiatedSubprotocol());
        assertEquals("welcome", welcome.getString("type"));
        assertEquals("alice-" + subprotocol.name().toLowerCase(Locale.ROOT), welcome.getString("sender"));
        assertTrue(welcome.getBoolean("guest"));
        assertTrue(welcome.getString("session").length() >= 16, "a secret nobody guesses");
        assertEquals(25_000, welcome.getInt("pingMs"));
        assertTrue(welcome.containsKey("timestamp"));
        assertFalse(welcome.containsKey("expiresAt"), "a guest's connection does not expire");
        JsonObject limits = welcome.getJsonObject("limits");
        assertEquals(4096, limits.getInt("frameBytes"));
        assertEquals(3072, limits.getInt("contentBytes"));
        assertEquals(0, limits.getInt("perSecond"));
        assertEquals(200, limits.getInt("burst"));
        assertEquals(100, limits.getInt("rooms"));
    }

    @ParameterizedTest
    @EnumSource
    void whoComesAndGoesIsTracked(Subprotocol subprotocol) {
        String room = "tracked-" + subprotocol.ordinal();
        ChatClient alice = server.connect("alice", subprotocol);
        ChatClient bob = server.connect("bob", subprotocol);
        ChatClient carol = server.connect("carol", subprotocol);

        assertEquals(1, alice.join(room).getInt("count"));
        assertEquals(2, bob.join(room).getInt("count"));
        JsonObject bobCame = alice.seen().await(Wire.type("join", room).and(Wire.from(bob.name())));
        assertEquals(List.of(alice.name(), bob.name()), Wire.names(alice.members(room)));
        bob.get(Wire.request("leave", room));
        JsonObject bobWent = alice.seen().await(Wire.type("leave", room).and(Wire.from(bob.name())));
        carol.join(room);
        carol.close();
        JsonObject carolWent = alice.seen().await(Wire.type("leave", room).and(Wire.from(carol.name())));

        assertEquals(2, bobCame.getInt("count"));
        assertEquals(1, bobWent.getInt("count"));
        assertEquals(bobCame.getInt("version") + 1, bobWent.getInt("version"));
        assertEquals(bobWent.getInt("version") + 2, carolWent.getInt("version"), "she came and went");
        assertEquals(List.of(alice.name()), Wire.names(alice.members(room)));
        assertEquals(
                1,
                alice.seen().all(Wire.type("join").and(Wire.from(alice.name()))).size(),
                "one sees oneself come");
    }

    @ParameterizedTest
    @EnumSource
    void everyoneInTheRoomSeesEveryMessageAndNobodyElseDoes(Subprotocol subprotocol) {
        String room = "seen-" + subprotocol.ordinal();
        ChatClient alice = server.connect("alice", subprotocol);
        ChatClient bob = server.connect("bob", Subprotocol.SINGLE);
        ChatClient carol = server.connect("carol", Subprotocol.BATCH);
        ChatClient dave = server.connect("dave", subprotocol);
        ChatClient erin = server.connect("erin", subprotocol);
        List<ChatClient> members = List.of(alice, bob, carol);
        members.forEach(member -> member.join(room));
        dave.join(room + "-elsewhere");
        erin.join(room);
        erin.get(Wire.request("leave", room));

        JsonObject ack = alice.say(room, "hello");
        bob.say(room, "hi");
        dave.say(room + "-elsewhere", "anybody?");

        for (ChatClient member : members) {
            List<JsonObject> messages = member.seen().await(2, Wire.type("message"));
            assertEquals(List.of("hello", "hi"), strings(messages, "content"));
            assertEquals(List.of(alice.name(), bob.name()), strings(messages, "sender"));
            assertEquals(List.of(room, room), strings(messages, "room"));
            assertEquals(ack.getInt("seq"), messages.get(0).getInt("seq"));
            assertEquals(ack.getInt("seq") + 1, messages.get(1).getInt("seq"));
            assertTrue(messages.get(0).getBoolean("guest"));
            assertTrue(messages.get(0).containsKey("timestamp"));
            assertEquals(ack.getString("id"), messages.get(0).getString("id"));
        }
        dave.seen().await(Wire.type("message"));
        dave.fence();
        erin.fence();
        assertEquals(List.of("anybody?"), strings(dave.seen().all(Wire.type("message")), "content"));
        assertEquals(List.of(), erin.seen().all(Wire.type("message")));
        members.forEach(ChatClient::fence);
        members.forEach(member ->
                assertEquals(2, member.seen().all(Wire.type("message")).size()));
    }

    private static List<String> strings(List<JsonObject> objects, String field) {
        return objects.stream().map(object -> object.getString(field)).toList();
    }
}
