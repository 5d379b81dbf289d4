package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens, tickets and the checks of every HTTP request: what comes in, and what is refused by which name. */
class WaysInIT {

    private static final String PASSWORD = "correct horse";

    @RegisterExtension
    static final TestServer server = TestServer.with(
            "parley.auth.argon2.memory", "64KB",
            "parley.auth.argon2.iterations", "1",
            "parley.auth.attempts-per-name", "3");

    private final ApiClient browser = new ApiClient(server);

    // ---- tokens

    @Test
    void aTokenOpensAConnectionThatEndsWithItUnlessItIsRenewed() throws Exception {
        try (TestServer brief = TestServer.with("parley.auth.token", "2s")) {
            ApiClient anna = new ApiClient(brief);
            ApiClient.Answer guest = anna.comeAsGuest("anna");
            RawClient chat = bearer(brief, guest.token());
            JsonObject welcome = chat.readUntil(Wire.type("welcome")).get(0);
            assertEquals(guest.body().getJsonNumber("tokenExpiresAt"), welcome.getJsonNumber("expiresAt"));

            JsonObject renewed = anna.who().body();
            chat.text(auth(renewed.getString("token")));
            JsonObject ack = chat.readUntil(Wire.answer("a")).get(0);

            assertEquals("ack", ack.getString("type"));
            assertTrue(ack.getJsonNumber("expiresAt").longValue()
                    >= welcome.getJsonNumber("expiresAt").longValue());
            assertEquals(4401, chat.awaitClose().code());
            assertEquals(4401, bearer(brief, guest.token()).awaitClose().code(), "an expired token");
        }
    }

    @Test
    void anotherUsersTokenDoesNotRenew() {
        browser.comeAsGuest(server.newName("one"));
        String other = new ApiClient(server).comeAsGuest(server.newName("two")).token();
        ChatClient chat = server.connectTo("?ticket=" + browser.ticket(), Subprotocol.SINGLE);

        JsonObject refused = chat.get(Wire.request("auth").add("content", other));

        assertEquals("forbidden", refused.getString("code"));
        chat.fence();
    }

    @Test
    void aForgedTokenIsRefused() throws Exception {
        String token = browser.comeAsGuest(server.newName("real")).token();
        String[] parts = token.split("\\.");
        String none = base64("{\"alg\":\"none\",\"typ\":\"parley+jwt\"}") + "." + parts[1] + ".";
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String changed = parts[0] + "." + base64(claims.replace("real", "fake")) + "." + parts[2];

        for (String forged :
                new String[] {none, changed, parts[0] + "." + parts[1] + ".", "a.b.c", "..", token + "x"}) {
            assertEquals(4401, bearer(server, forged).awaitClose().code(), forged);
            assertEquals(
                    401,
                    new ApiClient(server).who("Authorization: Bearer " + forged).status(),
                    forged);
        }
        assertEquals(
                200, new ApiClient(server).who("Authorization: Bearer " + token).status());
    }

    @Test
    void aTokenOfASessionThatIsOverIsRefused() throws Exception {
        String token = browser.signUp(server.newName("over"), PASSWORD).token();
        String ticket = browser.ticket();
        browser.send("DELETE", "session", null);

        assertEquals(4401, bearer(server, token).awaitClose().code());
        assertEquals(
                4401,
                server.connectTo("?ticket=" + ticket, Subprotocol.SINGLE)
                        .seen()
                        .awaitClose()
                        .code());
    }

    // ---- tickets

    @Test
    void aTicketOpensOneConnection() {
        String name = server.newName("ticket");
        browser.signUp(name, PASSWORD);
        String ticket = browser.ticket();

        ChatClient first = server.connectTo("?ticket=" + ticket, Subprotocol.SINGLE);
        assertEquals(name, first.name());

        ChatClient replay = server.connectTo("?ticket=" + ticket, Subprotocol.SINGLE);
        ChatClient guessed = server.connectTo("?ticket=guessed&name=" + server.newName("x"), Subprotocol.SINGLE);
        assertEquals(4401, replay.seen().awaitClose().code());
        assertEquals(4401, guessed.seen().awaitClose().code());
    }

    // ---- switched off

