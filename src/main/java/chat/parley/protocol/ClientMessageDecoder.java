package chat.parley.protocol;

import jakarta.websocket.Decoder;
import jakarta.websocket.EndpointConfig;

/**
 * What a server reads. It takes every text and never throws, because containers disagree about what a decoder's
 * exception does to the connection: a frame that is no message becomes a {@link ClientMessage.Undecodable}.
 *
 * <p>The bound of a content is the user property {@link #CONTENT_BYTES} of the endpoint; without it there is none.
 */
public final class ClientMessageDecoder implements Decoder.Text<ClientMessage> {
    /** Names the user property that holds the most bytes of UTF-8 a content may have, an Integer; 0 for no limit. */
    public static final String CONTENT_BYTES = "parley.limits.content-bytes";

    private int maxContentBytes;

    /** For the container. */
    public ClientMessageDecoder() {}

    @Override
    public void init(EndpointConfig config) {
        if (config.getUserProperties().get(CONTENT_BYTES) instanceof Integer bytes) {
            maxContentBytes = bytes;
        }
    }

    @Override
    public boolean willDecode(String frame) {
        return true;
    }

    @Override
    public ClientMessage decode(String frame) {
        return JsonCodec.decode(frame, maxContentBytes);
    }
}
