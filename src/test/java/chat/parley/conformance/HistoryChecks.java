package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Pages of history (section 3). */
final class HistoryChecks {

    private HistoryChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                        "3",
                        "history: before goes down, after goes up, neither is the newest",
                        HistoryChecks::directions,
                        "request history",
                        "message history"),
                Check.of("3", "history: before and after together, both exclusive", HistoryChecks::between),
                Check.of("3", "history: the events are as they were sent live", HistoryChecks::asLive),
                Check.of("1", "history: a page fits its frame, and the pages make the whole", HistoryChecks::frames));
    }

    private static void directions(Stage stage) {
        String room = stage.name("pages");
        ChatClient alice = filled(stage, room, 120);
        JsonObject newest = page(alice, room, Wire.request("history", room));
        JsonObject down = page(
                alice, room, Wire.request("history", room).add("before", 71).add("limit", 20));
        JsonObject bottom = page(
                alice, room, Wire.request("history", room).add("before", 11).add("limit", 20));
        JsonObject up =
                page(alice, room, Wire.request("history", room).add("after", 0).add("limit", 20));
        JsonObject top = page(
                alice, room, Wire.request("history", room).add("after", 110).add("limit", 20));
        JsonObject beyond = page(alice, room, Wire.request("history", room).add("after", 500));
        assertPage(newest, 71, 120, true);
        assertPage(down, 51, 70, true);
        assertPage(bottom, 1, 10, false);
        assertPage(up, 1, 20, true);
        assertPage(top, 111, 120, false);
        assertEquals(List.of(), Wire.seqs(beyond));
        assertFalse(beyond.getBoolean("more"));
    }

    private static void between(Stage stage) {
        String room = stage.name("between");
        ChatClient alice = filled(stage, room, 30);
        JsonObject all =
                page(alice, room, Wire.request("history", room).add("after", 10).add("before", 15));
        JsonObject some = page(
                alice,
                room,
                Wire.request("history", room).add("after", 10).add("before", 25).add("limit", 3));
        assertEquals(Wire.range(11, 14), Wire.seqs(all));
        assertEquals(Wire.range(11, 13), Wire.seqs(some));
        assertTrue(some.getBoolean("more"));
    }

    private static void asLive(Stage stage) {
        String room = stage.name("same");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        alice.say(room, "first \u263A");
        alice.say(room, "second");
        List<JsonObject> live = alice.seen().await(2, Wire.type("message"));
        JsonObject page = page(alice, room, Wire.request("history", room));
        assertEquals(live, page.getJsonArray("messages").getValuesAs(JsonObject.class));
    }

    private static void frames(Stage stage) {
        for (Offer offer : List.of(Offer.SINGLE, Offer.BATCH)) {
            String room = stage.name("large");
            ChatClient alice = stage.member("alice", room, offer);
            for (int i = 0; i < 60; i++) {
                alice.ask(Wire.request("message", room).add("content", "x".repeat(3_000)));
            }
            alice.seen().await(60, Wire.type("message"));
            long position = 0;
            while (position < 60) {
                JsonObject page = page(
                        alice,
                        room,
                        Wire.request("history", room).add("after", position).add("limit", 200));
                List<Long> seqs = Wire.seqs(page);
                assertFalse(seqs.isEmpty(), page::toString);
                assertEquals(Wire.range(position + 1, position + seqs.size()), seqs);
                position += seqs.size();
                assertEquals(position < 60, page.getBoolean("more"));
            }
            int most = (offer == Offer.BATCH ? 64 : 32) * 1024;
            assertTrue(
                    alice.seen().largestFrame() <= most,
                    () -> offer + ": " + alice.seen().largestFrame());
        }
    }

    /** Somebody in a room where so much was said. */
    static ChatClient filled(Stage stage, String room, int messages) {
        ChatClient alice = stage.member("alice", room, Offer.BATCH);
        for (int i = 0; i < messages; i++) {
            alice.ask(Wire.request("message", room).add("content", "m" + (i + 1)));
        }
        alice.seen().await(messages, Wire.type("message"));
        return alice;
    }

    private static JsonObject page(ChatClient client, String room, JsonObjectBuilder request) {
        JsonObject page = client.get(request);
        assertEquals("history", page.getString("type"), page::toString);
        assertEquals(room, page.getString("room"));
        assertEquals(1, page.getInt("first"));
        return page;
    }

    private static void assertPage(JsonObject page, long from, long to, boolean more) {
        assertEquals(Wire.range(from, to), Wire.seqs(page));
        assertEquals(more, page.getBoolean("more"), page::toString);
    }
}
