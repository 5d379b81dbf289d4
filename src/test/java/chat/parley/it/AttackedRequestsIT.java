package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks by the form of a request: its path, its method, its headers, where it ends. Each has a named refusal. */
class AttackedRequestsIT {

    @RegisterExtension
    static final TestServer server = TestServer.with();

    /** Whatever was sent, others are served. */
    @AfterEach
    void everybodyElseIsServed() {
        assertEquals(401, get("/api/session").status());
        server.connect("bystander").fence();
    }

    // ---- paths

    @ParameterizedTest
    @CsvSource({
        "/api/../chat,404,not_found",
        "/api/session/,404,not_found",
        "/api/,404,not_found",
        "/api,404,not_found",
        "/api/Session,404,not_found",
        "/api/users/../session/x,404,not_found",
        "/api//session,400,bad_request",
        "/api/%2e%2e/session,400,bad_request",
        "/api/..%2fsession,400,bad_request",
        "/api/%2fsession,400,bad_request",
        "/api/session%2f,400,bad_request",
        "/api/..;/session,400,bad_request"
    })
    void aTrickWithThePathOfTheInterfaceIsAProblem(String path, int status, String code) {
        RawHttp.Answer answer = get(path);

        assertEquals(status, answer.status());
        assertEquals(code, answer.code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/session",
                "/%2e%2e/api/session",
                "/api%2fsession",
                "/API/session",
                "/api/session%00",
                "/api/%zz",
                "/api/%c0%ae",
                "/api/session%0d%0aX-Planted:%20yes",
                "/api/session#x",
                "/WEB-INF/web.xml",
                "/web-inf/web.xml",
                "/%57EB-INF/web.xml",
                "/WEB-INF%2fweb.xml",
                "/META-INF/MANIFEST.MF",
                "/../pom.xml",
                "/..%2f..%2fpom.xml",
                "/..;/pom.xml",
                "/\\..\\pom.xml",
                "/%2e%2e/chat/parley/server/Main.class",
                "/chat/parley/server/Main.class",
                "/logback.xml",
                "/index.html%20",
                "/index.html::$DATA",
                "/main.js/",
                "/view/",
                "http://evil.example/api/session",
                "*"
            })
    void nothingIsServedThatIsNotThere(String path) {
        RawHttp.Answer answer = get(path);

        assertTrue(List.of(400, 403, 404).contains(answer.status()), answer::toString);
        assertEquals("", answer.header("X-Planted"));
        assertFalse(answer.body().contains("pom"), "nothing of the request comes back");
    }

    @Test
    void aSessionIsNotTakenFromThePath() {
        ApiClient browser = new ApiClient(server);
        browser.comeAsGuest(server.newName("path"));

        for (String path : new String[] {
            "/api/session;jsessionid=" + browser.cookie(),
            "/api;parley_session=" + browser.cookie() + "/session",
            "/api/session?parley_session=" + browser.cookie()
        }) {
            assertEquals("not_signed_in", get(path).code());
        }
    }

