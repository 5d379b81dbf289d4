package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.ClientMessage.Undecodable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {
    @Test
    void unknownTypeIsNamedInTheAnswer() {
        Undecodable answer = refused("{\"type\":\"shout\"}");

        assertEquals("There is no request of type \"shout\".", answer.why());
        assertEquals("type", answer.field());
    }

    @Test
    void longUnknownTypeIsCut() {
        Undecodable answer = refused("{\"type\":\"" + "😀".repeat(500) + "\"}");

        assertEquals("There is no request of type \"" + "😀".repeat(32) + "...\".", answer.why());
    }

    @Test
    void crlfBecomesNewline() {
        var message = assertInstanceOf(ClientMessage.Message.class, decode(saying("a\\r\\nb\\n\\r\\n")));

        assertEquals("a\nb\n\n", message.content());
    }

    @Test
    void contentIsMeasuredInBytesOnceItsLineEndsAreNewlines() {
        assertInstanceOf(ClientMessage.Message.class, JsonCodec.decode(saying("é\\r\\n"), 3));

        var answer = assertInstanceOf(Undecodable.class, JsonCodec.decode(saying("éé"), 3));
        assertEquals(ErrorCode.TOO_LARGE, answer.code());
        assertEquals("content", answer.field());
    }

    @Test
    void boundOfZeroIsNoBound() {
        assertInstanceOf(ClientMessage.Message.class, JsonCodec.decode(saying("x".repeat(1_000_000)), 0));
    }

    @Test
    void deepNestingInAnUnknownFieldIsPassedOver() {
        String arrays = "[".repeat(100_000) + "]".repeat(100_000);
        String objects = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);

        assertEquals(new ClientMessage.Ping("a"), decode("{\"x\":" + arrays + ",\"type\":\"ping\",\"id\":\"a\"}"));
        assertEquals(new ClientMessage.Ping("a"), decode("{\"type\":\"ping\",\"x\":" + objects + ",\"id\":\"a\"}"));
    }

    /** Parsson's own way to skip an array spins for ever on these. */
    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":["})
    void deepNestingThatNeverClosesIsRefused(String open) {
        String frame = "{\"type\":\"ping\",\"x\":" + open.repeat(100_000);

        Undecodable answer = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refused(frame));

        assertEquals("The frame is not JSON.", answer.why());
    }

    @Test
    void numberOfSixtyThousandDigitsIsRefusedWhereItCountsAndPassedOverElsewhere() {
        String digits = "7".repeat(60_000);

        assertEquals(
                "limit",
                refused("{\"type\":\"join\",\"room\":\"a\",\"limit\":" + digits + "}")
                        .field());
        assertEquals(
                "limit",
                refused("{\"type\":\"join\",\"room\":\"a\",\"limit\":1e" + digits + "}")
                        .field());
        assertEquals(new ClientMessage.Ping(null), decode("{\"type\":\"ping\",\"x\":" + digits + "}"));
        assertEquals(new ClientMessage.Ping(null), decode("{\"type\":\"ping\",\"x\":-0.5e" + digits + "}"));
    }

    @Test
    void surrogateWithoutItsHalfInTheTextItselfIsRefused() {
        assertEquals("content", refused(saying("a\ud83d")).field());
        assertEquals("content", refused(saying("\udc4d\ud83d")).field());
    }

    @Test
    void unknownKeysMayStandTwiceAndHoldAnything() {
        assertEquals(
                new ClientMessage.Ping(null),
                decode("{\"sender\":1,\"sender\":{},\"type\":\"ping\",\"room\":1,\"room\":2,\"\\ud800\":\"\\ud800\"}"));
    }

    @Property(tries = 2000)
    void anyTextIsAMessageOrARefusal(@ForAll String text) {
        assertInstanceOf(ClientMessage.class, decode(text));
    }

    /** One character of a good frame is replaced: it may stay good, but it never breaks anything. */
    @Property(tries = 5000)
    void anyDamageIsAMessageOrARefusal(@ForAll @IntRange(max = 200) int example, @ForAll int at, @ForAll char with) {
        List<WireFiles.Example> good = ClientWireTest.good();
        StringBuilder frame = new StringBuilder(good.get(example % good.size()).text());
        frame.setCharAt(Math.floorMod(at, frame.length()), with);

        ClientMessage message = decode(frame.toString());

        assertTrue(message instanceof Undecodable || message.equals(decode(JsonCodec.toJson(message))));
    }

    @Property
    void anyContentThatUtf8CarriesArrivesAsItIs(@ForAll String content) {
        String clean = new String(content.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .replaceAll("[\\x00-\\x08\\x0b-\\x1f]", "");
        var message = new ClientMessage.Message("lobby", clean, "x");

        assertEquals(message, decode(JsonCodec.toJson(message)));
    }

    @Test
    void pageOfEncodedEventsIsThePageEncodedAsAWhole() {
        for (int size : new int[] {0, 1, 2, 200}) {
            List<ServerMessage> events = events(size);

            byte[] page = JsonCodec.historyPage(
                    page(List.of()), events.stream().map(JsonCodec::encode).toList());

            assertArrayEquals(JsonCodec.encode(page(events)), page);
            assertEquals(page(events), new ServerMessageDecoder().decode(new String(page, StandardCharsets.UTF_8)));
        }
    }

    @Test
    void headOfAPageHasNoMessages() {
        assertThrows(IllegalArgumentException.class, () -> JsonCodec.historyPage(page(events(1)), List.of()));
    }

    @Test
    void contextClassLoaderOfTheThreadStaysAsItWas() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        decode("{\"type\":\"ping\"}");

        assertEquals(before, Thread.currentThread().getContextClassLoader());
    }

    private static ServerMessage.History page(List<ServerMessage> messages) {
        return new ServerMessage.History("h\"]}", "[]}", true, 1, 99, messages);
    }

    private static List<ServerMessage> events(int size) {
        return java.util.stream.LongStream.rangeClosed(1, size)
                .<ServerMessage>mapToObj(
                        seq -> new ServerMessage.Message("lobby", seq, "id" + seq, "alice", true, "é\"[]}\n" + seq, 5))
                .toList();
    }

    private static String saying(String content) {
        return "{\"type\":\"message\",\"room\":\"lobby\",\"content\":\"" + content + "\"}";
    }

    private static ClientMessage decode(String frame) {
        return JsonCodec.decode(frame, 3072);
    }

    private static Undecodable refused(String frame) {
        return assertInstanceOf(Undecodable.class, decode(frame));
    }
}
