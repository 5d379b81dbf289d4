package chat.parley.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** Who is let in, and in which form of the protocol (sections 1 and 4). */
final class HandshakeChecks {

    private HandshakeChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                        "1",
                        "a client without a subprotocol gets one object a frame",
                        stage -> speaks(stage, Offer.NONE)),
                Check.of("1", "parley.v1 gets one object a frame", stage -> speaks(stage, Offer.SINGLE)),
                Check.of("1", "parley.v1.batch gets arrays", stage -> speaks(stage, Offer.BATCH)),
                Check.of("1", "an unknown subprotocol is as good as none", HandshakeChecks::unknownSubprotocol),
                Check.of("1", "an offer of permessage-deflate is not taken up", HandshakeChecks::deflate),
                Check.of("4", "a page of a foreign origin gets no connection", HandshakeChecks::foreignOrigin),
                Check.of("4", "the own origin and a listed one get a connection", HandshakeChecks::ownOrigin),
                Check.of("4", "a foreign Host gets no connection", HandshakeChecks::foreignHost),
                Check.of(
                        "1", "what is no handshake at /chat is refused and harms nobody", HandshakeChecks::noHandshake),
                Check.of("1", "a drop in the middle of a handshake harms nobody", HandshakeChecks::halfHandshake),
                Check.of(
                        "1",
                        "a connection that has served requests can become a WebSocket",
                        HandshakeChecks::behindRequests));
    }

    private static void speaks(Stage stage, Offer offer) throws Exception {
        RawClient client = stage.dial();
        String[] headers =
                offer == Offer.NONE ? new String[0] : new String[] {"Sec-WebSocket-Protocol: " + offer.word()};
        RawClient.Response response = client.shake("chat" + Stage.asking(stage.name("form")), headers);
        assertEquals(101, response.status());
        assertEquals(offer.word(), response.header("sec-websocket-protocol"));

        String welcome = client.readUntil(RawClient.TEXT).text();
        client.text("{\"type\":\"ping\",\"id\":\"p\"}");
        String pong = client.readUntil(RawClient.TEXT).text();

        char first = offer == Offer.BATCH ? '[' : '{';
        assertEquals(first, welcome.charAt(0), welcome);
        assertEquals(first, pong.charAt(0), pong);
        assertEquals("welcome", Wire.objects(welcome).get(0).getString("type"));
    }

    /** As a proxy has it that keeps its connections: and the handshake is there before the last answer is out. */
    private static void behindRequests(Stage stage) throws Exception {
        for (String path : List.of("api/ways", "api/users")) {
            RawClient client = stage.dial();
            String handshake = client.handshake("chat" + Stage.asking(stage.name("behind")));
            String request = path.equals("api/users")
                    ? client.post(path, Wire.strings("name", stage.name("before"), "password", Stage.PASSWORD))
                    : client.get(path);

            client.bytes((request + handshake).getBytes(ISO_8859_1));

            RawClient.Response answer = client.response();
            assertEquals(path.equals("api/users") ? 201 : 200, answer.status(), path);
            client.body(Integer.parseInt(answer.header("content-length")));
            assertEquals(101, client.response().status(), path);
            client.readUntil(Wire.type("welcome"));
            client.text("{\"type\":\"ping\",\"id\":\"heard\"}");
            client.readUntil(Wire.answer("heard"));
        }
    }

    private static void unknownSubprotocol(Stage stage) throws Exception {
        for (String offer : List.of("chat", "parley.v2", "x, y")) {
            RawClient.Response response = stage.shake("chat", "Sec-WebSocket-Protocol: " + offer);
            assertEquals(101, response.status(), offer);
            assertEquals("", response.header("sec-websocket-protocol"), offer);
        }
        RawClient.Response both = stage.shake("chat", "Sec-WebSocket-Protocol: x, parley.v1.batch");
        assertEquals("parley.v1.batch", both.header("sec-websocket-protocol"));
    }

    private static void deflate(Stage stage) throws Exception {
        RawClient client = stage.dial();
        RawClient.Response response = client.shake(
                "chat" + Stage.asking(stage.name("deflate")),
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x-webkit-deflate-frame");
        assertEquals(101, response.status());
        assertEquals("", response.header("sec-websocket-extensions"));

        RawClient.Frame welcome = client.readUntil(RawClient.TEXT);
        assertEquals(0, welcome.first() & 0x70, "no reserved bit is set");
        client.text("{\"type\":\"ping\",\"id\":\"plain\"}");
        client.readUntil(Wire.answer("plain"));
    }

    private static void foreignOrigin(Stage stage) throws Exception {
        String own = stage.target().base().getAuthority();
        for (String origin : List.of(
                "http://evil.example",
                "null",
                "http://localhost:1",
                "https://" + own,
                "http://" + own + ".evil.example",
                "https://chat.example.org.evil.example")) {
            assertEquals(403, stage.shake("chat", "Origin: " + origin).status(), origin);
        }
    }

    private static void ownOrigin(Stage stage) throws Exception {
        String own = "http://" + stage.target().base().getAuthority();
        assertEquals(101, stage.shake("chat", "Origin: " + own).status());
        assertEquals(
                101, stage.shake("chat", "Origin: https://chat.example.org").status());
        assertEquals(101, stage.shake("chat").status(), "who says none is no browser");
    }

    private static void foreignHost(Stage stage) throws Exception {
        for (String host : List.of("evil.example", "localhost.evil.example")) {
            assertEquals(
                    403,
                    stage.shake("chat", "Host: " + host, "Origin: http://" + host)
                            .status(),
                    host);
        }
    }

    private static void noHandshake(Stage stage) throws Exception {
        Browser browser = stage.browser();
        int plain = browser.get("chat").status();
        int posted = browser.send("POST", "chat", "{}").status();
        int version = stage.shake("chat", "Sec-WebSocket-Version: 7").status();
        for (int status : new int[] {plain, posted, version}) {
            assertTrue(status >= 400 && status < 500, () -> plain + " " + posted + " " + version);
        }
        stage.guest("unharmed").fence();
    }

    private static void halfHandshake(Stage stage) throws Exception {
        for (int i = 0; i < 20; i++) {
            RawClient client = stage.dial();
            byte[] whole = client.handshake("chat?name=half").getBytes(ISO_8859_1);
            client.bytes(java.util.Arrays.copyOf(whole, whole.length * (i + 1) / 21));
            if (i % 2 == 0) {
                client.reset();
            } else {
                client.close();
            }
        }
        for (int i = 0; i < 5; i++) { // and whole ones, of which nobody reads the answer
            RawClient client = stage.dial();
            client.bytes(
                    client.handshake("chat" + Stage.asking(stage.name("gone"))).getBytes(ISO_8859_1));
            client.reset();
        }
        stage.guest("unharmed").fence();
    }
}
