package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages of a room's log. The room "long" has had 900 messages, of which the store keeps 600 (301 to 900) and the
 * ring the last 256, so that pages come from either and from both.
 */
class HistoryIT {

    private static final int HEAD = 900;
    private static final int FIRST = 301;

    @RegisterExtension
    static final TestServer server = TestServer.with("parley.rooms.ring", "256", "parley.store.memory-messages", "600");

    @BeforeAll
    static void fill() {
        try (ChatClient writer = server.connect("writer", Subprotocol.BATCH)) {
            writer.join("long");
            for (int i = 1; i <= HEAD; i++) {
                writer.send(Wire.message("long", "m" + i, "content " + i));
            }
            writer.seen().await(Wire.answer("m" + HEAD));
        }
    }

    @Test
    void withoutBoundsItIsTheNewestFifty() {
        JsonObject page = ask(Wire.request("history", "long"));

        assertEquals(Wire.range(851, 900), Wire.seqs(page));
        assertTrue(page.getBoolean("more"));
        assertEquals(FIRST, page.getInt("first"));
        assertEquals("long", page.getString("room"));
    }

    @Test
    void eventsInAPageAreAsTheyWereSentLive() {
        ChatClient alice = server.connect("alice");
        alice.join("alike");
        alice.say("alike", "\u00E4\"\\\n");
        JsonObject live = alice.seen().await(Wire.type("message"));

        JsonObject page = alice.get(Wire.request("history", "alike"));

        assertEquals(List.of(live), page.getJsonArray("messages").getValuesAs(JsonObject.class));
    }

    @Test
    void oneReadsDownToTheFirst() {
        ChatClient alice = joined();
        List<Long> read = new ArrayList<>();
        long before = HEAD + 1;
        boolean more = true;

        while (more) {
            JsonObject page = alice.get(
                    Wire.request("history", "long").add("before", before).add("limit", 70));
            read.addAll(0, Wire.seqs(page));
            before = Wire.seqs(page).get(0);
            more = page.getBoolean("more");
        }

        assertEquals(Wire.range(FIRST, HEAD), read);
    }

    @Test
    void oneReadsUpToTheHead() {
        ChatClient alice = joined();
        List<Long> read = new ArrayList<>();
        long after = 0;
        boolean more = true;

        while (more) {
            JsonObject page = alice.get(
                    Wire.request("history", "long").add("after", after).add("limit", 70));
            read.addAll(Wire.seqs(page));
            after = read.get(read.size() - 1);
            more = page.getBoolean("more");
        }

        assertEquals(Wire.range(FIRST, HEAD), read);
    }

    @ParameterizedTest
    @ValueSource(longs = {350, 640, 895})
    void aRangeIsReadUpwards(long after) {
        JsonObject part = ask(Wire.request("history", "long")
                .add("after", after)
                .add("before", after + 6)
                .add("limit", 3));
        JsonObject all = ask(Wire.request("history", "long").add("after", after).add("before", after + 4));

        assertEquals(Wire.range(after + 1, after + 3), Wire.seqs(part));
        assertTrue(part.getBoolean("more"));
        assertEquals(Wire.range(after + 1, after + 3), Wire.seqs(all));
        assertFalse(all.getBoolean("more"));
    }

    @Test
    void boundsAreExclusiveAndTheEndsAreEmpty() {
        JsonObject above = ask(Wire.request("history", "long").add("after", HEAD));
        JsonObject below = ask(Wire.request("history", "long").add("before", FIRST));
        JsonObject between =
                ask(Wire.request("history", "long").add("after", 400).add("before", 401));
        JsonObject beyond = ask(Wire.request("history", "long")
                .add("before", 1_000_000_000_000L)
                .add("limit", 2));

        for (JsonObject page : List.of(above, below, between)) {
            assertEquals(List.of(), Wire.seqs(page), page::toString);
            assertFalse(page.getBoolean("more"), page::toString);
        }
        assertEquals(Wire.range(899, 900), Wire.seqs(beyond));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 201, -1})
    void aLimitBeyondItsBoundsIsRefused(long limit) {
        JsonObject refused = ask(Wire.request("history", "long").add("limit", limit));

        assertEquals("bad_message", refused.getString("code"));
        assertEquals("limit", refused.getString("field"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 120, 200})
    void aJoinBringsAsMuchHistoryAsItAsksFor(int limit) {
        ChatClient alice = server.connect("alice");

        String id = alice.ask(Wire.request("join", "long").add("limit", limit));

        JsonObject page = alice.seen().await(Wire.type("history"));
        assertEquals(id, page.getString("id"));
        assertEquals(Wire.range(HEAD - limit + 1, HEAD), Wire.seqs(page));
        assertTrue(page.getBoolean("more"));
    }

    @ParameterizedTest
    @EnumSource
    void aPageIsCutSoThatAFrameCarriesIt(Subprotocol subprotocol) {
        ChatClient alice = server.connect("alice", subprotocol);
        String room = "wide-" + subprotocol.ordinal();
        alice.join(room);
        for (int i = 1; i <= 40; i++) {
            alice.send(Wire.message(room, "m" + i, "x".repeat(3072)));
        }
        alice.seen().await(Wire.answer("m40"));

        JsonObject down = alice.get(Wire.request("history", room).add("limit", 200));
        JsonObject up = alice.get(Wire.request("history", room).add("after", 0).add("limit", 200));

        int mostBytes = subprotocol == Subprotocol.BATCH ? 64 * 1024 : 32 * 1024;
        assertTrue(
                alice.seen().largestFrame() <= mostBytes,
                () -> "a frame of " + alice.seen().largestFrame());
        assertTrue(down.getBoolean("more") && up.getBoolean("more"));
        assertTrue(Wire.seqs(up).size() >= mostBytes / 3300 - 2, "as many as fit");
        assertEquals(Wire.range(1, Wire.seqs(up).size()), Wire.seqs(up));
        assertEquals(Wire.range(41 - Wire.seqs(down).size(), 40), Wire.seqs(down));
    }

    @Test
    void tooManyPagesAtOnceAreBusy() throws Exception {
        RawClient hasty = server.raw("hasty", Subprotocol.SINGLE);
        hasty.text(Wire.request("join", "long").add("limit", 0).build().toString());
        hasty.readUntil(Wire.type("history"));
        for (int i = 0; i < 2_000; i++) {
            hasty.text(Wire.request("history", "long")
                    .add("id", "p" + i)
                    .add("limit", 200)
                    .build()
                    .toString());
        }

        List<JsonObject> answers = hasty.readUntil(Wire.answer("p1999"));

        List<JsonObject> busy = answers.stream().filter(Wire.error("busy")).toList();
        assertEquals(
                2_000,
                answers.stream().filter(answer -> answer.containsKey("id")).count(),
                "each is answered once");
        assertFalse(busy.isEmpty(), "nobody was told busy");
        assertTrue(busy.get(0).getBoolean("temporary"));
    }

    private static ChatClient joined() {
        ChatClient alice = server.connect("alice");
        alice.join("long");
        return alice;
    }

    private static JsonObject ask(JsonObjectBuilder request) {
        return joined().get(request);
    }
}