    @Test
    void guestsCanBeShutOut() {
        try (TestServer members = TestServer.with("parley.auth.guests", "false")) {
            ApiClient api = new ApiClient(members);

            assertEquals("switched_off", api.comeAsGuest("anna").code());
            assertEquals(4401, members.connect("anna").seen().awaitClose().code());
            assertEquals(201, api.signUp("anna", PASSWORD).status());
            assertEquals(
                    "anna",
                    members.connectTo("?ticket=" + api.ticket(), Subprotocol.SINGLE)
                            .name());
        }
    }

    @Test
    void tokensTicketsAndSigningUpCanBeSwitchedOff() throws Exception {
        try (TestServer plain = TestServer.with(
                "parley.auth.tokens", "false", "parley.auth.tickets", "false", "parley.auth.sign-up", "false")) {
            ApiClient api = new ApiClient(plain);
            String token = api.comeAsGuest("anna").token();

            assertEquals("switched_off", api.signUp("bert", PASSWORD).code());
            assertEquals(4401, bearer(plain, token).awaitClose().code());
            assertEquals(
                    4401,
                    plain.connectTo("?ticket=" + api.ticket(), Subprotocol.SINGLE)
                            .seen()
                            .awaitClose()
                            .code());
        }
    }

    // ---- every request

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://localhost:1"})
    void aForeignOriginChangesNothing(String origin) {
        browser.signUp(server.newName("csrf"), PASSWORD);

        for (String path : new String[] {"users", "session", "session/password", "users/me/deletion", "tickets"}) {
            ApiClient.Answer answer = browser.send("POST", path, "{}", "Origin: " + origin);
            assertEquals(403, answer.status());
            assertEquals("foreign_origin", answer.code());
        }
        assertEquals(
                403,
                browser.send("DELETE", "session", null, "Origin: " + origin).status());
        assertEquals(200, browser.who().status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"})
    void onlyJsonIsRead(String type) {
        for (String path : new String[] {"users", "session", "session/password", "tickets"}) {
            ApiClient.Answer answer = browser.send("POST", path, "{}", "Content-Type: " + type);
            assertEquals(415, answer.status());
            assertEquals("unsupported_media_type", answer.code());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "null",
                "{\"name\":5,\"password\":\"correct horse\"}",
                "{\"name\":\"\\ud83d\"}",
                "{"
            })
    void aBodyThatIsNotWhatIsAskedForIsRefused(String body) {
        ApiClient.Answer answer = browser.send("POST", "users", body);

        assertEquals(400, answer.status());
        assertTrue(answer.code().startsWith("bad_"), answer.code());
    }

    @Test
    void aLargeBodyIsRefused() {
        assertEquals(
                413,
                browser.send("POST", "users", ApiClient.body("name", "x".repeat(9_000), "password", PASSWORD))
                        .status());
    }

    @Test
    void pathsAndMethodsThatAreNotThereAreNamed() {
        assertEquals("not_found", browser.send("GET", "nothing", null).code());
        assertEquals("not_found", browser.send("GET", "users/me/../me/x", null).code());
        ApiClient.Answer wrong = browser.send("PUT", "session", "{}");
        assertEquals(405, wrong.status());
        assertTrue(wrong.header("Allow").contains("DELETE"), wrong.header("Allow"));
    }

    @Test
    void guessingIsThrottledByNameAndTheRightPasswordToo() {
        String name = server.newName("guessed");
        browser.signUp(name, PASSWORD);
        ApiClient thief = new ApiClient(server);
        for (int i = 0; i < 3; i++) {
            assertEquals(401, thief.signIn(name, "wrong number " + i).status());
        }

        ApiClient.Answer refused = thief.signIn(name, PASSWORD);

        assertEquals(429, refused.status());
        assertEquals("rate_limited", refused.code());
        assertTrue(Integer.parseInt(refused.header("Retry-After")) > 0);
        assertEquals(200, browser.who().status(), "who is signed in stays so");
        assertFalse(refused.body().getString("detail").isEmpty());
    }

    private static RawClient bearer(TestServer where, String token) {
        return where.closing(
                RawClient.connect(where.port(), "/chat", Subprotocol.SINGLE, "Authorization: Bearer " + token));
    }

    private static String auth(String token) {
        return Wire.request("auth").add("id", "a").add("content", token).build().toString();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
