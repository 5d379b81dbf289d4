package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;

/** Requests that are refused, by which code, and what the connection is good for after that (section 4). */
final class RefusalChecks {

    private RefusalChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                        "4",
                        "bad_message: what is no request is answered, and the connection goes on",
                        RefusalChecks::noRequest,
                        "message error",
                        "error bad_message"),
                Check.of(
                        "4",
                        "bad_message: names the field that is missing or ill-formed",
                        RefusalChecks::badField,
                        "error bad_message"),
                Check.of(
                        "2", "an id has 1 to 64 printable ASCII characters", RefusalChecks::badId, "error bad_message"),
                Check.of(
                        "2",
                        "a content of exactly 3072 bytes is taken, one more is too_large",
                        RefusalChecks::tooLarge,
                        "error too_large"),
                Check.of("4", "bad_room: a name that is no room", RefusalChecks::badRoom, "error bad_room"),
                Check.of("4", "not_joined: whoever is not in the room", RefusalChecks::notJoined, "error not_joined"),
                Check.of(
                        "4",
                        "too_many_rooms: one more than the welcome allows",
                        RefusalChecks::tooManyRooms,
                        "error too_many_rooms"),
                Check.of(
                        "4",
                        "rate_limited: over the burst, with when to try again, which then works",
                        RefusalChecks::rateLimited,
                        "error rate_limited"),
                Check.of("4", "4529: who goes on far over the rate limit", RefusalChecks::flood, "close 4529"));
    }

    private static void noRequest(Stage stage) {
        ChatClient alice = stage.guest("alice");
        List<String> frames = List.of(
                "",
                " ",
                "nonsense",
                "7",
                "null",
                "\"text\"",
                "[]",
                "[{\"type\":\"ping\"}]",
                "{",
                "{}",
                "{\"type\":7}",
                "{\"type\":null}",
                "{\"type\":\"nonsense\"}",
                "{\"type\":\"welcome\"}",
                "{\"type\":\"ping\"} {}",
                "{'type':'ping'}");
        frames.forEach(alice::send);
        List<JsonObject> errors = alice.seen().await(frames.size(), Wire.error("bad_message"));
        for (JsonObject error : errors) {
            assertFalse(error.getString("content").isBlank(), error::toString);
            assertFalse(error.getBoolean("temporary", false), error::toString);
            assertTrue(error.containsKey("timestamp"), error::toString);
        }
        alice.fence();
    }

    private static void badField(Stage stage) {
        ChatClient alice = stage.guest("alice");
        String room = stage.name("fields");
        alice.join(room);
        String in = "\"room\":\"" + room + "\"";
        List<String[]> frames = List.of(
                new String[] {"room", "{\"type\":\"join\"}"},
                new String[] {"room", "{\"type\":\"join\",\"room\":7}"},
                new String[] {"since", "{\"type\":\"join\",\"room\":\"x\",\"epoch\":\"e\",\"since\":-1}"},
                new String[] {"since", "{\"type\":\"join\",\"room\":\"x\",\"epoch\":\"e\",\"since\":\"1\"}"},
                new String[] {"limit", "{\"type\":\"join\",\"room\":\"x\",\"limit\":201}"},
                new String[] {"content", "{\"type\":\"message\"," + in + "}"},
                new String[] {"content", "{\"type\":\"message\"," + in + ",\"content\":7}"},
                new String[] {"before", "{\"type\":\"history\"," + in + ",\"before\":1.5}"},
                new String[] {"after", "{\"type\":\"history\"," + in + ",\"after\":true}"},
                new String[] {"limit", "{\"type\":\"history\"," + in + ",\"limit\":201}"},
                new String[] {"limit", "{\"type\":\"members\"," + in + ",\"limit\":0}"},
                new String[] {"content", "{\"type\":\"auth\"}"});
        for (int i = 0; i < frames.size(); i++) {
            alice.send(frames.get(i)[1]);
            JsonObject error =
                    alice.seen().await(i + 1, Wire.error("bad_message")).get(i);
            assertEquals(frames.get(i)[0], error.getString("field", ""), frames.get(i)[1]);
        }
        alice.fence();
    }

    private static void badId(Stage stage) {
        ChatClient alice = stage.guest("alice");
        List<String> ids = List.of("", "x".repeat(65), "\u00E9", "a\\nb", "\\u007f");
        for (int i = 0; i < ids.size(); i++) {
            alice.send("{\"type\":\"ping\",\"id\":\"" + ids.get(i) + "\"}");
            JsonObject error =
                    alice.seen().await(i + 1, Wire.error("bad_message")).get(i);
            assertEquals("id", error.getString("field"));
        }
        String longest = "~ " + "x".repeat(62);
        alice.send(Wire.request("ping").add("id", longest).build().toString());
        alice.seen().await(Wire.answer(longest));
    }

    private static void tooLarge(Stage stage) {
        String room = stage.name("content");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        int count = 0;
        for (String character : List.of("x", "\u00E9", "\uD83D\uDE00")) {
            int size = character.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
            String most = character.repeat(3072 / size);
            alice.say(room, most);
            JsonObject refused =
                    alice.refused("too_large", Wire.request("message", room).add("content", most + "x"));
            assertEquals("content", refused.getString("field", "content"));
            JsonObject message =
                    alice.seen().await(++count, Wire.type("message")).get(count - 1);
            assertEquals(most, message.getString("content"));
        }
    }

    private static void badRoom(Stage stage) {
        ChatClient alice = stage.guest("alice");
        for (String name :
                List.of("", "a b", "a/b", "@alice", "tab\there", "x".repeat(65), "\uD83D\uDE00", "a\u200Bb")) {
            JsonObject refused = alice.refused("bad_room", Wire.request("join", name));
            assertFalse(refused.getBoolean("temporary", false));
        }
        alice.fence();
    }

    private static void notJoined(Stage stage) {
        ChatClient alice = stage.guest("alice");
        String room = stage.name("outside");
        for (String type : List.of("message", "history", "members", "typing")) {
            JsonObject refused =
                    alice.refused("not_joined", Wire.request(type, room).add("content", "x"));
            assertEquals(room, refused.getString("room"));
        }
    }

    private static void tooManyRooms(Stage stage) {
        ChatClient alice = stage.guest("alice");
        int most = alice.welcome().getJsonObject("limits").getInt("rooms");
        String room = stage.name("one-of-many");
        for (int i = 0; i < most; i++) {
            alice.join(room + "-" + i);
        }
        JsonObject refused = alice.refused("too_many_rooms", Wire.request("join", room));
        assertFalse(refused.getBoolean("temporary", false));
        assertEquals("ack", alice.get(Wire.request("join", room + "-0")).getString("type"), "one it is in");
        alice.get(Wire.request("leave", room + "-0"));
        assertEquals("ack", alice.join(room).getString("type"));
    }

    private static void rateLimited(Stage stage) {
        ChatClient alice = stage.guest("alice");
        int burst = alice.welcome().getJsonObject("limits").getInt("burst");
        int sent = 0;
        while (alice.seen().all(Wire.error("rate_limited")).isEmpty()) {
            for (int i = 0; i < 100; i++) {
                alice.send("{\"type\":\"ping\",\"id\":\"p" + sent++ + "\"}");
            }
            alice.seen().await(Wire.answer("p" + (sent - 1)));
            if (sent > 20 * burst) {
                throw new AssertionError("no limit after " + sent);
            }
        }
        JsonObject refused = alice.seen().all(Wire.error("rate_limited")).get(0);
        int answered = alice.seen().all(Wire.type("pong")).size();
        assertTrue(answered >= burst, "the burst is free: " + answered);
        assertTrue(refused.getBoolean("temporary"));
        long wait = Wire.number(refused, "retryAfterMs");
        assertTrue(wait >= 1 && wait <= 1_000, refused::toString);
        Stage.pause(2_000); // for all that was refused
        alice.fence();
    }

    private static void flood(Stage stage) throws Exception {
        RawClient flood = stage.raw("flood", Offer.SINGLE);
        int frames = 20 * Integer.parseInt(Target.SETTINGS.get("parley.limits.burst"));
        Thread sending = new Thread(() -> {
            try {
                for (int i = 0; i < frames; i++) {
                    flood.text("{\"type\":\"ping\"}");
                }
            } catch (java.io.IOException e) {
                // the end came
            }
        });
        sending.start();
        assertEquals(4529, flood.awaitClose().code());
        flood.awaitEnd();
        sending.join(Seen.PATIENCE.toMillis());
        stage.guest("unharmed").fence();
    }
}
