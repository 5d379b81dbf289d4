package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.WireFiles.Example;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerWireTest {
    private final ServerMessageDecoder decoder = new ServerMessageDecoder();
    private final ServerFrameDecoder frames = new ServerFrameDecoder();

    static List<Example> server() {
        return WireFiles.in("server", 24);
    }

    static List<Example> later() {
        return WireFiles.in("later", 6);
    }

    @ParameterizedTest
    @MethodSource("server")
    void whatIsReadIsWrittenAgainWithEveryFieldAndValue(Example example) {
        ServerMessage message = decoder.decode(example.text());

        JsonObject written = WireFiles.object(new ServerMessageEncoder().encode(message));

        assertEquals(WireFiles.object(example.text()), written);
    }

    @ParameterizedTest
    @MethodSource("later")
    void laterServerDoesNotDisturb(Example example) {
        ServerMessage message = decoder.decode(example.text());

        JsonObject sent = WireFiles.object(example.text());
        if (message instanceof ServerMessage.Unknown unknown) {
            assertEquals(sent.getString("type", null), unknown.type());
            assertEquals(sent.getString("room", null), unknown.room());
            assertEquals(
                    sent.containsKey("seq") ? (Long) sent.getJsonNumber("seq").longValue() : null, unknown.seq());
        } else {
            assertFalse(
                    WireFiles.object(JsonCodec.toJson(withoutUnknown(message))).isEmpty());
        }
    }

    @Test
    void eventOfALaterTypeIsCountedInAPageAsInTheStream() {
        String event = "{\"type\":\"edit\",\"room\":\"lobby\",\"seq\":2,\"timestamp\":9}";
        String page =
                "{\"type\":\"history\",\"room\":\"lobby\",\"more\":false,\"first\":1,\"messages\":[" + event + "]}";

        var expected = new ServerMessage.Unknown("edit", "lobby", 2L, 9);

        assertEquals(expected, decoder.decode(event));
        assertEquals(
                List.of(expected),
                assertInstanceOf(ServerMessage.History.class, decoder.decode(page))
                        .messages());
    }

    @Test
    void everyTypeHasAnExample() {
        Set<String> types = Arrays.stream(
                        ServerMessage.class.getAnnotation(JsonbTypeInfo.class).value())
                .map(subtype -> subtype.alias())
                .collect(Collectors.toSet());

        Set<String> shown = server().stream()
                .map(example -> WireFiles.object(example.text()).getString("type"))
                .collect(Collectors.toSet());

        assertEquals(types, shown);
    }

    @Test
    void batchIsReadInOrder() {
        List<Example> examples = server();
        String batch = examples.stream().map(Example::text).collect(Collectors.joining(",", "[", "]"));

        ServerFrame frame = frames.decode(batch);

        assertEquals(
                examples.stream().map(example -> decoder.decode(example.text())).toList(), frame.messages());
    }

    @Test
    void singleObjectIsAFrameOfOne() {
        assertEquals(
                List.of(new ServerMessage.Pong(null, 5)),
                frames.decode("{\"type\":\"pong\",\"timestamp\":5}").messages());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "7",
                "\"x\"",
                "{",
                "[",
                "[[",
                "{\"type\":\"message\"",
                "{\"type\":\"message\"}",
                "[1]",
                "{}",
                "{\"type\":5}",
                "{\"type\":\"message\",\"room\":[[}",
                "{\"x\":[",
                "{\"seq\":1.5,\"room\":4}",
                "{\"seq\":1e999999999}"
            })
    void whatCannotBeReadIsUnknownAndNoException(String text) {
        assertInstanceOf(ServerMessage.Unknown.class, decoder.decode(text));
        assertTrue(frames.decode(text).messages().stream().allMatch(ServerMessage.Unknown.class::isInstance));
    }

    @Test
    void deepNestingAndLongNumbersAreNoException() {
        String deep = "[".repeat(100_000);
        String digits = "9".repeat(60_000);

        assertInstanceOf(ServerMessage.Unknown.class, decoder.decode(deep));
        assertInstanceOf(ServerMessage.Unknown.class, decoder.decode("{\"x\":" + deep + "]".repeat(100_000) + "}"));
        assertInstanceOf(
                ServerMessage.Unknown.class, decoder.decode("{\"type\":\"pong\",\"timestamp\":" + digits + "}"));
    }

    @Test
    void nothingAbsentIsWritten() {
        var message = new ServerMessage.Message("lobby", 1, "x", "alice", null, "hello", 5);

        assertEquals(
                "{\"type\":\"message\",\"room\":\"lobby\",\"seq\":1,\"id\":\"x\",\"sender\":\"alice\",\"content\":\"hello\",\"timestamp\":5}",
                new String(JsonCodec.encode(message), StandardCharsets.UTF_8));
    }

    @Test
    void whatWasNotUnderstoodCannotBeSaid() {
        var unknown = new ServerMessage.Unknown("edit", "lobby", 2L, 9);
        var undecodable = new ClientMessage.Undecodable(null, null, ErrorCode.BAD_MESSAGE, null, "No.");

        assertThrows(IllegalArgumentException.class, () -> JsonCodec.toJson(unknown));
        assertThrows(IllegalArgumentException.class, () -> JsonCodec.toJson(undecodable));
    }

    private static ServerMessage withoutUnknown(ServerMessage message) {
        return message instanceof ServerMessage.History page
                ? new ServerMessage.History(
                        page.id(), page.room(), page.more(), page.first(), page.timestamp(), List.of())
                : message;
    }
}
