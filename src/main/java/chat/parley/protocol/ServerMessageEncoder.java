package chat.parley.protocol;

import jakarta.websocket.Encoder;

/** What a server writes, one object a frame, on containers and in places where it need not be quick. */
public final class ServerMessageEncoder implements Encoder.Text<ServerMessage> {
    /** For the container. */
    public ServerMessageEncoder() {}

    @Override
    public String encode(ServerMessage message) {
        return JsonCodec.toJson(message);
    }
}
