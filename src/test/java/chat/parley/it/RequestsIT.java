package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and what answers them (protocol, sections 2 to 4). */
class RequestsIT {

    @RegisterExtension
    static final TestServer server = TestServer.with("parley.limits.rooms-per-connection", "3");

    @Test
    void theAckOfAJoinTellsWhereTheLogIs() {
        ChatClient alice = server.connect("alice");
        ChatClient bob = server.connect("bob");
        alice.join("log");
        alice.say("log", "one");
        alice.say("log", "two");

        JsonObject ack = bob.join("log");

        assertEquals("log", ack.getString("room"));
        assertEquals(2, ack.getInt("head"));
        assertEquals(1, ack.getInt("first"));
        assertEquals(2, ack.getInt("count"));
        assertFalse(ack.getBoolean("recovered", false));
        assertTrue(ack.getString("epoch").length() > 3);
        assertFalse(ack.containsKey("seq"), "a position is what only events have");
        JsonObject history = bob.seen().await(Wire.type("history"));
        assertEquals(List.of(1L, 2L), Wire.seqs(history));
        assertFalse(history.getBoolean("more"));
        assertEquals(1, history.getInt("first"));
    }

    @Test
    void anEmptyRoomHasAnEmptyHistory() {
        ChatClient alice = server.connect("alice");

        JsonObject ack = alice.join("empty");

        assertEquals(0, ack.getInt("head"));
        assertEquals(1, ack.getInt("first"));
        assertEquals(List.of(), Wire.seqs(alice.seen().await(Wire.type("history"))));
    }

    @ParameterizedTest
    @EnumSource
    void pipelinedRequestsAreAnsweredInOrderWithTheirIds(Subprotocol subprotocol) {
        ChatClient alice = server.connect("alice", subprotocol);
        String room = "pipe-" + subprotocol.ordinal();

        alice.send(Wire.request("join", room).add("id", "a").build().toString());
        alice.send(Wire.message(room, "b", "said before the join was answered"));
        alice.send(Wire.request("history", room).add("id", "c").build().toString());
        alice.send(Wire.request("members", room).add("id", "d").build().toString());
        alice.send(Wire.request("nonsense").add("id", "e").build().toString());
        alice.send(Wire.request("leave", room).add("id", "f").build().toString());
        alice.send(Wire.request("ping").add("id", "g").build().toString());

        alice.seen().await(Wire.answer("g"));
        List<String> answers =
                alice
                        .seen()
                        .all(object -> object.containsKey("id")
                                && !Wire.type("message").test(object))
                        .stream()
                        .map(object -> object.getString("type") + " " + object.getString("id"))
                        .toList();
        assertEquals(
                List.of("ack a", "history a", "ack b", "history c", "members d", "error e", "ack f", "pong g"),
                answers);
    }

    @Test
    void aPingIsAnsweredWithItsIdOrWithout() {
        ChatClient alice = server.connect("alice");

        alice.send("{\"type\":\"ping\"}");
        JsonObject plain = alice.seen().await(Wire.type("pong"));
        JsonObject echoed = alice.get(Wire.request("ping"));

        assertFalse(plain.containsKey("id"));
        assertEquals("pong", echoed.getString("type"));
        assertTrue(echoed.getJsonNumber("timestamp").longValueExact() > 1_600_000_000_000L);
    }

    @Test
    void aResentMessageIsInTheLogOnce() {
        ChatClient alice = server.connect("alice");
        alice.join("twice");

        JsonObject first = say(alice, "twice", "same-id", "once");
        alice.seen().await(Wire.type("message"));
        alice.send(Wire.message("twice", "same-id", "once"));
        JsonObject second = alice.seen()
                .await(2, Wire.type("ack").and(Wire.answer("same-id")))
                .get(1);

        assertFalse(first.getBoolean("duplicate", false));
        assertTrue(second.getBoolean("duplicate"));
        assertEquals(first.getInt("seq"), second.getInt("seq"));
        alice.say("twice", "end");
        alice.seen().await(2, Wire.type("message"));
        assertEquals(
                List.of(1L, 2L),
                alice.seen().all(Wire.type("message")).stream().map(Wire::seq).toList());
    }

    @Test
    void anIdThatWasUsedForAnotherMessageIsAConflict() {
        ChatClient alice = server.connect("alice");
        ChatClient bob = server.connect("bob");
        alice.join("conflict");
        bob.join("conflict");
        say(alice, "conflict", "id-1", "this");

        alice.send(Wire.message("conflict", "id-1", "that"));
        JsonObject refused = alice.seen().await(Wire.error("conflict"));
        JsonObject ofAnother = say(bob, "conflict", "id-1", "that");

        assertEquals("id-1", refused.getString("id"));
        assertEquals("conflict", refused.getString("room"));
        assertEquals("id", refused.getString("field"));
        assertFalse(refused.getBoolean("temporary", false));
        assertEquals("ack", ofAnother.getString("type"), "ids are per sender");
        assertEquals(2, ofAnother.getInt("seq"), "the refused one took no number");
    }

