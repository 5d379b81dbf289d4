package chat.parley.protocol;

import jakarta.websocket.Decoder;

/**
 * What a client reads that takes either {@link Form}. It takes every text and never throws; what is not understood is
 * {@link ServerMessage.Unknown}.
 */
public final class ServerFrameDecoder implements Decoder.Text<ServerFrame> {
    /** For the container. */
    public ServerFrameDecoder() {}

    @Override
    public boolean willDecode(String frame) {
        return true;
    }

    @Override
    public ServerFrame decode(String frame) {
        return new ServerFrame(ServerFrameReader.read(frame));
    }
}
