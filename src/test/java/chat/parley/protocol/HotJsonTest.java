package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What is written and read by hand is what JSON-B would have written and read. */
class HotJsonTest {

    private static final Jsonb JSONB = JsonbBuilder.create();

    @Property(tries = 500)
    void anEventIsWrittenAsByJsonB(
            @ForAll("texts") String content,
            @ForAll("texts") String sender,
            @ForAll long seq,
            @ForAll long timestamp,
            @ForAll boolean guest) {
        ServerMessage event = new ServerMessage.Message(
                "lobby", seq, "id-\"\\1", sender, guest ? Boolean.TRUE : null, content, timestamp);

        assertEquals(JSONB.toJson(event), HotJson.write(event));
    }

    @Property(tries = 200)
    void anAckOfAMessageIsWrittenAsByJsonB(@ForAll("texts") String id, @ForAll long seq, @ForAll int flags) {
        ServerMessage ack = new ServerMessage.Ack(
                is(flags, 1) ? id : null,
                is(flags, 2) ? "lobby" : null,
                is(flags, 4) ? seq : null,
                is(flags, 8) ? is(flags, 16) : null,
                null,
                null,
                null,
                null,
                null,
                null,
                seq);

        assertEquals(JSONB.toJson(ack), HotJson.write(ack));
    }

    @Example
    void otherAcksAreLeftToJsonB() {
        assertNull(HotJson.write(new ServerMessage.Ack("1", "lobby", null, null, 7L, null, null, null, null, null, 1)));
        assertNull(
                HotJson.write(new ServerMessage.Ack("1", "lobby", null, null, null, null, null, null, false, null, 1)));
        assertNull(HotJson.write(new ServerMessage.Ack("1", null, null, null, null, null, null, null, null, 9L, 1)));
    }

    @Property(tries = 300)
    void aMessageIsReadAsByJsonB(@ForAll("texts") String content, @ForAll boolean withId) {
        String text = content.replaceAll("[\\x00-\\x08\\x0b-\\x1f]", "");
        String frame = JSONB.toJson(new ClientMessage.Message("lobby", text, withId ? "x" : null));

        ClientMessage.Message read = assertInstanceOf(ClientMessage.Message.class, JsonCodec.decode(frame, 0));

        assertEquals(JSONB.fromJson(frame, ClientMessage.Message.class), read);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(40);
        Arbitrary<String> hard = Arbitraries.strings()
                .withChars(
                        '"', '\\', '/', '\n', '\t', '\r', '\b', '\f', '\u0000', '\u001f', '\u007f', '\u2028', '<', 'a')
                .ofMaxLength(20);
        return Arbitraries.oneOf(any, hard).map(HotJsonTest::wellFormed);
    }

    private static boolean is(@Nullable Integer flags, int bit) {
        return flags != null && (flags & bit) != 0;
    }

    /** Halves of surrogate pairs never get past the decoder. */
    private static String wellFormed(String text) {
        return new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
    }
}
