package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a page is told before anybody signs in: which ways in it may offer, and who is in already. */
class PageWaysIT {

    private static final String PASSWORD = "correct horse";

    @RegisterExtension
    static final TestServer server =
            TestServer.with("parley.auth.argon2.memory", "64KB", "parley.auth.argon2.iterations", "1");

    private final ApiClient browser = new ApiClient(server);

    @Test
    void aStrangerHearsOfEveryWayAndOfNobody() {
        ApiClient.Answer answer = ways(browser);

        assertEquals(200, answer.status());
        assertTrue(answer.body().getBoolean("guests"));
        assertTrue(answer.body().getBoolean("signIn"));
        assertTrue(answer.body().getBoolean("signUp"));
        assertFalse(answer.body().containsKey("session"));
        assertEquals("", answer.header("Set-Cookie"));
    }

    @Test
    void whoIsInIsNamedWithoutAnythingThatOpensAConnection() {
        String guest = server.newName("guest");
        browser.comeAsGuest(guest);
        JsonObject asGuest = ways(browser).body().getJsonObject("session");
        String name = server.newName("anna");
        ApiClient.Answer made = browser.signUp(name, PASSWORD);
        JsonObject asMember = ways(browser).body().getJsonObject("session");

        assertEquals(guest, asGuest.getString("name"));
        assertTrue(asGuest.getBoolean("guest"));
        assertFalse(asGuest.containsKey("expiresAt"));
        assertEquals(name, asMember.getString("name"));
        assertFalse(asMember.getBoolean("guest"));
        assertEquals(made.body().getJsonNumber("expiresAt"), asMember.getJsonNumber("expiresAt"));
        assertFalse(asMember.containsKey("token"));
    }

    @Test
    void aSessionThatIsOverIsNobodys() {
        browser.signUp(server.newName("bert"), PASSWORD);
        String cookie = browser.cookie();
        browser.send("DELETE", "session", null);
        browser.useCookie(cookie);

        assertFalse(ways(browser).body().containsKey("session"));
    }

    @ParameterizedTest
    @CsvSource({
        "parley.auth.guests, false, true, true",
        "parley.auth.sign-up, true, false, false",
        "parley.auth.cookies, false, false, false"
    })
    void whatIsSwitchedOffIsNotOffered(String setting, boolean guests, boolean signIn, boolean signUp) {
        try (TestServer closed = TestServer.with(setting, "false")) {
            ApiClient client = new ApiClient(closed);
            client.comeAsGuest("anna"); // where the cookie opens nothing, nobody is in
            JsonObject ways = ways(client).body();

            assertEquals(guests, ways.getBoolean("guests"));
            assertEquals(signIn, ways.getBoolean("signIn"));
            assertEquals(signUp, ways.getBoolean("signUp"));
            assertEquals(guests, ways.containsKey("session"));
        }
    }

    @Test
    void signingInIsNoWayWhereNobodyHasAnAccountNorCanMakeOne(@TempDir Path folder) {
        String url = "jdbc:sqlite:" + folder.resolve("parley.db");
        try (TestServer none = TestServer.with("parley.store.url", url, "parley.auth.sign-up", "false")) {
            assertFalse(ways(new ApiClient(none)).body().getBoolean("signIn"));
        }
        try (TestServer open = TestServer.with("parley.store.url", url, "parley.auth.argon2.memory", "64KB")) {
            new ApiClient(open).signUp("anna", PASSWORD);
        }
        try (TestServer one = TestServer.with("parley.store.url", url, "parley.auth.sign-up", "false")) {
            assertTrue(ways(new ApiClient(one)).body().getBoolean("signIn"));
        }
    }

    @Test
    void aPageHearsThatAnotherSystemLetsPeopleIn() {
        try (TestServer theirs = TestServer.with(
                "parley.auth.jwt.issuer", "https://sso.example.org",
                "parley.auth.jwt.audience", "parley",
                "parley.auth.jwt.secret", "a secret of more than thirty-two bytes")) {
            assertTrue(ways(new ApiClient(theirs)).body().getBoolean("elsewhere"));
        }
        assertFalse(ways(browser).body().containsKey("elsewhere"));
    }

    @Test
    void aPageHearsWhyItsConnectionIsNotTaken() {
        try (TestServer small =
                TestServer.with("parley.limits.connections", "2", "parley.limits.connections-per-address", "1")) {
            assertFalse(ways(new ApiClient(small)).body().containsKey("closed"));
            small.connect("first").fence();
            assertEquals("crowded", ways(new ApiClient(small)).body().getString("closed"));
        }
        try (TestServer full = TestServer.with("parley.limits.connections", "1")) {
            full.connect("first").fence();
            assertEquals("full", ways(new ApiClient(full)).body().getString("closed"));
        }
    }

    private static ApiClient.Answer ways(ApiClient browser) {
        return browser.send("GET", "ways", null);
    }
}
