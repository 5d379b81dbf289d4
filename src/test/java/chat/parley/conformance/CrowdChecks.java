package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Many people in one room (sections 2 to 5). */
final class CrowdChecks {

    private static final int CLIENTS = 100;
    private static final int EACH = 10;

    private CrowdChecks() {}

    static List<Check> all() {
        return List.of(
                Check.alone("5", "100 clients that all talk see everything in one order", CrowdChecks::oneOrder),
                Check.alone(
                        "4",
                        "a room of more than 100 gets members without names instead of notices",
                        CrowdChecks::summaries,
                        "message members"));
    }

    private static void oneOrder(Stage stage) {
        String room = stage.name("crowd");
        List<ChatClient> clients = joined(stage, room, CLIENTS);
        for (int i = 0; i < EACH; i++) {
            for (ChatClient client : clients) {
                client.ask(Wire.request("message", room).add("content", "from " + client.name()));
            }
            int soFar = CLIENTS * (i + 1);
            // In step: who is far behind on a busy machine is told a gap, and rightly.
            clients.forEach(client -> client.seen().await(soFar, Wire.type("message")));
        }
        int all = CLIENTS * EACH;
        List<String> order = null;
        for (ChatClient client : clients) {
            List<JsonObject> messages = client.seen().await(all, Wire.type("message"));
            assertEquals(Wire.range(1, all), Wire.seqs(messages));
            List<String> ids = Wire.strings(messages, "id");
            order = order == null ? ids : order;
            assertEquals(order, ids);
            assertEquals(
                    EACH,
                    client.seen()
                            .await(EACH, Wire.type("ack").and(ack -> ack.containsKey("seq")))
                            .size());
            assertEquals(List.of(), client.seen().all(Wire.type("error")));
        }
    }

    private static void summaries(Stage stage) {
        String room = stage.name("full-house");
        List<ChatClient> clients = joined(stage, room, 103);
        ChatClient witness = clients.get(0);
        ChatClient late = stage.guest("late");
        long start = System.nanoTime();
        late.join(room);
        JsonObject summary =
                witness.seen().await(Wire.type("members", room).and(members -> members.getInt("count") == 104));
        assertFalse(summary.containsKey("members"), summary::toString);
        long counted = Wire.number(summary, "version");
        late.get(Wire.request("leave", room));
        witness.seen()
                .await(Wire.type("members", room)
                        .and(members -> Wire.number(members, "version") > counted && members.getInt("count") == 103));
        assertEquals(List.of(), witness.seen().all(Wire.type("join", room).and(Wire.from(late.name()))));

        int before = witness.seen().all(Wire.type("typing")).size();
        late.join(room);
        late.send(Wire.request("typing", room).build().toString());
        late.say(room, "there");
        witness.seen().await(Wire.type("message"));
        assertEquals(before, witness.seen().all(Wire.type("typing")).size(), "nobody sees typing in such a room");
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        int told = witness.seen().all(Wire.type("members", room)).size();
        assertTrue(told <= seconds + 4, () -> told + " in " + seconds + " s, and those of the first hundred");
    }

    private static List<ChatClient> joined(Stage stage, String room, int count) {
        List<ChatClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(stage.member("one", room, Offer.values()[i % 3]));
        }
        return clients;
    }
}
