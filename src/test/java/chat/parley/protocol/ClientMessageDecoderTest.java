package chat.parley.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import jakarta.websocket.server.ServerEndpointConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMessageDecoderTest {

    private static final int BYTES = 1024;

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00E9", "\u05D0", "\uD83D\uDE00"})
    void aFrameIsMeasuredInBytes(String character) {
        ClientMessageDecoder decoder = decoder(BYTES);

        assertInstanceOf(ClientMessage.Ping.class, decoder.decode(padded(character, BYTES)));
        assertSame(ClientMessage.Undecodable.FRAME_TOO_LARGE, decoder.decode(padded(character, BYTES + 1)));
    }

    @Test
    void whatIsTooLargeIsNotLookedAt() {
        assertSame(ClientMessage.Undecodable.FRAME_TOO_LARGE, decoder(BYTES).decode("{".repeat(BYTES + 1)));
    }

    @Test
    void withoutABoundAllIsTaken() {
        assertInstanceOf(ClientMessage.Ping.class, decoder(0).decode(padded("x", 100 * BYTES)));
    }

    private static ClientMessageDecoder decoder(int frameBytes) {
        ServerEndpointConfig config =
                ServerEndpointConfig.Builder.create(Object.class, "/chat").build();
        config.getUserProperties().put(ClientMessageDecoder.FRAME_BYTES, frameBytes);
        ClientMessageDecoder decoder = new ClientMessageDecoder();
        decoder.init(config);
        return decoder;
    }

    /** A request of so many bytes, most of them in a field that nobody knows. */
    private static String padded(String character, int bytes) {
        String request = "{\"type\":\"ping\",\"later\":\"\"}";
        int left = bytes - request.length();
        int size = character.getBytes(UTF_8).length;
        String padding = character.repeat(left / size) + "-".repeat(left % size);
        String padded = request.replace("\"\"", '"' + padding + '"');
        assertEquals(bytes, padded.getBytes(UTF_8).length);
        return padded;
    }
}
