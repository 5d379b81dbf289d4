package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts and sessions over HTTP, and what becomes of the connections that live by them. */
class AccountsIT {

    private static final String PASSWORD = "correct horse";

    @RegisterExtension
    static final TestServer server = TestServer.with(
            "parley.auth.argon2.memory", "64KB",
            "parley.auth.argon2.iterations", "1",
            "parley.auth.attempts-per-address", "0",
            "parley.presence.linger", "0s");

    private final ApiClient browser = new ApiClient(server);

    // ---- accounts

    @Test
    void whoSignsUpIsSignedInAndConnectsWithTheCookie() {
        String name = server.newName("alice");

        ApiClient.Answer made = browser.signUp(name, PASSWORD);

        assertEquals(201, made.status());
        assertEquals(name, made.body().getString("name"));
        assertFalse(made.body().getBoolean("guest"));
        assertEquals(name, browser.who().body().getString("name"));
        RawClient chat = connect(browser);
        var welcome = await(chat);
        assertEquals(name, welcome.getString("sender"));
        assertFalse(welcome.containsKey("guest"));
        assertFalse(welcome.containsKey("session"));
        assertEquals(made.body().getJsonNumber("expiresAt"), welcome.getJsonNumber("expiresAt"));
    }

    @Test
    void thePasswordSignsInAgainAndNothingElseDoes() {
        String name = server.newName("bert");
        browser.signUp(name, PASSWORD);
        ApiClient other = new ApiClient(server);

        ApiClient.Answer wrongPassword = other.signIn(name, PASSWORD + "!");
        ApiClient.Answer wrongName = other.signIn(name + "x", PASSWORD);
        ApiClient.Answer right = other.signIn(name.toUpperCase(java.util.Locale.ROOT), PASSWORD);

        assertEquals(401, wrongPassword.status());
        assertEquals("wrong_credentials", wrongPassword.code());
        assertEquals(wrongPassword.body(), wrongName.body(), "nobody learns which of the two was wrong");
        assertEquals(200, right.status());
        assertEquals(name, right.body().getString("name"));
        assertNotEquals(browser.cookie(), other.cookie());
    }

    @ParameterizedTest
    @ValueSource(strings = {"look", "LOOK", "\uFF2Cook", "l\u043E\u043Ek", "1ook", "l00k"})
    void aNameThatLooksLikeAnAccountsIsTakenForAccountsAndGuests(String name) {
        browser.signUp("look", PASSWORD); // the first of these makes it
        ApiClient other = new ApiClient(server);

        assertEquals("name_taken", other.signUp(name, PASSWORD).code());
        assertEquals("name_taken", other.comeAsGuest(name).code());
        assertEquals(
                4409,
                server.connectAs(name, Subprotocol.SINGLE).seen().awaitClose().code());
    }

    @Test
    void aGuestsNameIsTakenForAllButTheGuestWhoBecomesAnAccount() {
        String name = server.newName("guest");
        browser.comeAsGuest(name);
        RawClient asGuest = connect(browser);
        await(asGuest);
        String guestCookie = browser.cookie();

        assertEquals("name_taken", new ApiClient(server).signUp(name, PASSWORD).code());
        assertEquals(201, browser.signUp(name, PASSWORD).status());

        assertEquals(4401, close(asGuest));
        ApiClient old = new ApiClient(server);
        old.useCookie(guestCookie);
        assertEquals(401, old.who().status(), "a session is not carried over");
        assertFalse(browser.who().body().getBoolean("guest"));
    }

    @ParameterizedTest
    @CsvSource({
        "admin,bad_name",
        "syst\u0435m,bad_name",
        "a b,bad_name",
        "'',bad_name",
        "deleted-x,bad_name",
        "zero\u200Bwidth,bad_name"
    })
    void aNameThatCannotBeIsRefused(String name, String code) {
        ApiClient.Answer answer = browser.signUp(name, PASSWORD);

        assertEquals(400, answer.status());
        assertEquals(code, answer.code());
        assertEquals("application/problem+json", answer.header("Content-Type"));
        assertEquals("urn:parley:problem:" + code, answer.body().getString("type"));
        assertEquals(400, answer.body().getInt("status"));
    }

