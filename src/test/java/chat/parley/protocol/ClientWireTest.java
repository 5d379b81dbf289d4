package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.WireFiles.Example;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClientWireTest {
    private static final int CONTENT_BYTES = 3072;

    static List<Example> good() {
        return WireFiles.in("client/good", 30);
    }

    static List<Example> bad() {
        return WireFiles.in("client/bad", 75);
    }

    @ParameterizedTest
    @MethodSource("good")
    void goodFrameIsUnderstood(Example example) {
        ClientMessage message = JsonCodec.decode(example.text(), CONTENT_BYTES);

        assertFalse(message instanceof ClientMessage.Undecodable, message::toString);
        JsonObject frame = WireFiles.object(example.text());
        WireFiles.object(JsonCodec.toJson(message))
                .forEach((name, value) -> assertEquals(expected(frame.get(name)), value, name));
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatAClientWritesIsUnderstoodAsItWasMeant(Example example) {
        ClientMessage message = JsonCodec.decode(example.text(), CONTENT_BYTES);

        String written = new ClientMessageEncoder().encode(message);

        assertEquals(message, JsonCodec.decode(written, CONTENT_BYTES));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void badFrameIsAnsweredWithWhatIsWrong(Example example) {
        JsonObject bad = WireFiles.object(example.text());

        ClientMessage message = JsonCodec.decode(bad.getString("frame"), CONTENT_BYTES);

        var undecodable = assertInstanceOf(ClientMessage.Undecodable.class, message);
        JsonObject answer = bad.getJsonObject("answer");
        assertEquals(answer.getString("code"), undecodable.code().wireName());
        assertEquals(text(answer, "field"), undecodable.field());
        assertEquals(text(answer, "id"), undecodable.id());
        assertEquals(text(answer, "room"), undecodable.room());
        assertTrue(undecodable.why().endsWith("."), undecodable.why());
    }

    @Test
    void everyTypeHasAGoodExample() {
        Set<String> shown = good().stream()
                .map(example -> WireFiles.object(example.text()).getString("type"))
                .collect(Collectors.toSet());

        assertEquals(aliases(), shown);
    }

    @Test
    void everyTypeHasRules() {
        for (String type : aliases()) {
            assertNotNull(Request.of(type), type);
        }
        assertEquals(aliases().size(), Request.values().length);
    }

    private static Set<String> aliases() {
        return Arrays.stream(
                        ClientMessage.class.getAnnotation(JsonbTypeInfo.class).value())
                .map(subtype -> subtype.alias())
                .collect(Collectors.toSet());
    }

    private static JsonValue expected(JsonValue sent) {
        return sent instanceof JsonString string
                ? jakarta.json.Json.createValue(string.getString().replace("\r\n", "\n"))
                : sent instanceof JsonNumber number ? jakarta.json.Json.createValue(number.longValueExact()) : sent;
    }

    private static @Nullable String text(JsonObject object, String name) {
        return object.containsKey(name) ? object.getString(name) : null;
    }
}
