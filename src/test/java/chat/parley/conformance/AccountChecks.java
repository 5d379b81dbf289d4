package chat.parley.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;

/** Accounts over HTTP (section 7). */
final class AccountChecks {

    private AccountChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of("7", "POST /api/users makes an account and signs it in", AccountChecks::signUp),
                Check.of("7", "the cookie is for the server alone: HttpOnly, SameSite", AccountChecks::cookie),
                Check.of(
                        "7",
                        "POST /api/session signs in by the password and by nothing else",
                        AccountChecks::signIn,
                        "problem wrong_credentials"),
                Check.of(
                        "7",
                        "a name or a look of it that an account has is name_taken, and 4409 for guests",
                        AccountChecks::taken,
                        "problem name_taken",
                        "close 4409"),
                Check.of(
                        "7",
                        "a name that cannot be is bad_name, a password bad_password",
                        AccountChecks::badCredentials,
                        "problem bad_name",
                        "problem bad_password"),
                Check.of(
                        "7",
                        "a new password ends every other session and connection",
                        AccountChecks::newPassword,
                        "close 4401"),
                Check.of(
                        "7",
                        "a deleted account: the name stays taken, what was said stays under another name",
                        AccountChecks::delete,
                        "close 4401"),
                Check.of(
                        "7",
                        "guests have no password: guests_cannot",
                        AccountChecks::guestsCannot,
                        "problem guests_cannot"),
                Check.of(
                        "7",
                        "guessing a password is rate_limited, also with the right one",
                        AccountChecks::guessing,
                        "problem rate_limited"));
    }

    private static void signUp(Stage stage) {
        Browser browser = stage.browser();
        String name = stage.name("alice");
        JsonObject session = browser.signUp(name, Stage.PASSWORD);
        assertEquals(name, session.getString("name"));
        assertFalse(session.getBoolean("guest"));
        assertTrue(Wire.number(session, "expiresAt") > System.currentTimeMillis());
        assertTrue(Wire.number(session, "tokenExpiresAt") > System.currentTimeMillis() - 1_000);
        JsonObject who = browser.get("api/session").expect(200).body();
        assertEquals(name, who.getString("name"));
        assertNotEquals(browser.cookie(), session.getString("token"));
    }

    private static void cookie(Stage stage) throws IOException {
        Browser.Answer answer = stage.browser()
                .post("api/session", "name", stage.name("cookie"))
                .expect(200);
        String cookie = answer.header("Set-Cookie").toLowerCase(java.util.Locale.ROOT);
        assertTrue(cookie.contains("httponly"), cookie);
        assertTrue(cookie.contains("samesite=strict"), cookie);
        assertFalse(cookie.matches(".*max-age=[-0].*"), cookie); // a browser would drop it at once
        assertTrue(cookie.contains("path=" + stage.target().base().getPath().replaceFirst("(.)/$", "$1")), cookie);
        assertEquals("", ofALinkWithParameters(stage));
    }

    /** Of whoever comes by a path that carries more than itself, what they get of it in their cookie. */
    private static String ofALinkWithParameters(Stage stage) throws IOException {
        String body = Wire.strings("name", stage.name("linked"));
        String base = stage.target().base().getPath();
        String path = (base.equals("/") ? "/" : base.replaceFirst("/$", "")) + ";Domain=example.org/api/session";
        try (RawClient client = stage.dial()) {
            client.bytes(("POST " + path + " HTTP/1.1\r\nHost: "
                            + stage.target().base().getAuthority()
                            + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body)
                    .getBytes(UTF_8));
            String cookie = client.response().header("set-cookie");
            return cookie.contains("example.org") ? cookie : "";
        }
    }

    private static void signIn(Stage stage) {
        String name = stage.name("bert");
        stage.browser().signUp(name, Stage.PASSWORD);
        Browser other = stage.browser();
        JsonObject wrongPassword = other.post("api/session", "name", name, "password", "not the one")
                .problem(401, "wrong_credentials");
        JsonObject wrongName = other.post("api/session", "name", name + "x", "password", Stage.PASSWORD)
                .problem(401, "wrong_credentials");
        assertEquals(wrongPassword, wrongName, "nobody learns which of the two was wrong");
        String shouted = name.toUpperCase(java.util.Locale.ROOT);
        JsonObject session = other.post("api/session", "name", shouted, "password", Stage.PASSWORD)
                .expect(200)
                .body();
        assertEquals(name, session.getString("name"));
    }

    private static void taken(Stage stage) {
        String name = stage.name("look");
        stage.browser().signUp(name, Stage.PASSWORD);
        for (String look : List.of(name, name.replace("oo", "\u043E\u043E"))) {
            stage.browser()
                    .post("api/users", "name", look, "password", Stage.PASSWORD)
                    .problem(409, "name_taken");
            stage.browser().post("api/session", "name", look).problem(409, "name_taken");
            ChatClient guest = stage.chat(Stage.asking(look), Offer.SINGLE);
            assertEquals(4409, guest.seen().awaitClose().code());
        }
    }

    private static void badCredentials(Stage stage) {
        Browser browser = stage.browser();
        for (String name : List.of("", "a b", "zero\u200Bwidth", "x".repeat(33))) {
            browser.post("api/users", "name", name, "password", Stage.PASSWORD).problem(400, "bad_name");
        }
        browser.post("api/session", "name", "a b").problem(400, "bad_name");
        String name = stage.name("short");
        browser.post("api/users", "name", name, "password", "1234567").problem(400, "bad_password");
        browser.post("api/users", "name", name, "password", "x".repeat(129)).problem(400, "bad_password");
        browser.signUp(name, "12345678");
    }

    private static void newPassword(Stage stage) {
        Browser here = stage.browser();
        String name = stage.name("carol");
        here.signUp(name, Stage.PASSWORD);
        Browser there = stage.browser();
        there.post("api/session", "name", name, "password", Stage.PASSWORD).expect(200);
        ChatClient one = stage.by(here);
        ChatClient other = stage.by(there);
        one.welcome();
        other.welcome();
        here.post("api/session/password", "password", "wrong one", "newPassword", "another one")
                .problem(401, "wrong_credentials");

        here.post("api/session/password", "password", Stage.PASSWORD, "newPassword", "another one")
                .expect(200);

        assertEquals(4401, one.seen().awaitClose().code());
        assertEquals(4401, other.seen().awaitClose().code());
        there.get("api/session").problem(401, "not_signed_in");
        assertEquals(name, stage.by(here).name());
        stage.browser()
                .post("api/session", "name", name, "password", "another one")
                .expect(200);
    }

    private static void delete(Stage stage) {
        String room = stage.name("past");
        Browser browser = stage.browser();
        String name = stage.name("goner");
        browser.signUp(name, Stage.PASSWORD);
        ChatClient open = stage.by(browser);
        open.join(room);
        open.say(room, "I was here");

        browser.send("POST", "api/users/me/deletion", Wire.strings("password", Stage.PASSWORD))
                .expect(204);

        assertEquals(4401, open.seen().awaitClose().code());
        stage.browser()
                .post("api/users", "name", name, "password", Stage.PASSWORD)
                .problem(409, "name_taken");
        ChatClient later = stage.guest("later");
        stage.until("it is said by somebody else", () -> {
            later.join(room);
            JsonObject page = later.get(Wire.request("history", room));
            later.get(Wire.request("leave", room));
            JsonObject message = page.getJsonArray("messages").getJsonObject(0);
            assertEquals("I was here", message.getString("content"));
            return !message.getString("sender").equals(name);
        });
    }

    private static void guestsCannot(Stage stage) {
        Browser guest = stage.browser();
        guest.guest(stage.name("guest"));
        guest.post("api/session/password", "password", "x", "newPassword", "another one")
                .problem(403, "guests_cannot");
        guest.send("POST", "api/users/me/deletion", Wire.strings("password", "x"))
                .problem(403, "guests_cannot");
    }

    private static void guessing(Stage stage) {
        String name = stage.name("guessed");
        stage.browser().signUp(name, Stage.PASSWORD);
        Browser thief = stage.browser();
        for (int i = 0; i < 10; i++) {
            thief.post("api/session", "name", name, "password", "guess number " + i)
                    .problem(401, "wrong_credentials");
        }
        Browser.Answer refused = thief.post("api/session", "name", name, "password", Stage.PASSWORD);
        assertTrue(Wire.number(refused.problem(429, "rate_limited"), "retryAfterMs") > 0);
        assertTrue(Integer.parseInt(refused.header("Retry-After")) > 0);
    }
}