    @Test
    void aPasswordHasEightToAHundredAndTwentyEightCharacters() {
        String name = server.newName("long");

        assertEquals("bad_password", browser.signUp(name, "1234567").code());
        assertEquals("bad_password", browser.signUp(name, "x".repeat(129)).code());
        assertEquals(201, browser.signUp(name, "\uD83D\uDE00".repeat(128)).status());
        assertEquals(200, browser.signIn(name, "\uD83D\uDE00".repeat(128)).status());
    }

    @Test
    void aNewPasswordEndsEverySessionAndConnectionAtOnce() {
        String name = server.newName("carol");
        browser.signUp(name, PASSWORD);
        ApiClient elsewhere = new ApiClient(server);
        elsewhere.signIn(name, PASSWORD);
        RawClient here = connect(browser);
        RawClient there = connect(elsewhere);
        await(here);
        await(there);
        String before = browser.cookie();

        assertEquals(
                401,
                browser.send(
                                "POST",
                                "session/password",
                                ApiClient.body("password", "wrong one", "newPassword", "x".repeat(9)))
                        .status());
        ApiClient.Answer changed = browser.send(
                "POST", "session/password", ApiClient.body("password", PASSWORD, "newPassword", "another one"));

        assertEquals(200, changed.status());
        assertEquals(4401, close(here));
        assertEquals(4401, close(there));
        assertEquals(401, elsewhere.who().status());
        assertNotEquals(before, browser.cookie());
        assertEquals(200, browser.who().status());
        assertEquals(401, elsewhere.signIn(name, PASSWORD).status());
        assertEquals(200, elsewhere.signIn(name, "another one").status());
    }

    @Test
    void aDeletedAccountIsGoneAndItsNameIsHeldBack() {
        String name = server.newName("dora");
        browser.signUp(name, PASSWORD);
        RawClient chat = connect(browser);
        await(chat);

        ApiClient.Answer unsaid = browser.send("POST", "users/me/deletion", "{}");
        ApiClient.Answer guessed =
                browser.send("POST", "users/me/deletion", ApiClient.body("password", PASSWORD + "!"));
        ApiClient.Answer gone = browser.send("POST", "users/me/deletion", ApiClient.body("password", PASSWORD));

        assertEquals("wrong_credentials", unsaid.code());
        assertEquals("wrong_credentials", guessed.code(), "a browser that was left open is not enough");

        assertEquals(204, gone.status());
        assertEquals("", browser.cookie());
        assertEquals(4401, close(chat));
        assertEquals(401, browser.signIn(name, PASSWORD).status());
        assertEquals("name_taken", browser.signUp(name, PASSWORD).code());
        assertEquals("name_taken", browser.comeAsGuest(name).code());
    }

    @Test
    void guestsHaveNoPasswordAndNoAccount() {
        browser.comeAsGuest(server.newName("guest"));

        assertEquals(
                "guests_cannot",
                browser.send("POST", "users/me/deletion", ApiClient.body("password", PASSWORD))
                        .code());
        assertEquals(
                "guests_cannot",
                browser.send("POST", "session/password", ApiClient.body("password", PASSWORD, "newPassword", PASSWORD))
                        .code());
    }

    // ---- sessions

    @Test
    void signingOutEndsThatSessionsConnectionsAndNoOthers() {
        String name = server.newName("erna");
        browser.signUp(name, PASSWORD);
        ApiClient elsewhere = new ApiClient(server);
        elsewhere.signIn(name, PASSWORD);
        RawClient here = connect(browser);
        RawClient there = connect(elsewhere);
        await(here);
        await(there);
        String cookie = browser.cookie();

        assertEquals(204, browser.send("DELETE", "session", null).status());

        assertEquals(4401, close(here));
        there.text("{\"type\":\"ping\",\"id\":\"still\"}");
        until(there, Wire.answer("still"));
        browser.useCookie(cookie);
        assertEquals(401, browser.who().status());
        assertEquals(4401, close(connect(browser)));
    }

