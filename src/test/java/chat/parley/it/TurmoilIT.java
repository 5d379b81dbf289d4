package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A room full of joins and leaves at once: what its members are told adds up to who is there. */
class TurmoilIT {

    private static final int PEOPLE = 60;
    private static final int ROUNDS = 15;

    @RegisterExtension
    static final TestServer server = TestServer.with("parley.presence.linger", "50ms");

    @Test
    void noticesOfJoinsAndLeavesAtOnceAddUpToWhoIsThere() throws Exception {
        ChatClient witness = server.connect("witness", Subprotocol.BATCH);
        witness.join("turmoil");
        List<ChatClient> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(server.connect("person", i % 2 == 0 ? Subprotocol.SINGLE : Subprotocol.BATCH));
        }

        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (ChatClient person : people) {
                runs.add(threads.submit(() -> comeAndGo(person)));
            }
            for (Future<?> run : runs) {
                run.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        people.subList(0, PEOPLE / 2).forEach(person -> person.join("turmoil"));
        people.subList(PEOPLE / 2, PEOPLE).forEach(ChatClient::close);
        JsonObject said = witness.say("turmoil", "all is over");
        witness.seen().await(Wire.type("message").and(message -> Wire.seq(message) == Wire.seq(said)));

        TreeSet<String> expected = new TreeSet<>(List.of(witness.name()));
        people.subList(0, PEOPLE / 2).forEach(person -> expected.add(person.name()));
        JsonObject members = witness.members("turmoil");
        assertEquals(List.copyOf(expected), Wire.names(members));
        witness.fence();
        assertEquals(expected, told(witness, members.getInt("version")));
        assertEquals((long) PEOPLE * ROUNDS + 1, Wire.seq(said), "each said one thing a round");
        for (ChatClient person : people.subList(0, PEOPLE / 2)) {
            person.fence();
            Transcript.ofRoom("turmoil", person.seen().all()).check();
        }
    }

    private static void comeAndGo(ChatClient person) {
        for (int round = 0; round < ROUNDS; round++) {
            person.send(Wire.request("join", "turmoil").build().toString());
            person.send(Wire.message("turmoil", person.name() + "-" + round, "here I am"));
            person.get(Wire.request("leave", "turmoil"));
        }
    }

    /** Who is there by the notices alone, whose versions have to be consecutive. */
    private static TreeSet<String> told(ChatClient witness, int version) {
        TreeSet<String> there = new TreeSet<>();
        int last = 0;
        for (JsonObject notice : witness.seen().all(Wire.type("join").or(Wire.type("leave")))) {
            assertEquals(++last, notice.getInt("version"));
            String who = notice.getString("sender");
            boolean fits = notice.getString("type").equals("join") ? there.add(who) : there.remove(who);
            assertEquals(true, fits, notice::toString);
            assertEquals(there.size(), notice.getInt("count"));
        }
        assertEquals(version, last);
        return there;
    }
}