    @Test
    void aMessageWithoutAnIdGetsOne() {
        ChatClient alice = server.connect("alice");
        alice.join("anonymous");

        alice.send("{\"type\":\"message\",\"room\":\"anonymous\",\"content\":\"x\"}");
        alice.send("{\"type\":\"message\",\"room\":\"anonymous\",\"content\":\"x\"}");

        List<JsonObject> messages = alice.seen().await(2, Wire.type("message"));
        List<JsonObject> acks = alice.seen().await(3, Wire.type("ack"));
        assertNotEquals(messages.get(0).getString("id"), messages.get(1).getString("id"));
        assertEquals(messages.get(0).getString("id"), acks.get(1).getString("id"));
    }

    @Test
    void whatAClientSaysOfItselfIsIgnored() {
        ChatClient alice = server.connect("alice");
        alice.join("honest");

        alice.get(Wire.request("message", "honest")
                .add("content", "it was bob")
                .add("sender", "bob")
                .add("guest", false)
                .add("timestamp", 1)
                .add("seq", 77));

        JsonObject message = alice.seen().await(Wire.type("message"));
        assertEquals(alice.name(), message.getString("sender"));
        assertTrue(message.getBoolean("guest"));
        assertEquals(1, message.getInt("seq"));
        assertNotEquals(1, message.getInt("timestamp"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"message", "history", "members", "typing"})
    void whoIsNotInTheRoomIsRefused(String type) {
        ChatClient alice = server.connect("alice");

        JsonObject refused = alice.get(Wire.request(type, "outside").add("content", "x"));

        assertEquals("not_joined", refused.getString("code"));
        assertEquals("outside", refused.getString("room"));
        assertFalse(refused.getString("content").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a/b",
                "@alice",
                "tab\there",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void aNameThatIsNoRoomIsRefused(String name) {
        ChatClient alice = server.connect("alice");

        JsonObject refused = alice.get(Wire.request("join", name));

        assertEquals("bad_room", refused.getString("code"));
        assertEquals("room", refused.getString("field"));
    }

    @Test
    void aRoomIsTheSameHoweverItIsWritten() {
        ChatClient alice = server.connect("alice");
        ChatClient bob = server.connect("bob");

        JsonObject ack = alice.join("B\u00DCRO");
        bob.join("bu\u0308ro");
        bob.say("b\u00FCro", "here");

        assertEquals("b\u00FCro", ack.getString("room"));
        assertEquals("b\u00FCro", alice.seen().await(Wire.type("message")).getString("room"));
        JsonObject refused = bob.get(Wire.request("message", "\uFF37rong").add("content", "x"));
        assertEquals("wrong", refused.getString("room"), "refusals name the canonical room as well");
    }

    @Test
    void aLeaveIsAcknowledgedWhoeverAsks() {
        ChatClient alice = server.connect("alice");

        JsonObject ack = alice.get(Wire.request("leave", "Never-Joined"));

        assertEquals("ack", ack.getString("type"));
        assertEquals("never-joined", ack.getString("room"));
    }

    @Test
    void nothingOfARoomFollowsTheAckOfALeave() {
        ChatClient alice = server.connect("alice");
        ChatClient bob = server.connect("bob");
        alice.join("quiet");
        bob.join("quiet");

        for (int i = 0; i < 50; i++) {
            bob.send(Wire.message("quiet", "m" + i, "x"));
            if (i == 10) {
                alice.ask(Wire.request("leave", "quiet"));
            }
        }
        bob.seen().await(50, Wire.type("message"));
        alice.fence();

        List<JsonObject> all =
                alice.seen().all(object -> object.getString("room", "").equals("quiet"));
        assertEquals("ack", all.get(all.size() - 1).getString("type"));
    }

    @Test
    void aSecondJoinIsAnsweredWithTheAckAlone() {
        ChatClient alice = server.connect("alice");
        alice.join("again");
        alice.say("again", "x");
        alice.seen().await(Wire.type("message"));
        int before = alice.seen().size();

        JsonObject ack = alice.get(Wire.request("join", "again"));
        alice.fence();

        assertEquals(1, ack.getInt("head"));
        assertEquals(1, ack.getInt("count"));
        assertEquals(before + 2, alice.seen().size(), "the ack and the pong");
    }

    @Test
    void oneMayBeInSoManyRoomsAtATime() {
        ChatClient alice = server.connect("alice");
        alice.join("r1");
        alice.join("r2");
        alice.join("r3");

        JsonObject refused = alice.get(Wire.request("join", "r4"));
        JsonObject known = alice.get(Wire.request("join", "r3"));
        alice.get(Wire.request("leave", "r1"));
        JsonObject taken = alice.get(Wire.request("join", "r4"));

        assertEquals("too_many_rooms", refused.getString("code"));
        assertEquals("ack", known.getString("type"));
        assertEquals("ack", taken.getString("type"));
    }

    @Test
    void aFrameThatIsNoRequestIsAnsweredAndForgotten() {
        ChatClient alice = server.connect("alice");

        for (String frame :
                List.of("", "nonsense", "[]", "{}", "{\"type\":7}", "{\"type\":\"join\"}", "{\"type\":\"nonsense\"}")) {
            alice.send(frame);
        }

        List<JsonObject> errors = alice.seen().await(7, Wire.error("bad_message"));
        errors.forEach(error -> assertFalse(error.getString("content").isEmpty(), error::toString));
        assertEquals("room", errors.get(5).getString("field"));
        assertEquals("type", errors.get(6).getString("field"));
        alice.fence();
    }

    private static JsonObject say(ChatClient client, String room, String id, String content) {
        client.send(Wire.message(room, id, content));
        return client.seen().await(Wire.answer(id));
    }
}