    @Test
    void aGuestWhoSignsOutIsGoneAndTheNameIsFree() {
        String name = server.newName("guest");
        browser.comeAsGuest(name);
        RawClient chat = connect(browser);
        assertEquals(name, await(chat).getString("sender"));

        browser.send("DELETE", "session", null);

        assertEquals(4401, close(chat));
        ApiClient next = new ApiClient(server);
        Eventually.holds("the name is free", () -> next.comeAsGuest(name).status() == 200);
    }

    @Test
    void whoComesAsSomebodyElseIsNoLongerWhoTheyWere() {
        String name = server.newName("fred");
        browser.signUp(name, PASSWORD);
        RawClient chat = connect(browser);
        await(chat);
        String cookie = browser.cookie();

        assertEquals(200, browser.comeAsGuest(server.newName("guest")).status());

        assertEquals(4401, close(chat));
        browser.useCookie(cookie);
        assertEquals(401, browser.who().status());
    }

    @Test
    void theCookieIsForTheBrowserAlone() {
        ApiClient.Answer made = browser.signUp(server.newName("cookie"), PASSWORD);

        String set = made.header("Set-Cookie");
        List<String> attributes = List.of(set.split("; *"));

        assertTrue(attributes.contains("HttpOnly"), set);
        assertTrue(attributes.contains("SameSite=Strict"), set);
        assertTrue(attributes.contains("Path=/"), set);
        assertFalse(made.response().body().contains(browser.cookie()));
    }

    @Test
    void aSessionSomebodyElseChoseIsNotTaken() {
        String chosen = "fixed".repeat(3) + "f." + "fixed".repeat(6) + "fi"; // of the form of those that are given
        browser.useCookie(chosen);
        String name = server.newName("fixed");
        browser.signUp(name, PASSWORD);
        String first = browser.cookie();

        browser.signIn(name, PASSWORD);

        assertNotEquals(chosen, first);
        assertNotEquals(first, browser.cookie());
        ApiClient planted = new ApiClient(server);
        planted.useCookie(first);
        assertEquals(401, planted.who().status(), "the session before signing in is over");
    }

    @Test
    void noSecretIsLogged() {
        try (LogWatch log = new LogWatch("chat.parley")) {
            String name = server.newName("secret");
            String token = browser.signUp(name, "a very secret one").token();
            String ticket = browser.ticket();
            String cookie = browser.cookie();
            ChatClient chat = server.connectTo("?ticket=" + ticket, Subprotocol.SINGLE);
            chat.get(Wire.request("auth").add("content", token));
            browser.send("DELETE", "session", null);
            log.await(line -> line.contains("connection closed") && line.contains(name));

            for (String secret : List.of("a very secret one", token, ticket, cookie)) {
                assertFalse(secret.isEmpty());
                assertTrue(log.lines().stream().noneMatch(line -> line.contains(secret)));
            }
        }
    }

    private static RawClient connect(ApiClient browser) {
        return server.closing(RawClient.connect(
                server.port(), "/chat", Subprotocol.SINGLE, "Cookie: " + ApiClient.COOKIE + "=" + browser.cookie()));
    }

    private static jakarta.json.JsonObject await(RawClient client) {
        return until(client, Wire.type("welcome"));
    }

    private static jakarta.json.JsonObject until(
            RawClient client, java.util.function.Predicate<jakarta.json.JsonObject> fits) {
        try {
            return client.readUntil(fits).stream().filter(fits).findFirst().orElseThrow();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int close(RawClient client) {
        try {
            return client.awaitClose().code();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
