package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Coming back to a room with since and epoch (section 5). */
final class ResumeChecks {

    private ResumeChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                        "5", "resume: what was missed follows the ack without a hole, then live", ResumeChecks::missed),
                Check.of("5", "resume: nothing missed, and since 0", ResumeChecks::nothingMissed),
                Check.of(
                        "5",
                        "resume: the wrong epoch, no epoch and a seq beyond the log are not recovered",
                        ResumeChecks::notRecovered),
                Check.of("5", "resume: 1000 missed are recovered, 1001 are not", ResumeChecks::manyMissed),
                Check.of(
                        "5",
                        "resume: an unanswered message that is sent again is in the log once",
                        ResumeChecks::resent),
                Check.of(
                        "5",
                        "nothing is lost, doubled or swapped at the seam between history and live",
                        ResumeChecks::seam));
    }

    private static void missed(Stage stage) {
        for (Offer offer : Offer.values()) {
            String room = stage.name("missed");
            ChatClient bob = HistoryChecks.filled(stage, room, 40);
            String epoch = bob.get(Wire.request("join", room)).getString("epoch");
            ChatClient alice = stage.guest("alice", offer);

            JsonObject ack = alice.resume(room, 10, epoch);
            bob.say(room, "live");

            assertTrue(ack.getBoolean("recovered"));
            assertEquals(40, ack.getInt("head"));
            List<JsonObject> messages = alice.seen().await(31, Wire.type("message"));
            assertEquals(Wire.range(11, 41), Wire.seqs(messages));
            assertEquals("m11", messages.get(0).getString("content"));
            assertEquals(List.of(), alice.seen().all(Wire.type("history")), "what is recovered needs no page");
        }
    }

    private static void nothingMissed(Stage stage) {
        String room = stage.name("nothing");
        ChatClient bob = stage.member("bob", room, Offer.SINGLE);
        String epoch = bob.get(Wire.request("join", room)).getString("epoch");
        ChatClient alice = stage.guest("alice");
        assertTrue(alice.resume(room, 0, epoch).getBoolean("recovered"), "of an empty log");
        alice.get(Wire.request("leave", room));
        bob.say(room, "one");
        assertTrue(alice.resume(room, 0, epoch).getBoolean("recovered"));
        assertEquals(1, Wire.seq(alice.seen().await(Wire.type("message"))));
        alice.get(Wire.request("leave", room));
        assertTrue(alice.resume(room, 1, epoch).getBoolean("recovered"));
        alice.fence();
        assertEquals(1, alice.seen().all(Wire.type("message")).size());
    }

    private static void notRecovered(Stage stage) {
        String room = stage.name("fresh");
        ChatClient bob = HistoryChecks.filled(stage, room, 5);
        String epoch = bob.get(Wire.request("join", room)).getString("epoch");
        List<JsonObject> acks = new ArrayList<>();
        for (long since : new long[] {6, 9_000_000_000_000L}) {
            acks.add(freshly(
                    stage, Wire.request("join", room).add("since", since).add("epoch", epoch)));
        }
        acks.add(freshly(stage, Wire.request("join", room).add("since", 2).add("epoch", "another")));
        for (JsonObject ack : acks) {
            assertEquals(epoch, ack.getString("epoch"), "the right one is told");
        }
    }

    /** Joins, and fails if that is recovered. */
    private static JsonObject freshly(Stage stage, jakarta.json.JsonObjectBuilder join) {
        ChatClient alice = stage.guest("alice");
        JsonObject ack = alice.get(join);
        JsonObject page = alice.seen().await(Wire.type("history").and(Wire.answer(ack.getString("id"))));
        alice.fence();
        assertFalse(ack.getBoolean("recovered", false), ack::toString);
        assertEquals(Wire.range(1, 5), Wire.seqs(page));
        assertEquals(List.of(), alice.seen().all(Wire.type("message")));
        return ack;
    }

    private static void manyMissed(Stage stage) {
        String room = stage.name("long");
        ChatClient one = stage.member("one", room, Offer.BATCH);
        ChatClient two = stage.member("two", room, Offer.BATCH);
        for (int i = 0; i < 510; i++) {
            one.ask(Wire.request("message", room).add("content", "x"));
            two.ask(Wire.request("message", room).add("content", "y"));
        }
        one.seen().await(1_020, Wire.type("message"));
        String epoch = one.get(Wire.request("join", room)).getString("epoch");
        ChatClient recovered = stage.guest("recovered", Offer.BATCH);
        ChatClient fresh = stage.guest("fresh", Offer.BATCH);

        assertTrue(recovered.resume(room, 20, epoch).getBoolean("recovered"));
        JsonObject ack = fresh.resume(room, 19, epoch);

        assertFalse(ack.getBoolean("recovered", false), ack::toString);
        assertEquals(Wire.range(971, 1_020), Wire.seqs(fresh.seen().await(Wire.type("history"))));
        assertEquals(Wire.range(21, 1_020), Wire.seqs(recovered.seen().await(1_000, Wire.type("message"))));
        JsonObject hole =
                fresh.get(Wire.request("history", room).add("after", 19).add("limit", 3));
        assertEquals(Wire.range(20, 22), Wire.seqs(hole), "the hole can be read");
    }

    private static void resent(Stage stage) throws Exception {
        String room = stage.name("resent");
        ChatClient witness = stage.member("witness", room, Offer.BATCH);
        String name = stage.name("dropper");
        RawClient before = stage.dial();
        before.shake("chat" + Stage.asking(name));
        String secret = before.await(Wire.type("welcome")).getString("session");
        before.text(Wire.request("join", room).build().toString());
        before.readUntil(Wire.type("history"));
        for (int i = 0; i < 20; i++) {
            before.text(Wire.message(room, "m" + i, "content " + i));
        }
        before.reset(); // whatever of it has arrived

        ChatClient after = stage.chat(Stage.returning(name, secret), Offer.SINGLE);
        after.join(room);
        for (int i = 0; i < 20; i++) {
            assertEquals("ack", after.say(room, "m" + i, "content " + i, 1).getString("type"));
        }
        after.say(room, "end");
        List<JsonObject> messages = witness.seen().await(21, Wire.type("message"));
        assertEquals(Wire.range(1, 21), Wire.seqs(messages));
        assertEquals(
                21,
                messages.stream()
                        .map(message -> message.getString("id"))
                        .distinct()
                        .count());
    }

    private static void seam(Stage stage) throws Exception {
        String room = stage.name("seam");
        ChatClient writer = stage.member("writer", room, Offer.BATCH);
        int messages = 400;
        Thread writing = new Thread(() -> {
            for (int i = 0; i < messages; i++) {
                writer.ask(Wire.request("message", room).add("content", "x"));
            }
        });
        List<ChatClient> readers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            readers.add(stage.guest("reader", Offer.values()[i % 3]));
        }
        writing.start();
        for (ChatClient reader : readers) {
            reader.join(room);
        }
        writing.join();
        for (ChatClient reader : readers) {
            JsonObject page = reader.seen().await(Wire.type("history"));
            List<Long> paged = Wire.seqs(page);
            long head = Wire.number(reader.seen().await(Wire.type("ack").and(ack -> ack.containsKey("head"))), "head");
            long last = paged.isEmpty() ? 0 : paged.get(paged.size() - 1);
            assertEquals(head, last, "the page goes up to the head");
            List<JsonObject> live = reader.seen().await(Math.toIntExact(messages - head), Wire.type("message"));
            assertEquals(Wire.range(head + 1, messages), Wire.seqs(live));
        }
    }
}
