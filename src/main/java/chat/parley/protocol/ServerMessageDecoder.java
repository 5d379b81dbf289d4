package chat.parley.protocol;

import jakarta.websocket.Decoder;

/**
 * What a client reads that negotiated one object a frame. It takes every text and never throws; what is not
 * understood is {@link ServerMessage.Unknown}. For {@code parley.v1.batch} there is {@link ServerFrameDecoder}.
 */
public final class ServerMessageDecoder implements Decoder.Text<ServerMessage> {
    /** For the container. */
    public ServerMessageDecoder() {}

    @Override
    public boolean willDecode(String frame) {
        return true;
    }

    @Override
    public ServerMessage decode(String frame) {
        var messages = ServerFrameReader.read(frame);
        return messages.size() == 1 ? messages.get(0) : new ServerMessage.Unknown(null, null, null, 0);
    }
}
