package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The end of the server and its return over the same data (sections 4 and 5). One orderly end and one SIGKILL are looked at by
 * several checks: each sees the same one.
 */
final class RestartChecks {

    private RestartChecks() {}

    static List<Check> all() {
        List<Check> all = new ArrayList<>(List.of(
                Check.alone(
                        "4",
                        "orderly end: everybody is told reconnect, with a time",
                        RestartChecks::reconnect,
                        "message reconnect"),
                Check.alone("4", "orderly end: who stays is served until the end", RestartChecks::served),
                Check.alone("4", "orderly end: who comes is refused 503 with Retry-After", RestartChecks::refused),
                Check.alone("-", "orderly end: health/ready says 503", RestartChecks::notReady),
                Check.alone("4", "orderly end: who stays is closed 1001", RestartChecks::goingAway, "close 1001")));
        Map.of(Target.Stop.ORDERLY, "orderly end", Target.Stop.KILL, "SIGKILL").entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(how -> all.addAll(List.of(
                        Check.alone(
                                "5",
                                how.getValue() + ": nothing acknowledged is lost, the log is without a hole",
                                stage -> kept(stage, how.getKey())),
                        Check.alone(
                                "5",
                                how.getValue() + ": the epoch is the same, and who missed something gets it",
                                stage -> resumed(stage, how.getKey())),
                        Check.alone(
                                "5",
                                how.getValue() + ": what was unanswered is sent again and in the log once",
                                stage -> resent(stage, how.getKey())),
                        Check.alone(
                                "7",
                                how.getValue() + ": guests and accounts are still who they were",
                                stage -> people(stage, how.getKey())))));
        return all;
    }

    private static void reconnect(Stage stage) throws Exception {
        JsonObject told = stage.restarted(Target.Stop.ORDERLY).reader().stream()
                .filter(Wire.type("reconnect"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody was told"));
        assertTrue(Wire.number(told, "afterMs") >= 0 && Wire.number(told, "afterMs") <= 60_000, told::toString);
        stage.marks().frame(told);
    }

    private static void served(Stage stage) throws Exception {
        long acknowledged = stage.restarted(Target.Stop.ORDERLY).talkedOn();
        assertTrue(acknowledged > 0, "nothing was acknowledged after the reconnect");
    }

    private static void refused(Stage stage) throws Exception {
        Answer shaken = stage.restarted(Target.Stop.ORDERLY).shaken();
        assertEquals("503", shaken.status());
        assertTrue(shaken.retryAfter().matches("[1-9][0-9]*"), () -> "Retry-After: " + shaken.retryAfter());
    }

    private static void notReady(Stage stage) throws Exception {
        assertEquals("503", stage.restarted(Target.Stop.ORDERLY).ready().status());
    }

    private static void goingAway(Stage stage) throws Exception {
        List<Integer> codes = stage.restarted(Target.Stop.ORDERLY).closes().stream()
                .map(Seen.Close::code)
                .toList();
        codes.forEach(stage.marks()::closed);
        assertEquals(List.of(1001, 1001), codes);
    }

    private static void kept(Stage stage, Target.Stop how) throws Exception {
        Restarted restarted = stage.restarted(how);
        List<JsonObject> log = log(stage, restarted);
        assertTrue(restarted.acknowledged().size() >= 100);
        assertEquals(Wire.range(1, log.size()), Wire.seqs(log));
        restarted.acknowledged().forEach((id, seq) -> {
            JsonObject event = log.get(Math.toIntExact(seq - 1));
            assertEquals(id, event.getString("id"));
            assertEquals("content " + id.substring(1), event.getString("content"));
        });
        restarted.reader().stream()
                .filter(Wire.type("message"))
                .forEach(event -> assertEquals(event, log.get(Math.toIntExact(Wire.seq(event) - 1)), "what was shown"));
    }

    private static void resumed(Stage stage, Target.Stop how) throws Exception {
        Restarted restarted = stage.restarted(how);
        ChatClient back = stage.guest("back", Offer.BATCH);
        JsonObject ack = back.resume(restarted.room(), 50, restarted.epoch());
        assertTrue(ack.getBoolean("recovered", false), ack::toString);
        assertEquals(restarted.epoch(), ack.getString("epoch"));
        long head = Wire.number(ack, "head");
        long next = Wire.seq(back.say(restarted.room(), "on"));
        assertEquals(head + 1, next, "numbers go on");
        List<JsonObject> events = back.seen().await(Math.toIntExact(next - 50), Wire.type("message"));
        assertEquals(Wire.range(51, next), Wire.seqs(events));
    }

    private static void resent(Stage stage, Target.Stop how) throws Exception {
        Restarted restarted = stage.restarted(how);
        ChatClient writer = stage.chat(Stage.returning(restarted.writer(), restarted.secret()), Offer.SINGLE);
        writer.join(restarted.room());
        List<String> again = new ArrayList<>(restarted.unanswered());
        again.addAll(new ArrayList<>(restarted.acknowledged().keySet()).subList(0, 20));
        for (String id : again) {
            JsonObject ack = writer.say(restarted.room(), id, "content " + id.substring(1), 1);
            assertEquals("ack", ack.getString("type"), ack::toString);
            Long before = restarted.acknowledged().get(id);
            if (before != null) {
                assertEquals(before, Wire.seq(ack));
                assertTrue(ack.getBoolean("duplicate"));
            }
        }
        List<String> ids = Wire.strings(log(stage, restarted), "id");
        assertEquals(ids.size(), ids.stream().distinct().count(), "no id is there twice");
        assertTrue(ids.containsAll(again));
    }

    private static void people(Stage stage, Target.Stop how) throws Exception {
        Restarted restarted = stage.restarted(how);
        String query = Stage.returning(restarted.writer(), restarted.secret());
        assertEquals(restarted.writer(), stage.chat(query, Offer.SINGLE).name());
        ChatClient thief = stage.chat(Stage.asking(restarted.writer()), Offer.SINGLE);
        assertEquals(4409, thief.seen().awaitClose().code());
        String name = restarted.account().get("api/session").expect(200).body().getString("name");
        assertFalse(name.isEmpty());
        assertEquals(name, stage.by(restarted.account()).name());
    }

    /** All of a room, by pages. */
    private static List<JsonObject> log(Stage stage, Restarted restarted) {
        ChatClient reader = stage.member("auditor", restarted.room(), Offer.BATCH);
        List<JsonObject> log = new ArrayList<>();
        JsonObject page;
        do {
            page = reader.get(Wire.request("history", restarted.room())
                    .add("after", log.size())
                    .add("limit", 200));
            log.addAll(page.getJsonArray("messages").getValuesAs(JsonObject.class));
        } while (page.getBoolean("more"));
        return log;
    }
}