    // ---- methods

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "FOO", "get", "PROPFIND", "DEBUG"})
    void aMethodThatIsNotThereIsNamed(String method) {
        RawHttp.Answer answer = RawHttp.send(
                server.port(), RawHttp.head(server.port(), method + " /api/session", "Cookie: parley_session=secret"));

        assertEquals(405, answer.status());
        assertEquals("POST, GET, DELETE", answer.header("Allow"));
        if (!method.equals("HEAD")) {
            assertEquals("method_not_allowed", answer.code());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/chat", "/health/live", "/health/ready", "/api/session", "/main.js"})
    void noRequestIsEchoed(String path) {
        RawHttp.Answer answer = RawHttp.send(
                server.port(), RawHttp.head(server.port(), "TRACE " + path, "Cookie: parley_session=secret"));

        assertEquals(405, answer.status());
        assertFalse(answer.body().contains("secret"), answer::toString);
    }

    @Test
    void aMethodCannotBePutInAHeader() {
        ApiClient browser = new ApiClient(server);
        browser.comeAsGuest(server.newName("override"));

        browser.send("POST", "tickets", "{}", "X-HTTP-Method-Override: DELETE", "X-HTTP-Method: DELETE");

        assertEquals(200, browser.who().status());
    }

    // ---- headers

    @ParameterizedTest
    @ValueSource(strings = {"X-Long: ", "Cookie: parley_session=", "Authorization: Bearer ", "Forwarded: for="})
    void headersThatAreTooLongAre431(String start) {
        RawHttp.Answer answer =
                RawHttp.send(server.port(), RawHttp.head(server.port(), "GET /api/session", start + "a".repeat(9_000)));

        assertEquals(431, answer.status());
        assertEquals("too_large", answer.code());
    }

    @Test
    void tooManyHeadersAndTooLongAnAddressAreRefused() {
        assertEquals(
                431,
                RawHttp.send(
                                server.port(),
                                RawHttp.head(server.port(), "GET /api/session", "X: y\r\n".repeat(2_000) + "X: y"))
                        .status());
        assertEquals(414, get("/api/session?" + "a".repeat(9_000)).status());
        assertEquals(
                431,
                RawClient.handshake(server.port(), "/chat", "X-Long: " + "a".repeat(9_000))
                        .status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: a\rX-Planted: yes",
                "X: a\u0000b",
                "X: a\u001b[31mb",
                "X (: a",
                "X : a",
                "X: a\r\n X-Planted: folded",
                "Host: evil.example",
                "Forwarded: for=1.2.3.4\r\r\nX-Planted: yes"
            })
    void aHeaderThatIsNoneIsABadRequest(String header) {
        RawHttp.Answer answer = RawHttp.send(server.port(), RawHttp.head(server.port(), "GET /api/session", header));

        assertEquals(400, answer.status());
        assertEquals("bad_request", answer.code());
        assertEquals("", answer.header("X-Planted"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: \r\n", "Host: a b\r\n", "Host: x@localhost\r\n", "Host: localhost:99999999\r\n"})
    void aRequestHasOneHostThatIsOne(String host) {
        RawHttp.Answer answer = RawHttp.send(server.port(), "GET /api/session HTTP/1.1\r\n" + host + "\r\n");

        assertTrue(answer.status() == 400 || answer.status() == 403, answer::toString);
        assertTrue(answer.code().equals("bad_request") || answer.code().equals("foreign_origin"));
    }

    // ---- where a request ends (RFC 9112, section 6.3): two opinions of that smuggle a second request in

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nContent-Length: 3",
                "Content-Length: 2\r\nContent-Length: 2",
                "Content-Length: 2, 2",
                "Content-Length: -2",
                "Content-Length: +2",
                "Content-Length: 0x2",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: chunked\r\nContent-Length: 4",
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding : chunked"
            })
    void aRequestWithTwoOpinionsOfItsEndIsRefusedAndNothingFollowsIt(String headers) throws Exception {
        String smuggled = "0\r\n\r\n" + RawHttp.head(server.port(), "DELETE /api/session");
        try (RawHttp http = RawHttp.dial(server.port())) {
            http.write(RawHttp.head(server.port(), "POST /api/session", "Content-Type: application/json", headers)
                    + smuggled);

            RawHttp.Answer answer = http.answer();

            assertEquals(400, answer.status());
            assertEquals("bad_request", answer.code());
            assertTrue(http.isClosed(), "what follows is not read as a request");
        }
    }

    @Test
    void aPipelinedRequestIsAnsweredInItsTurnAndByItsOwnCredentials() throws Exception {
        ApiClient browser = new ApiClient(server);
        browser.comeAsGuest(server.newName("pipe"));
        try (RawHttp http = RawHttp.dial(server.port())) {
            http.write(RawHttp.head(server.port(), "GET /api/session", "Cookie: parley_session=" + browser.cookie())
                    + RawHttp.head(server.port(), "GET /api/session"));

            assertEquals(200, http.answer().status());
            assertEquals(401, http.answer().status());
        }
    }

    @Test
    void otherProtocolsAreNotSpoken() {
        for (Map.Entry<String, Integer> each : Map.of(
                        "GET /api/session\r\n\r\n", 505,
                        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003", 400,
                        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 426,
                        "CONNECT localhost:22 HTTP/1.1\r\nHost: localhost:22\r\n\r\n", 501)
                .entrySet()) {
            assertEquals(
                    each.getValue(), RawHttp.send(server.port(), each.getKey()).status(), each.getKey());
        }
    }

    private static RawHttp.Answer get(String path) {
        return RawHttp.send(server.port(), RawHttp.head(server.port(), "GET " + path));
    }
}
