package chat.parley.protocol;

import jakarta.websocket.Encoder;

/** What a client writes. */
public final class ClientMessageEncoder implements Encoder.Text<ClientMessage> {
    /** For the container. */
    public ClientMessageEncoder() {}

    @Override
    public String encode(ClientMessage message) {
        return JsonCodec.toJson(message);
    }
}
