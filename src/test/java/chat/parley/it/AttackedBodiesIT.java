package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks by the body of a request: what it is, how long it is, and how long it takes. Each has a named refusal. */
class AttackedBodiesIT {

    /** More than the server has threads for HTTP. */
    private static final int CROWD = 100;

    @RegisterExtension
    static final TestServer server = TestServer.with(
            "parley.auth.argon2.memory", "64KB",
            "parley.auth.argon2.iterations", "1",
            "parley.auth.attempts-per-address", "0");

    @AfterEach
    void everybodyElseIsServed() {
        assertEquals(401, new ApiClient(server).who().status());
        server.connect("bystander").fence();
    }

    // ---- what it is

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"name\":\"a\",\"\\u006eame\":\"b\"}",
                "{\"x\":{\"y\":1,\"y\":2}}",
                "{} {}",
                "{}x",
                "{\"name\":5}",
                "{\"name\":true}",
                "{\"name\":[\"a\"]}",
                "{\"name\":{\"name\":\"a\"}}",
                "{\"name\":\"\\ud800\"}",
                "{\"name\":\"\\udc00\\ud800\"}",
                "{\"name\":\"abc\",\"password\":\"\\udc00aaaaaaaa\"}",
                "{\"name\":\"abc\",\"password\":12345678}",
                "{'name':'a'}",
                "{/**/}",
                "{\"x\":NaN}",
                "\uFEFF{}",
                "[]",
                "\"name\"",
                "null",
                "{\"name\":\"a\u0001b\"}"
            })
    void whatIsNotTheJsonThatIsAskedForIsABadRequest(String body) {
        for (String path : new String[] {"/api/session", "/api/users"}) {
            RawHttp.Answer answer = RawHttp.send(server.port(), RawHttp.json(server.port(), "POST " + path, body));

            assertEquals(400, answer.status());
            assertEquals("bad_request", answer.code());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void deepJsonIsRefusedBeforeItIsUnderstood(String level) {
        String deep = "{\"x\":" + level.repeat(1_600);

        RawHttp.Answer answer = RawHttp.send(server.port(), RawHttp.json(server.port(), "POST /api/session", deep));

        assertEquals("bad_request", answer.code());
    }

    @Test
    void numbersThatAreHugeCostNothing() {
        RawHttp.Answer digits = RawHttp.send(
                server.port(), RawHttp.json(server.port(), "POST /api/session", "{\"x\":" + "9".repeat(8_000) + "}"));
        RawHttp.Answer exponent =
                RawHttp.send(server.port(), RawHttp.json(server.port(), "POST /api/session", "{\"x\":1e999999999}"));

        assertEquals("bad_request", digits.code());
        assertEquals(200, exponent.status(), "a field nobody asked for is passed over");
    }

    @Test
    void bytesThatAreNoTextAreABadRequest() {
        for (String bytes : new String[] {"{\"name\":\"\u00ff\"}", "\u001f\u008b\b\0", "{\"name\":\"\u00c0\u0080\"}"}) {
            String request = RawHttp.head(
                            server.port(),
                            "POST /api/session",
                            "Content-Type: application/json",
                            "Content-Length: " + bytes.length())
                    + bytes;
            assertEquals("bad_request", RawHttp.send(server.port(), request).code());
        }
    }

    @ParameterizedTest
    @CsvSource({"POST,users", "POST,session", "POST,session/password", "POST,users/me/deletion", "POST,tickets"})
    void aBodyOfAnotherKindIsNotRead(String method, String path) {
        ApiClient browser = new ApiClient(server);
        browser.comeAsGuest(server.newName("kind"));

        for (String type : new String[] {
            "",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/json",
            "application/json;",
            "application/json, text/plain",
            "application/json; charset=utf-16",
            "application/problem+json",
            "x".repeat(2_000)
        }) {
            ApiClient.Answer answer = browser.send(method, path, "{}", "Content-Type: " + type);
            assertEquals(415, answer.status(), type);
            assertEquals("unsupported_media_type", answer.code());
        }
        assertEquals(200, browser.who().status());
    }

    // ---- how long it is

    @Test
    void aBodyMayHaveEightKilobytesAndNotOneByteMore() {
        String most = " ".repeat(8 * 1024 - 2) + "{}";

        assertEquals(
                200,
                RawHttp.send(server.port(), RawHttp.json(server.port(), "POST /api/session", most))
                        .status());
        RawHttp.Answer larger =
                RawHttp.send(server.port(), RawHttp.json(server.port(), "POST /api/session", " " + most));
        RawHttp.Answer chunked = RawHttp.send(
                server.port(),
                RawHttp.head(
                                server.port(),
                                "POST /api/session",
                                "Content-Type: application/json",
                                "Transfer-Encoding: chunked")
                        + "2001\r\n " + most + "\r\n0\r\n\r\n");
        RawHttp.Answer announced = RawHttp.send(
                server.port(),
                RawHttp.head(
                        server.port(),
                        "POST /api/session",
                        "Content-Type: application/json",
                        "Content-Length: 1000000000",
                        "Expect: 100-continue"));

        for (RawHttp.Answer answer : List.of(larger, chunked, announced)) {
            assertEquals(413, answer.status());
            assertEquals("too_large", answer.code());
        }
    }

    @Test
    void aHugePasswordIsNotHashed() {
        ApiClient browser = new ApiClient(server);
        String name = server.newName("huge");

        assertEquals("bad_password", browser.signUp(name, "x".repeat(7_000)).code());
        assertEquals(
                "bad_password", browser.signUp(name, "\u0301".repeat(3_000)).code());
        assertEquals(
                "wrong_credentials", browser.signIn(name, "x".repeat(7_000)).code());
        assertEquals(201, browser.signUp(name, "correct horse").status());
    }

    // ---- how long it takes

    @Test
    void bodiesThatTrickleHoldNoThreadAndAreAnsweredAfterTheDeadline() throws Exception {
        List<RawHttp> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < CROWD; i++) {
                RawHttp slow = RawHttp.dial(server.port());
                crowd.add(slow);
                slow.write(RawHttp.head(
                        server.port(), "POST /api/session", "Content-Type: application/json", "Content-Length: 1000"));
                slow.write("{");
            }

            everybodyElseIsServed();
            for (RawHttp slow : crowd) {
                slow.write(" ");
                RawHttp.Answer answer = slow.answer();
                assertEquals(408, answer.status());
                assertEquals("request_timeout", answer.code());
                assertTrue(slow.isClosed(), "what comes late is not read as a request");
            }
        } finally {
            crowd.forEach(RawHttp::close);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n{}\r\n0\r\n\r\n", "2\r\n{}{}\r\n0\r\n\r\n", "-1\r\n{}\r\n0\r\n\r\n"})
    void aBodyThatBreaksOffIsABadRequest(String chunks) {
        RawHttp.Answer answer = RawHttp.send(
                server.port(),
                RawHttp.head(
                                server.port(),
                                "POST /api/session",
                                "Content-Type: application/json",
                                "Transfer-Encoding: chunked")
                        + chunks);

        assertEquals(400, answer.status());
        assertEquals("bad_request", answer.code());
    }
}
