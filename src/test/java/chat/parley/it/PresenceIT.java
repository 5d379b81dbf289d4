package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is in a room, and what the room is told of it (protocol, sections 3 and 4). */
class PresenceIT {

    private static final String[] LINGER = {"parley.presence.linger", "2s"};

    @RegisterExtension
    static final TestServer server = TestServer.with(LINGER);

    @Test
    void twoConnectionsOfAUserAreOnePersonWhoLeavesWithTheLast() {
        ChatClient witness = server.connect("witness");
        ChatClient one = server.connect("twice");
        ChatClient two = server.comeBack(one.name(), one.sessionSecret(), Subprotocol.BATCH);
        witness.join("devices");

        assertEquals(2, one.join("devices").getInt("count"));
        assertEquals(2, two.join("devices").getInt("count"));
        assertEquals(List.of(one.name(), witness.name()), Wire.names(witness.members("devices")));
        one.get(Wire.request("leave", "devices"));
        witness.say("devices", "one of two went");
        two.seen().await(Wire.type("message"));
        assertEquals(2, witness.members("devices").getInt("count"));
        two.get(Wire.request("leave", "devices"));

        JsonObject left = witness.seen().await(Wire.type("leave"));
        assertEquals(one.name(), left.getString("sender"));
        assertEquals(1, left.getInt("count"));
        assertEquals(
                1,
                witness.seen().all(Wire.type("join").and(Wire.from(one.name()))).size());
        witness.fence();
        assertEquals(1, witness.seen().all(Wire.type("leave")).size());
    }

    @Test
    void whoDropsAndReturnsWithinTheLingerWasNeverAway() {
        ChatClient witness = server.connect("witness");
        ChatClient bob = server.connect("bob");
        ChatClient marker = server.connect("marker");
        for (ChatClient client : List.of(witness, bob, marker)) {
            client.join("lingering");
        }
        int version = witness.members("lingering").getInt("version");

        bob.close();
        bob.seen().awaitClose();
        ChatClient returned = server.comeBack(bob.name(), bob.sessionSecret(), Subprotocol.SINGLE);
        returned.join("lingering");
        marker.close(); // whose linger begins later, and so ends later

        JsonObject left = witness.seen().await(Wire.type("leave"));
        assertEquals(marker.name(), left.getString("sender"), "the one who came back was said to leave");
        assertEquals(version + 1, left.getInt("version"));
        assertEquals(List.of(bob.name(), witness.name()), Wire.names(witness.members("lingering")));
        assertEquals(
                1,
                witness.seen().all(Wire.type("join").and(Wire.from(bob.name()))).size());
    }

    @Test
    void whoDropsIsShownUntilTheLingerIsOver() {
        ChatClient witness = server.connect("witness");
        ChatClient bob = server.connect("bob");
        ChatClient carol = server.connect("carol");
        witness.join("linger");
        bob.join("linger");
        carol.join("linger");

        bob.close();
        carol.get(Wire.request("leave", "linger"));

        List<JsonObject> left = witness.seen().await(2, Wire.type("leave"));
        assertEquals(carol.name(), left.get(0).getString("sender"), "who says so leaves at once");
        assertEquals(bob.name(), left.get(1).getString("sender"));
        assertEquals(1, left.get(1).getInt("count"));
    }

    @Test
    void membersComeInPagesInTheOrderOfTheirNames() {
        TreeSet<String> expected = new TreeSet<>();
        ChatClient last = server.connect("zoe");
        for (int i = 0; i < 25; i++) {
            ChatClient member = server.connect("member");
            expected.add(member.name());
            member.join("pages");
        }
        last.join("pages");
        expected.add(last.name());

        List<String> read = new ArrayList<>();
        JsonObject page = last.get(Wire.request("members", "pages").add("limit", 10));
        while (page.getBoolean("more")) {
            assertEquals(10, page.getJsonArray("members").size());
            read.addAll(Wire.names(page));
            page = last.get(Wire.request("members", "pages").add("limit", 10).add("after", read.get(read.size() - 1)));
        }
        read.addAll(Wire.names(page));

        assertEquals(List.copyOf(expected), read);
        assertEquals(26, page.getInt("count"));
        assertEquals(26, page.getInt("version"));
        assertFalse(last.members("pages").getBoolean("more"));
    }

    @Test
    void typingIsShownButNotToOften() {
        ChatClient alice = server.connect("alice");
        ChatClient bob = server.connect("bob");
        alice.join("typing");
        bob.join("typing");
        long start = System.nanoTime();

        for (int i = 0; i < 100; i++) {
            alice.send(Wire.request("typing", "typing").build().toString());
            bob.send(Wire.request("typing", "typing").build().toString());
        }
        alice.say("typing", "typed");
        bob.say("typing", "typed");
        alice.seen().await(2, Wire.type("message"));

        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        List<JsonObject> typing = alice.seen().all(Wire.type("typing"));
        assertFalse(typing.isEmpty());
        assertTrue(typing.size() <= seconds + 1, () -> "one a second in a room, in " + seconds + " s: " + typing);
        for (ChatClient typist : List.of(alice, bob)) {
            long own = typing.stream().filter(Wire.from(typist.name())).count();
            assertTrue(own <= seconds / 3 + 1, () -> "one a member in 3 s, in " + seconds + " s: " + typing);
        }
        assertFalse(typing.get(0).containsKey("seq"));
        JsonObject history = alice.get(Wire.request("history", "typing"));
        assertEquals(List.of(1L, 2L), Wire.seqs(history), "typing is not stored");
    }

    @Test
    void aCrowdIsToldOfByOneSummaryASecond() {
        List<ChatClient> crowd = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < 130; i++) {
            ChatClient member = server.connect("crowd", i % 2 == 0 ? Subprotocol.SINGLE : Subprotocol.BATCH);
            member.join("crowd");
            crowd.add(member);
        }
        ChatClient first = crowd.get(0);

        first.seen().await(Wire.type("members", "crowd").and(summary -> summary.getInt("count") == 130));
        crowd.get(5).send(Wire.request("typing", "crowd").build().toString());
        crowd.get(5).say("crowd", "typed");
        first.seen().await(Wire.type("message"));

        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        List<JsonObject> summaries = first.seen().all(Wire.type("members", "crowd"));
        JsonObject newest = summaries.get(summaries.size() - 1);
        assertEquals(100, first.seen().all(Wire.type("join", "crowd")).size(), "single notices up to 100 people");
        assertTrue(summaries.size() <= seconds + 2, () -> summaries.size() + " summaries in " + seconds + " s");
        assertFalse(newest.containsKey("members"), "a summary has no names");
        assertEquals(130, newest.getInt("version"));
        assertEquals(List.of(), first.seen().all(Wire.type("typing")), "nobody is shown typing in a crowd");
        assertEquals(130, crowd.get(129).members("crowd").getInt("count"));
    }
}
