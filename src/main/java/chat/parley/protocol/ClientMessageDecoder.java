package chat.parley.protocol;

import jakarta.websocket.Decoder;
import jakarta.websocket.EndpointConfig;

/**
 * What a server reads. It takes every text and never throws, because containers disagree about what a decoder's
 * exception does to the connection: a frame that is no message becomes a {@link ClientMessage.Undecodable}.
 *
 * <p>The bounds of a frame and of a content are user properties of the endpoint, {@link #FRAME_BYTES} and {@link
 * #CONTENT_BYTES}; without them there are none.
 */
public final class ClientMessageDecoder implements Decoder.Text<ClientMessage> {
    /** Names the user property that holds the most bytes of UTF-8 a content may have, an Integer; 0 for no limit. */
    public static final String CONTENT_BYTES = "parley.limits.content-bytes";

    /**
     * Names the user property that holds the most bytes of UTF-8 a frame may have, an Integer; 0 for no limit. Containers
     * have a bound of their own, but some count characters.
     */
    public static final String FRAME_BYTES = "parley.limits.frame-bytes";

    private int maxFrameBytes;
    private int maxContentBytes;

    /** For the container. */
    public ClientMessageDecoder() {}

    @Override
    public void init(EndpointConfig config) {
        maxFrameBytes = bound(config, FRAME_BYTES);
        maxContentBytes = bound(config, CONTENT_BYTES);
    }

    @Override
    public boolean willDecode(String frame) {
        return true;
    }

    @Override
    public ClientMessage decode(String frame) {
        return maxFrameBytes > 0 && Utf8.length(frame) > maxFrameBytes
                ? ClientMessage.Undecodable.FRAME_TOO_LARGE
                : JsonCodec.decode(frame, maxContentBytes);
    }

    private static int bound(EndpointConfig config, String name) {
        return config.getUserProperties().get(name) instanceof Integer bytes ? bytes : 0;
    }
}
