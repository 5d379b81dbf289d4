package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;

/** Requests and what answers them (section 3). */
final class RequestChecks {

    private RequestChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                        "3",
                        "join: the ack tells where the log is, and a history follows",
                        RequestChecks::join,
                        "request join",
                        "message ack",
                        "message history"),
                Check.of("3", "join: limit bounds the history, 0 to 200", RequestChecks::joinLimit),
                Check.of("3", "join: a second one is answered with the ack alone", RequestChecks::secondJoin),
                Check.of("3", "leave: the ack is the last of the room", RequestChecks::leave, "request leave"),
                Check.of("3", "leave: an ack also for who never joined", RequestChecks::leaveNever),
                Check.of(
                        "3",
                        "members: names in order, in pages",
                        RequestChecks::members,
                        "request members",
                        "message members"),
                Check.of("3", "typing: the room sees it", RequestChecks::typing, "request typing", "message typing"),
                Check.of("3", "typing: at most one per member in 3 s", RequestChecks::typingLimit),
                Check.of(
                        "3", "ping: pong, with the id or without", RequestChecks::ping, "request ping", "message pong"),
                Check.of("3", "pipelined requests are answered in order, in every form", RequestChecks::pipelined));
    }

    private static void join(Stage stage) {
        String room = stage.name("log");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        alice.say(room, "one");
        alice.say(room, "two");
        ChatClient bob = stage.guest("bob");

        JsonObject ack = bob.join(room);

        assertEquals(room, ack.getString("room"));
        assertEquals(2, ack.getInt("head"));
        assertEquals(1, ack.getInt("first"));
        assertEquals(2, ack.getInt("count"));
        assertFalse(ack.getBoolean("recovered", false));
        assertFalse(ack.getString("epoch").isEmpty());
        assertFalse(ack.containsKey("seq"), "a position is what only events have");
        JsonObject history = bob.seen().await(Wire.type("history"));
        assertEquals(List.of(1L, 2L), Wire.seqs(history));
        assertFalse(history.getBoolean("more"));
        assertEquals(1, history.getInt("first"));
        JsonObject own = bob.seen().await(Wire.type("join", room).and(Wire.from(bob.name())));
        assertTrue(bob.seen().all().indexOf(own) > bob.seen().all().indexOf(history), "the own notice comes after it");
    }

    private static void joinLimit(Stage stage) {
        String room = stage.name("limit");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        for (int i = 0; i < 60; i++) {
            alice.ask(Wire.request("message", room).add("content", "m" + i));
        }
        alice.seen().await(60, Wire.type("message", room));
        for (int limit : new int[] {0, 3, 200}) {
            ChatClient bob = stage.guest("bob");
            String id = bob.ask(Wire.request("join", room).add("limit", limit));
            JsonObject page = bob.seen().await(Wire.type("history").and(Wire.answer(id)));
            assertEquals(Wire.range(Math.max(1, 61 - limit), 60), Wire.seqs(page));
            assertEquals(limit < 60, page.getBoolean("more"));
        }
        JsonObject usual = joined(stage, room);
        assertEquals(Wire.range(11, 60), Wire.seqs(usual), "50 when nothing is said");
    }

    private static void secondJoin(Stage stage) {
        String room = stage.name("again");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        alice.say(room, "x");
        alice.seen().await(Wire.type("message"));
        alice.seen().await(Wire.type("join", room));
        alice.fence();
        int before = alice.seen().size();

        JsonObject ack = alice.get(Wire.request("join", room));
        alice.fence();

        assertEquals(1, ack.getInt("head"));
        assertEquals(before + 2, alice.seen().size(), "the ack and the pong");
    }

    private static void leave(Stage stage) {
        String room = stage.name("quiet");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        ChatClient bob = stage.member("bob", room, Offer.BATCH);
        for (int i = 0; i < 50; i++) {
            bob.send(Wire.message(room, "m" + i, "x"));
            if (i == 10) {
                alice.ask(Wire.request("leave", room));
            }
        }
        bob.seen().await(50, Wire.type("message"));
        alice.fence();
        List<JsonObject> all =
                alice.seen().all(object -> object.getString("room", "").equals(room));
        assertEquals("ack", all.get(all.size() - 1).getString("type"));
        alice.refused("not_joined", Wire.request("message", room).add("content", "x"));
    }

    private static void leaveNever(Stage stage) {
        String room = stage.name("Never-Joined");
        JsonObject ack = stage.guest("alice").get(Wire.request("leave", room));
        assertEquals("ack", ack.getString("type"));
        assertEquals(room.toLowerCase(java.util.Locale.ROOT), ack.getString("room"));
    }

    private static void members(Stage stage) {
        String room = stage.name("members");
        ChatClient carol = stage.member("carol", room, Offer.SINGLE);
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        ChatClient bob = stage.member("bob", room, Offer.SINGLE);
        List<String> names = List.of(alice.name(), bob.name(), carol.name());

        JsonObject all = alice.get(Wire.request("members", room));
        JsonObject first = alice.get(Wire.request("members", room).add("limit", 2));
        JsonObject rest =
                alice.get(Wire.request("members", room).add("limit", 2).add("after", bob.name()));

        assertEquals(names, Wire.names(all));
        assertEquals(3, all.getInt("count"));
        assertFalse(all.getBoolean("more"));
        assertTrue(Wire.number(all, "version") > 0);
        assertEquals(names.subList(0, 2), Wire.names(first));
        assertTrue(first.getBoolean("more"));
        assertEquals(names.subList(2, 3), Wire.names(rest));
        assertFalse(rest.getBoolean("more"));
    }

    private static void typing(Stage stage) {
        String room = stage.name("typing");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        ChatClient bob = stage.member("bob", room, Offer.BATCH);
        alice.send(Wire.request("typing", room).build().toString());
        JsonObject typing = bob.seen().await(Wire.type("typing", room));
        assertEquals(alice.name(), typing.getString("sender"));
        assertFalse(typing.containsKey("seq"), "a notice has no place in the log");
    }

    private static void typingLimit(Stage stage) {
        String room = stage.name("typing");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        ChatClient bob = stage.member("bob", room, Offer.SINGLE);
        long start = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            alice.send(Wire.request("typing", room).build().toString());
        }
        alice.say(room, "end");
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        bob.seen().await(Wire.type("message"));
        int seen = bob.seen().all(Wire.type("typing")).size();
        assertTrue(seen >= 1 && seen <= 1 + seconds / 3, () -> seen + " in " + seconds + " s");
    }

    private static void ping(Stage stage) {
        ChatClient alice = stage.guest("alice");
        alice.send("{\"type\":\"ping\"}");
        JsonObject plain = alice.seen().await(Wire.type("pong"));
        JsonObject echoed = alice.get(Wire.request("ping"));
        assertFalse(plain.containsKey("id"));
        assertEquals("pong", echoed.getString("type"));
        assertTrue(Wire.number(echoed, "timestamp") > 1_600_000_000_000L);
    }

    private static void pipelined(Stage stage) {
        for (Offer offer : Offer.values()) {
            String room = stage.name("pipe");
            ChatClient alice = stage.guest("alice", offer);
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
    }

    private static JsonObject joined(Stage stage, String room) {
        ChatClient reader = stage.member("reader", room, Offer.BATCH);
        return reader.seen().await(Wire.type("history"));
    }
}
