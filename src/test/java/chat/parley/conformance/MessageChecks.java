package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;

/** Messages: who gets them, in which order, and that each is in the log once (sections 2 and 3). */
final class MessageChecks {

    private MessageChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                        "3",
                        "message: everybody in the room gets it, in every form, and nobody else",
                        MessageChecks::everybody,
                        "request message",
                        "message message"),
                Check.of("2", "seqs are 1, 2, 3, and timestamps never decrease", MessageChecks::seqs),
                Check.of("2", "a message without an id gets one", MessageChecks::withoutId),
                Check.of("2", "what a client says of itself is ignored", MessageChecks::ignored),
                Check.of("4", "a resend with the same id is a duplicate with the same seq", MessageChecks::duplicate),
                Check.of(
                        "4",
                        "an id that was used for another message is a conflict",
                        MessageChecks::conflict,
                        "error conflict"),
                Check.of("2", "ids are per sender and room", MessageChecks::idsOfOthers),
                Check.of("2", "absent and null are the same, unknown fields are ignored", MessageChecks::lenient));
    }

    private static void everybody(Stage stage) {
        String room = stage.name("seen");
        ChatClient alice = stage.member("alice", room, Offer.NONE);
        List<ChatClient> members =
                List.of(alice, stage.member("bob", room, Offer.SINGLE), stage.member("carol", room, Offer.BATCH));
        ChatClient dave = stage.member("dave", stage.name("elsewhere"), Offer.SINGLE);
        ChatClient erin = stage.member("erin", room, Offer.SINGLE);
        erin.get(Wire.request("leave", room));

        JsonObject ack = alice.say(room, "hello");
        members.get(1).say(room, "hi");

        for (ChatClient member : members) {
            List<JsonObject> messages = member.seen().await(2, Wire.type("message"));
            assertEquals(List.of("hello", "hi"), Wire.strings(messages, "content"));
            assertEquals(List.of(alice.name(), members.get(1).name()), Wire.strings(messages, "sender"));
            assertEquals(List.of(room, room), Wire.strings(messages, "room"));
            assertEquals(List.of(1L, 2L), Wire.seqs(messages));
            assertEquals(Wire.seq(ack), Wire.seq(messages.get(0)));
            assertEquals(ack.getString("id"), messages.get(0).getString("id"));
            assertTrue(messages.get(0).getBoolean("guest"));
            member.fence();
            assertEquals(2, member.seen().all(Wire.type("message")).size());
        }
        dave.fence();
        erin.fence();
        assertEquals(List.of(), dave.seen().all(Wire.type("message")));
        assertEquals(List.of(), erin.seen().all(Wire.type("message")));
    }

    private static void seqs(Stage stage) {
        String room = stage.name("numbers");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        ChatClient bob = stage.member("bob", room, Offer.BATCH);
        for (int i = 0; i < 100; i++) {
            (i % 2 == 0 ? alice : bob).ask(Wire.request("message", room).add("content", "m" + i));
        }
        List<JsonObject> messages = bob.seen().await(100, Wire.type("message"));
        assertEquals(Wire.range(1, 100), Wire.seqs(messages));
        long before = 0;
        for (JsonObject message : messages) {
            assertTrue(Wire.number(message, "timestamp") >= before);
            before = Wire.number(message, "timestamp");
        }
    }

    private static void withoutId(Stage stage) {
        String room = stage.name("anonymous");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        String frame = Wire.request("message", room).add("content", "x").build().toString();
        alice.send(frame);
        alice.send(frame);
        List<JsonObject> messages = alice.seen().await(2, Wire.type("message"));
        List<JsonObject> acks = alice.seen().await(2, Wire.type("ack").and(ack -> ack.containsKey("seq")));
        assertNotEquals(messages.get(0).getString("id"), messages.get(1).getString("id"));
        assertEquals(Wire.strings(messages, "id"), Wire.strings(acks, "id"));
    }

    private static void ignored(Stage stage) {
        String room = stage.name("honest");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        alice.get(Wire.request("message", room)
                .add("content", "it was bob")
                .add("sender", "bob")
                .add("guest", "no")
                .add("timestamp", 1)
                .add("seq", Wire.object().add("is", "nonsense")));
        JsonObject message = alice.seen().await(Wire.type("message"));
        assertEquals(alice.name(), message.getString("sender"));
        assertTrue(message.getBoolean("guest"));
        assertEquals(1, message.getInt("seq"));
        assertTrue(Wire.number(message, "timestamp") > 1_600_000_000_000L);
    }

    private static void duplicate(Stage stage) {
        String room = stage.name("twice");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        JsonObject first = alice.say(room, "same-id", "once", 1);
        alice.say(room, "between");
        JsonObject second = alice.say(room, "same-id", "once", 2);
        alice.say(room, "end");
        assertFalse(first.getBoolean("duplicate", false));
        assertTrue(second.getBoolean("duplicate"));
        assertEquals(1, Wire.seq(second));
        assertEquals(List.of(1L, 2L, 3L), Wire.seqs(alice.seen().await(3, Wire.type("message"))));
        alice.fence();
        assertEquals(3, alice.seen().all(Wire.type("message")).size());
    }

    private static void conflict(Stage stage) {
        String room = stage.name("conflict");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        alice.say(room, "id-1", "this", 1);
        JsonObject refused = alice.say(room, "id-1", "that", 2);
        assertEquals("conflict", refused.getString("code"));
        assertEquals(room, refused.getString("room"));
        assertFalse(refused.getBoolean("temporary", false));
        assertEquals(2, Wire.seq(alice.say(room, "next")), "the refused one took no number");
    }

    private static void idsOfOthers(Stage stage) {
        String room = stage.name("mine");
        String other = stage.name("other");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        ChatClient bob = stage.member("bob", room, Offer.SINGLE);
        alice.join(other);
        assertEquals(1, Wire.seq(alice.say(room, "id", "a", 1)));
        assertEquals(2, Wire.seq(bob.say(room, "id", "b", 1)));
        assertEquals(1, Wire.seq(alice.say(other, "id", "c", 2)));
    }

    private static void lenient(Stage stage) {
        String room = stage.name("lenient");
        ChatClient alice = stage.guest("alice");
        alice.send("{\"type\":\"join\",\"room\":\"" + room
                + "\",\"id\":\"j\",\"since\":null,\"epoch\":null,\"limit\":null,\"unknown\":{\"deep\":[1,[2]]}}");
        alice.seen().await(Wire.type("history").and(Wire.answer("j")));
        alice.send("{\"unknown\":7,\"content\":\"x\",\"id\":null,\"room\":\"" + room + "\",\"type\":\"message\"}");
        assertEquals("x", alice.seen().await(Wire.type("message")).getString("content"));
    }
}
