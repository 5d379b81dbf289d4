package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Coming back to a room with {@code since} and {@code epoch} (protocol, section 5). The room "long" has had 2000
 * messages, of which the store keeps 1500 (501 to 2000) and the ring the last 256.
 */
class ResumeIT {

    private static final int HEAD = 2_000;
    private static final int FIRST = 501;

    @RegisterExtension
    static final TestServer server =
            TestServer.with("parley.rooms.ring", "256", "parley.store.memory-messages", "1500");

    private static String epoch = "";

    @BeforeAll
    static void fill() {
        try (ChatClient writer = server.connect("writer", Subprotocol.BATCH)) {
            epoch = writer.join("long").getString("epoch");
            for (int i = 1; i <= HEAD; i++) {
                writer.send(Wire.message("long", "m" + i, "content " + i));
            }
            writer.seen().await(Wire.answer("m" + HEAD));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1990, NONE",
        "1990, BATCH", // all of it in the ring
        "1999, SINGLE",
        "2000, SINGLE",
        "2000, BATCH", // little, or nothing
        "1400, SINGLE",
        "1400, BATCH", // some of it in the store alone
        "1000, SINGLE",
        "1000, BATCH" // exactly as much as is recovered
    })
    void whatWasMissedFollowsTheAckWithoutAHole(long since, Subprotocol subprotocol) {
        ChatClient alice = server.connect("alice", subprotocol);

        JsonObject ack = alice.resume("long", since, epoch);

        assertTrue(ack.getBoolean("recovered"));
        assertEquals(HEAD, ack.getInt("head"));
        assertEquals(FIRST, ack.getInt("first"));
        alice.seen().await((int) (HEAD - since), Wire.type("message"));
        alice.fence();
        Transcript transcript = Transcript.ofRoom("long", alice.seen().all()).check(since);
        assertEquals(HEAD, transcript.position());
        assertEquals(List.of(), transcript.gaps());
        assertEquals(List.of(), alice.seen().all(Wire.type("history")), "what is recovered needs no page");
        assertMessagesAreThoseOf(since, alice.seen().all(Wire.type("message")));
    }

    @ParameterizedTest
    @CsvSource({
        "999, right", // more than 1000 missed
        "300, right", // before what the store keeps
        "0, right", // as well, and long ago
        "2001, right", // beyond the log
        "9000000000000, right",
        "1990, wrong",
        "0, wrong"
    })
    void whatCannotBeRecoveredIsSaidAndBeginsWithTheNewest(long since, String right) {
        ChatClient alice = server.connect("alice", Subprotocol.BATCH);

        JsonObject ack = alice.resume("long", since, right.equals("right") ? epoch : "another");

        JsonObject page = alice.seen().await(Wire.type("history"));
        alice.fence();
        assertFalse(ack.getBoolean("recovered", false));
        assertEquals(epoch, ack.getString("epoch"));
        assertEquals(ack.getString("id"), page.getString("id"));
        assertEquals(Wire.range(HEAD - 49, HEAD), Wire.seqs(page));
        assertEquals(List.of(), alice.seen().all(Wire.type("message")));
    }

    @Test
    void theHoleCanBeReadByHistoryWhenTheEpochIsTheSame() {
        ChatClient alice = server.connect("alice");
        alice.resume("long", 900, epoch);

        JsonObject page =
                alice.get(Wire.request("history", "long").add("after", 900).add("limit", 200));

        assertEquals(Wire.range(901, 1100), Wire.seqs(page));
    }

    @Test
    void whatIsSaidNextFollowsWhatWasMissed() {
        ChatClient alice = server.connect("alice", Subprotocol.BATCH);
        ChatClient bob = server.connect("bob");
        bob.join("next");
        for (int i = 0; i < 30; i++) {
            bob.say("next", "missed");
        }

        alice.resume("next", 10, epoch);
        bob.say("next", "live");

        List<JsonObject> messages = alice.seen().await(21, Wire.type("message"));
        assertEquals(Wire.range(11, 31), messages.stream().map(Wire::seq).toList());
        assertEquals("live", messages.get(20).getString("content"));
    }

    @Test
    void zeroIsBeforeTheFirstMessage() {
        ChatClient alice = server.connect("alice");
        ChatClient bob = server.connect("bob");
        String epochOfAll = bob.join("from-zero").getString("epoch");
        JsonObject empty = alice.resume("from-zero", 0, epochOfAll);
        alice.get(Wire.request("leave", "from-zero"));
        bob.say("from-zero", "one");

        JsonObject ack = alice.resume("from-zero", 0, epochOfAll);

        assertTrue(empty.getBoolean("recovered"));
        assertTrue(ack.getBoolean("recovered"));
        assertEquals(1, Wire.seq(alice.seen().await(Wire.type("message"))));
    }

    @Test
    void aRoomThatWasDroppedFromMemoryIsRecoveredFromTheStore() {
        try (TestServer forgetful = TestServer.with("parley.rooms.idle", "0s", "parley.presence.linger", "0s")) {
            ChatClient alice = forgetful.connect("alice");
            String ofThis = alice.join("idle").getString("epoch");
            for (int i = 0; i < 5; i++) {
                alice.say("idle", "x");
            }
            alice.get(Wire.request("leave", "idle"));
            Eventually.holds("the room is dropped", () -> forgetful.parley().rooms() == 0);

            JsonObject ack = alice.resume("idle", 2, ofThis);

            assertTrue(ack.getBoolean("recovered"));
            assertEquals(5, ack.getInt("head"));
            alice.seen().await(Wire.type("message").and(message -> Wire.seq(message) == 5));
            assertEquals(6, alice.say("idle", "goes on").getInt("seq"));
        }
    }

    private static void assertMessagesAreThoseOf(long since, List<JsonObject> messages) {
        for (int i = 0; i < messages.size(); i++) {
            assertEquals("content " + (since + 1 + i), messages.get(i).getString("content"));
            assertEquals("m" + (since + 1 + i), messages.get(i).getString("id"));
        }
    }
}
