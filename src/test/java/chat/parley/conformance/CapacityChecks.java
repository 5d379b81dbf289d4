package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What a whole server refuses (section 4). The last of these leaves nothing that another check could use. */
final class CapacityChecks {

    private CapacityChecks() {}

    static List<Check> all() {
        return List.of(
                Check.alone(
                        "4",
                        "a full server refuses 503 with Retry-After before the upgrade",
                        CapacityChecks::full,
                        "status 503"),
                Check.alone("4", "busy: one room more than the server holds", CapacityChecks::rooms, "error busy"),
                Check.alone(
                        "4",
                        "4410: too many guest names from one address, and too_many_names",
                        CapacityChecks::names,
                        "close 4410",
                        "problem too_many_names"),
                Check.alone(
                        "4",
                        "a flood of handshakes is refused 429 with Retry-After before the upgrade",
                        CapacityChecks::flood,
                        "status 429"));
    }

    private static void rooms(Stage stage) {
        int rooms = setting("parley.limits.rooms");
        int each = setting("parley.limits.rooms-per-connection");
        String start = stage.name("room");
        List<ChatClient> guests = new ArrayList<>();
        JsonObject answer = null;
        for (int i = 0; i <= rooms; i++) {
            if (i % each == 0) {
                guests.add(stage.guest("tenant"));
            }
            answer = guests.get(i / each).get(Wire.request("join", start + "-" + i));
            if (Wire.type("error").test(answer)) {
                break;
            }
        }
        assertEquals("busy", answer.getString("code", ""), answer::toString);
        assertTrue(answer.getBoolean("temporary"));
        guests.forEach(ChatClient::bye);
        ChatClient late = stage.guest("late");
        stage.until(
                "a room is free again", () -> Wire.type("ack").test(late.get(Wire.request("join", start + "-late"))));
    }

    private static void full(Stage stage) throws Exception {
        ChatClient inside = stage.member("inside", stage.name("full"), Offer.SINGLE);
        List<RawClient> open = new ArrayList<>();
        RawClient.Response response = null;
        // Of those that come at the same time some find out behind the upgrade, by 1013.
        for (int i = 0; i <= 2 * setting("parley.limits.connections"); i++) {
            RawClient client = stage.dial();
            response = client.shake("chat" + Stage.asking(stage.name("many")));
            if (response.status() != 101) {
                break;
            }
            open.add(client);
            if (i % 20 == 0) {
                for (RawClient each : open) {
                    each.text("{\"type\":\"ping\"}"); // however long this takes, none of them is silent
                }
            }
        }
        assertEquals(503, response.status());
        assertTrue(Integer.parseInt(response.header("retry-after")) > 0);
        inside.fence();
        open.forEach(RawClient::close);
        stage.until("there is a place again", () -> {
            try {
                return stage.shake("chat?name=place").status() == 101;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void names(Stage stage) throws Exception {
        Seen.Close close = null;
        for (int i = 0; close == null; i++) {
            assertTrue(i <= setting("parley.limits.guest-names-per-address"), "no limit");
            try (RawClient client = placed(stage)) {
                RawClient.Frame first = client.read();
                close = first.opcode() == RawClient.CLOSE ? first.close() : null;
            }
        }
        assertEquals(4410, close.code());
        assertTrue(!close.reason().isBlank());
        stage.browser().post("api/session", "name", stage.name("name")).problem(429, "too_many_names");
    }

    /** A guest; that those before have gone may not be known yet, and then the server is still full of them. */
    private static RawClient placed(Stage stage) {
        AtomicReference<RawClient> placed = new AtomicReference<>();
        stage.until("there is a place", () -> {
            try {
                RawClient client = stage.dial();
                int status =
                        client.shake("chat" + Stage.asking(stage.name("name"))).status();
                assertTrue(status == 101 || status == 503, "status " + status);
                placed.set(client);
                return status == 101;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return placed.get();
    }

    private static void flood(Stage stage) throws Exception {
        int most = 2 * setting("parley.limits.handshakes-per-address-burst");
        RawClient.Response response = stage.shake("chat?ticket=x");
        for (int i = 0; i < most && response.status() != 429; i++) {
            response = stage.shake("chat?ticket=x");
        }
        assertEquals(429, response.status());
        assertTrue(Integer.parseInt(response.header("retry-after")) > 0);
    }

    private static int setting(String key) {
        return Integer.parseInt(Target.SETTINGS.get(key));
    }
}
