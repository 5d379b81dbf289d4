package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other origins: those that are listed come by bearer, all others read and change nothing. */
class CrossOriginIT {

    private static final String LISTED = "https://intranet.example";

    @RegisterExtension
    static final TestServer server = TestServer.with("parley.origins", LISTED, "parley.auth.argon2.memory", "64KB");

    private final ApiClient page = new ApiClient(server);

    @Test
    void aListedPageGetsATicketByBearerAndConnectsWithIt() throws Exception {
        String name = server.newName("anna");
        String token = page.comeAsGuest(name).token();

        ApiClient.Answer answer = new ApiClient(server)
                .send("POST", "tickets", "{}", "Origin: " + LISTED, "Authorization: Bearer " + token);

        assertEquals(201, answer.status());
        assertEquals(LISTED, answer.header("Access-Control-Allow-Origin"));
        assertEquals("Origin", answer.header("Vary"));
        assertEquals("", answer.header("Access-Control-Allow-Credentials"), "the cookie is for our own page");
        RawClient chat = server.closing(RawClient.connect(
                server.port(),
                "/chat?ticket=" + answer.body().getString("ticket"),
                Subprotocol.SINGLE,
                "Origin: " + LISTED));
        assertEquals(name, chat.readUntil(Wire.type("welcome")).get(0).getString("sender"));
    }

    @ParameterizedTest
    @CsvSource({"tickets,POST", "session,GET", "session,DELETE", "users/me/deletion,POST"})
    void aBrowserIsToldBeforehandWhatAListedPageMaySend(String path, String method) {
        ApiClient.Answer answer = preflight(LISTED, path);

        assertEquals(204, answer.status());
        assertEquals(LISTED, answer.header("Access-Control-Allow-Origin"));
        assertTrue(answer.header("Access-Control-Allow-Methods").contains(method));
        assertEquals("authorization, content-type", answer.header("Access-Control-Allow-Headers"));
        assertEquals("600", answer.header("Access-Control-Max-Age"));
        assertEquals("Origin", answer.header("Vary"));
        assertEquals("", answer.header("Access-Control-Allow-Credentials"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://intranet.example",
                "https://intranet.example:444",
                "https://intranet.example.evil.example",
                "https://intranet.example/",
                "https://evil.example https://intranet.example",
                "null",
                "*"
            })
    void whoIsNotListedIsRefusedAndReadsNothing(String origin) {
        String token = page.comeAsGuest(server.newName("anna")).token();

        ApiClient.Answer asked = preflight(origin, "tickets");
        ApiClient.Answer sent =
                page.send("POST", "tickets", "{}", "Origin: " + origin, "Authorization: Bearer " + token);

        for (ApiClient.Answer answer : new ApiClient.Answer[] {asked, sent}) {
            assertEquals(403, answer.status());
            assertEquals("foreign_origin", answer.code());
            assertNoCors(answer.response());
        }
    }

    @Test
    void ourOwnPageAndNoPageGetNoCorsAndNoPreflight() {
        String own = "http://localhost:" + server.port();

        ApiClient.Answer fromOwn = page.send("GET", "session", null, "Origin: " + own);
        ApiClient.Answer fromNone = page.send("GET", "session", null);
        ApiClient.Answer preflight = preflight(own, "session");

        assertEquals("not_signed_in", fromOwn.code());
        assertEquals("not_signed_in", fromNone.code());
        assertEquals("method_not_allowed", preflight.code());
        assertNoCors(fromOwn.response());
        assertNoCors(fromNone.response());
        assertNoCors(preflight.response());
    }

    @Test
    void aRefusalToAListedPageCanBeReadByIt() {
        ApiClient.Answer answer = page.send("POST", "tickets", "{}", "Origin: " + LISTED);

        assertEquals("not_signed_in", answer.code());
        assertEquals(LISTED, answer.header("Access-Control-Allow-Origin"));
    }

    @Test
    void theRestOfTheServerIsNotShared() {
        for (String path : new String[] {"../health/live", "../"}) {
            assertNoCors(page.raw("GET", path, "Origin: " + LISTED));
        }
    }

    private ApiClient.Answer preflight(String origin, String path) {
        return new ApiClient(server)
                .send(
                        "OPTIONS",
                        path,
                        null,
                        "Origin: " + origin,
                        "Access-Control-Request-Method: POST",
                        "Access-Control-Request-Headers: authorization, content-type");
    }

    private static void assertNoCors(HttpResponse<?> response) {
        assertTrue(
                response.headers().map().keySet().stream()
                        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-")),
                () -> String.valueOf(response.headers()));
    }
}
