package chat.parley.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Frames, whole and broken (sections 1 and 4). */
final class FrameChecks {

    private FrameChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                        "1",
                        "a frame of exactly 4096 bytes is taken, one more closes 1009",
                        FrameChecks::largest,
                        "close 1009"),
                Check.of("1", "4096 bytes count in UTF-8", FrameChecks::largestInBytes, "close 1009"),
                Check.of("1", "a message in pieces is one message", FrameChecks::pieces),
                Check.of(
                        "1",
                        "pieces are limited together: more than 4096 bytes close 1009",
                        FrameChecks::largePieces,
                        "close 1009"),
                Check.of("1", "a binary frame closes 1003", FrameChecks::binary, "close 1003"),
                Check.of("4", "bad UTF-8 closes 1007", FrameChecks::badUtf8, "close 1007"),
                Check.of("4", "a frame against RFC 6455 closes 1002", FrameChecks::badFrames, "close 1002"),
                Check.of("4", "an unmasked frame closes 1002", FrameChecks::unmasked, "close 1002"),
                Check.of("1", "a ping of the socket is answered with its payload", FrameChecks::ping),
                Check.of("4", "a client that closes 1000 is closed 1000", FrameChecks::bye, "close 1000"),
                Check.of("1", "a drop in the middle of a frame is a drop and nothing else", FrameChecks::halfFrame));
    }

    private static void largest(Stage stage) throws Exception {
        RawClient client = stage.raw("frames", Offer.SINGLE);
        client.text(padded("x", 4096));
        client.readUntil(Wire.answer("padded"));
        client.text(padded("x", 4097));
        assertEquals(1009, client.awaitClose().code());
        client.awaitEnd();
    }

    private static void largestInBytes(Stage stage) throws Exception {
        for (String character : List.of("\u00E9", "\uD83D\uDE00")) {
            RawClient client = stage.raw("frames", Offer.SINGLE);
            client.text(padded(character, 4096));
            client.readUntil(Wire.answer("padded"));
            client.text(padded(character, 4097));
            assertEquals(1009, client.awaitClose().code());
        }
    }

    private static void pieces(Stage stage) throws Exception {
        RawClient client = stage.raw("pieces", Offer.SINGLE);
        byte[] whole = padded("\u00E9", 4096).getBytes(UTF_8);
        client.send(RawClient.TEXT, Arrays.copyOf(whole, 1001)); // in the middle of a character
        client.send(RawClient.FINAL | RawClient.PING, "between".getBytes(UTF_8));
        client.send(RawClient.CONTINUATION, new byte[0]);
        client.send(RawClient.FINAL | RawClient.CONTINUATION, Arrays.copyOfRange(whole, 1001, whole.length));
        client.readUntil(Wire.answer("padded"));
    }

    private static void largePieces(Stage stage) throws Exception {
        RawClient client = stage.raw("pieces", Offer.SINGLE);
        client.send(RawClient.TEXT, padded("x", 4096).getBytes(UTF_8));
        client.send(RawClient.FINAL | RawClient.CONTINUATION, new byte[] {' '});
        assertEquals(1009, client.awaitClose().code());
    }

    private static void binary(Stage stage) throws Exception {
        RawClient client = stage.raw("binary", Offer.SINGLE);
        client.send(RawClient.FINAL | RawClient.BINARY, "{\"type\":\"ping\"}".getBytes(UTF_8));
        assertEquals(1003, client.awaitClose().code());
        client.awaitEnd();
    }

    private static void badUtf8(Stage stage) throws Exception {
        List<RawClient> closed = new ArrayList<>();
        for (String hex : List.of("c328", "80", "e282", "f09f98", "c0af", "eda080", "f4908080", "ff")) {
            RawClient client = stage.raw("utf8", Offer.SINGLE);
            client.send(RawClient.FINAL | RawClient.TEXT, HexFormat.of().parseHex(hex));
            assertEquals(1007, client.awaitClose().code(), hex);
            closed.add(client);
        }
        for (RawClient client : closed) {
            client.awaitEnd();
        }
    }

    private static void badFrames(Stage stage) throws Exception {
        int unknownOpcode = RawClient.FINAL | 0x3;
        int reservedBit = RawClient.FINAL | 0x40 | RawClient.TEXT;
        int continuationOfNothing = RawClient.FINAL | RawClient.CONTINUATION;
        int pingInPieces = RawClient.PING;
        for (int first : new int[] {unknownOpcode, reservedBit, continuationOfNothing, pingInPieces}) {
            RawClient client = stage.raw("rules", Offer.SINGLE);
            client.send(first, new byte[] {'x'});
            assertEquals(1002, client.awaitClose().code(), Integer.toHexString(first));
            client.awaitEnd();
        }
    }

    private static void unmasked(Stage stage) throws Exception {
        RawClient client = stage.raw("unmasked", Offer.SINGLE);
        client.bytes(new byte[] {(byte) (RawClient.FINAL | RawClient.TEXT), 2, '{', '}'});
        assertEquals(1002, client.awaitClose().code());
    }

    private static void ping(Stage stage) throws Exception {
        RawClient client = stage.raw("pinging", Offer.SINGLE);
        client.send(RawClient.FINAL | RawClient.PING, "payload".getBytes(UTF_8));
        assertEquals("payload", client.readUntil(RawClient.PONG).text());
    }

    private static void bye(Stage stage) {
        assertEquals(1000, stage.guest("leaver").bye().code());
    }

    private static void halfFrame(Stage stage) throws Exception {
        String room = stage.name("dropped");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        RawClient bob = stage.raw("bob", Offer.SINGLE);
        String name = bob.await(Wire.type("welcome")).getString("sender");
        bob.text(Wire.request("join", room).build().toString());
        bob.readUntil(Wire.type("history"));
        alice.seen().await(Wire.type("join", room).and(Wire.from(name)));
        byte[] frame = RawClient.frame(
                RawClient.FINAL | RawClient.TEXT,
                Wire.message(room, "half", "never said").getBytes(UTF_8));

        bob.bytes(Arrays.copyOf(frame, frame.length - 5));
        bob.reset();

        alice.seen().await(Wire.type("leave", room).and(Wire.from(name)));
        JsonObject ack = alice.say(room, "still here");
        assertEquals(1, ack.getInt("seq"), "half a message is none");
        assertTrue(alice.seen().all(Wire.messageWith("half")).isEmpty());
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
