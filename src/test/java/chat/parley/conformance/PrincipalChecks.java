package chat.parley.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.Base64;
import java.util.List;

/** Whom the application server has signed in (section 7, the first way). */
final class PrincipalChecks {

    private PrincipalChecks() {}

    static List<Check> all() {
        return List.of(
                Check.guarded(
                        "7",
                        "whom the application server signed in is welcomed by that name",
                        PrincipalChecks::welcome),
                Check.guarded(
                        "7", "the same is who they are over HTTP, without a token of ours", PrincipalChecks::http),
                Check.guarded(
                        "7", "the application server goes before a name and a ticket", PrincipalChecks::goesFirst),
                Check.guarded(
                        "7", "without credentials it is as the application server says: 401", PrincipalChecks::nobody));
    }

    private static void welcome(Stage stage) {
        JsonObject welcome = stage.by("Authorization", basic(stage)).welcome();
        assertEquals(user(stage), welcome.getString("sender"));
        assertFalse(welcome.getBoolean("guest", false));
        assertFalse(welcome.containsKey("session"));
        assertFalse(welcome.containsKey("expiresAt"));
    }

    private static void http(Stage stage) {
        JsonObject session = stage.browser()
                .get("api/session", "Authorization", basic(stage))
                .expect(200)
                .body();
        assertEquals(user(stage), session.getString("name"));
        assertFalse(session.containsKey("token"));
        JsonObject ways = stage.browser()
                .get("api/ways", "Authorization", basic(stage))
                .expect(200)
                .body();
        assertTrue(ways.getJsonObject("session").getBoolean("external"));
    }

    private static void goesFirst(Stage stage) {
        String ticket = stage.browser()
                .send("POST", "api/tickets", "{}", "Authorization", basic(stage))
                .expect(201)
                .body()
                .getString("ticket");
        for (String query : List.of("?name=somebody", "?ticket=" + ticket, "?ticket=nonsense")) {
            ChatClient chat = stage.chat(query, Offer.SINGLE, "Authorization", basic(stage));
            assertEquals(user(stage), chat.name(), query);
        }
    }

    private static void nobody(Stage stage) throws Exception {
        assertEquals(401, stage.browser().get("api/session").status());
        String wrong = Base64.getEncoder().encodeToString((user(stage) + ":wrong").getBytes(UTF_8));
        assertEquals(401, stage.shake("chat?name=guest").status());
        assertEquals(401, stage.shake("chat", "Authorization: Basic " + wrong).status());
    }

    private static String user(Stage stage) {
        return stage.target().guarded().orElseThrow().user();
    }

    private static String basic(Stage stage) {
        Target.Guarded guarded = stage.target().guarded().orElseThrow();
        String both = guarded.user() + ":" + guarded.password();
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
    }
}
