package chat.parley.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a frame may carry, and how a client ends that sends another one (protocol, sections 1, 2 and 4). */
class FramesIT {

    @RegisterExtension
    static final TestServer server = TestServer.with("parley.presence.linger", "100ms");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDE80 \uD83C\uDDE9\uD83C\uDDEA", // emoji: plain, joined, a flag
                "e\u0301 \u1100\u1161\u11A8 Z\u0351\u036B\u0343", // combining marks stay as they were typed
                "\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627 \u202Eabc\u202C", // right to left
                "\uD840\uDC00\uD869\uDEA5 \uDBFF\uDFFD \uFFFD \uFFFF", // four bytes each, and the ends of planes
                "tab\tnewline\nquote\" back\\slash </script> \u2028\u2029\u007F\u0085",
                " ",
                ""
            })
    void anyUnicodeArrivesAsItWasSent(String content) {
        ChatClient alice = server.connect("alice");
        ChatClient bob = server.connect("bob", Subprotocol.BATCH);
        String room = server.newName("unicode");
        alice.join(room);
        bob.join(room);

        JsonObject ack = alice.say(room, content);

        assertEquals("ack", ack.getString("type"), ack::toString);
        for (ChatClient member : List.of(alice, bob)) {
            assertEquals(content, member.seen().await(Wire.type("message")).getString("content"));
        }
        JsonObject page = bob.get(Wire.request("history", room));
        assertEquals(content, page.getJsonArray("messages").getJsonObject(0).getString("content"));
    }

    @Test
    void aCarriageReturnWithNewlineBecomesNewline() {
        ChatClient alice = server.connect("alice");
        alice.join("lines");

        alice.say("lines", "a\r\nb\r\n\r\nc");

        assertEquals("a\nb\n\nc", alice.seen().await(Wire.type("message")).getString("content"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\u001b", "\\r", "\\ud83d", "\\ude00\\ud83d"})
    void controlCharactersAndHalfCharactersAreRefused(String escaped) {
        ChatClient alice = server.connect("alice");
        alice.join("clean");

        alice.send("{\"type\":\"message\",\"room\":\"clean\",\"id\":\"1\",\"content\":\"a" + escaped + "b\"}");

        JsonObject refused = alice.seen().await(Wire.error("bad_message"));
        assertEquals("content", refused.getString("field"));
        assertEquals("1", refused.getString("id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00E9", "\uD83D\uDE00"})
    void aContentMayHave3072BytesAndNotOneMore(String character) {
        ChatClient alice = server.connect("alice");
        String room = server.newName("content");
        String most = character.repeat(3072 / character.getBytes(UTF_8).length);
        alice.join(room);

        JsonObject taken = alice.say(room, most);
        JsonObject refused = alice.say(room, most + "x");

        assertEquals("ack", taken.getString("type"));
        assertEquals("too_large", refused.getString("code"));
        assertEquals("content", refused.getString("field"));
        assertEquals(most, alice.seen().await(Wire.type("message")).getString("content"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00E9", "\uD83D\uDE00"})
    void aFrameMayHave4096BytesAndNotOneMore(String character) throws Exception {
        RawClient client = server.raw("frames", Subprotocol.SINGLE);

        client.text(padded(character, 4096));
        client.readUntil(Wire.answer("padded"));
        client.text(padded(character, 4097));

        assertEquals(1009, client.awaitClose().code());
        client.awaitEnd();
    }

    @Test
    void piecesOfAMessageAreLimitedTogether() throws Exception {
        RawClient client = server.raw("pieces", Subprotocol.SINGLE);
        byte[] whole = padded("x", 4096).getBytes(UTF_8);

        client.send(RawClient.TEXT, Arrays.copyOf(whole, 100));
        client.send(RawClient.FINAL | RawClient.PING, "between".getBytes(UTF_8));
        client.send(RawClient.FINAL | RawClient.CONTINUATION, Arrays.copyOfRange(whole, 100, whole.length));
        client.readUntil(Wire.answer("padded"));
        client.send(RawClient.TEXT, whole);
        client.send(RawClient.FINAL | RawClient.CONTINUATION, new byte[] {' '});

        assertEquals(1009, client.awaitClose().code());
    }

    @Test
    void aWebSocketPingIsAnsweredWithItsPayload() throws Exception {
        RawClient client = server.raw("pinging", Subprotocol.SINGLE);

        client.send(RawClient.FINAL | RawClient.PING, "payload".getBytes(UTF_8));

        assertEquals("payload", new String(client.readUntil(RawClient.PONG).payload(), UTF_8));
    }

    @Test
    void aBinaryFrameCloses1003() throws Exception {
        RawClient client = server.raw("binary", Subprotocol.SINGLE);

        client.send(RawClient.FINAL | RawClient.BINARY, "{\"type\":\"ping\"}".getBytes(UTF_8));

        assertEquals(1003, client.awaitClose().code());
        client.awaitEnd();
    }

    @ParameterizedTest
    @ValueSource(strings = {"C3 28", "80", "E2 82", "F0 9F 98", "C0 AF", "ED A0 80", "F4 90 80 80", "FF"})
    void badUtf8Closes1007(String hex) throws Exception {
        RawClient client = server.raw("utf8", Subprotocol.SINGLE);
        byte[] payload = new byte[hex.split(" ").length];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) Integer.parseInt(hex.split(" ")[i], 16);
        }

        client.send(RawClient.FINAL | RawClient.TEXT, payload);

        assertEquals(1007, client.awaitClose().code());
        client.awaitEnd();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {RawClient.FINAL | 0x3, RawClient.FINAL | 0x40 | RawClient.TEXT, RawClient.FINAL, RawClient.PING})
    void aFrameAgainstTheRulesCloses1002(int first) throws Exception {
        RawClient client = server.raw("rules", Subprotocol.SINGLE);

        client.send(first, new byte[] {'x'});

        assertEquals(1002, client.awaitClose().code());
        client.awaitEnd();
    }

    /** The welcome that cannot be written any more must not take the close frame with it. */
    @Test
    void aFaultThatComesBeforeTheWelcomeIsNamedAsWell() {
        List<Integer> codes = IntStream.range(0, 300)
                .parallel()
                .mapToObj(i -> {
                    RawClient client = server.raw("hasty", Subprotocol.SINGLE);
                    client.send(RawClient.FINAL | RawClient.TEXT, new byte[] {(byte) 0xFF});
                    try {
                        return client.awaitClose().code();
                    } catch (IOException e) {
                        return 1006;
                    }
                })
                .distinct()
                .toList();

        assertEquals(List.of(1007), codes);
    }

    @Test
    void anUnmaskedFrameCloses1002() throws Exception {
        RawClient client = server.raw("unmasked", Subprotocol.SINGLE);

        client.bytes(new byte[] {(byte) (RawClient.FINAL | RawClient.TEXT), 2, '{', '}'});

        assertEquals(1002, client.awaitClose().code());
    }

    @Test
    void noExtensionIsNegotiatedEvenIfOneIsOffered() throws Exception {
        RawClient.Response response = RawClient.handshake(
                server.port(),
                "/chat",
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x-webkit-deflate-frame");

        assertEquals(101, response.status());
        assertFalse(response.headers().containsKey("sec-websocket-extensions"), response::toString);
    }

    @Test
    void aDropInTheMiddleOfAFrameIsADropAndNothingElse() throws Exception {
        ChatClient alice = server.connect("alice");
        alice.join("dropped");
        RawClient bob = server.raw("bob", Subprotocol.SINGLE);
        bob.text(Wire.request("join", "dropped").build().toString());
        bob.readUntil(Wire.type("history"));
        alice.seen().await(2, Wire.type("join", "dropped"));
        byte[] frame = RawClient.frame(
                RawClient.FINAL | RawClient.TEXT,
                Wire.message("dropped", "half", "never said").getBytes(UTF_8));

        bob.bytes(Arrays.copyOf(frame, frame.length - 5));
        bob.reset();

        alice.seen().await(Wire.type("leave", "dropped"));
        JsonObject ack = alice.say("dropped", "still here");
        assertEquals(1, ack.getInt("seq"), "half a message is none");
    }

    /** A ping of so many bytes. */
    private static String padded(String character, int bytes) {
        String start = "{\"type\":\"ping\",\"id\":\"padded\",\"ignored\":\"";
        int left = bytes - start.length() - 2;
        int size = character.getBytes(UTF_8).length;
        String frame = start + "x".repeat(left % size) + character.repeat(left / size) + "\"}";
        assertEquals(bytes, frame.getBytes(UTF_8).length);
        return frame;
    }
}
