package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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
        "parley.auth.sign-up, true, true, false",
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

    private static ApiClient.Answer ways(ApiClient browser) {
        return browser.send("GET", "ways", null);
    }
}
