package chat.parley.endpoint;

import chat.parley.config.Settings;
import chat.parley.protocol.ClientMessage;
import chat.parley.protocol.ClientMessageDecoder;
import chat.parley.protocol.CloseCode;
import chat.parley.protocol.ServerMessageEncoder;
import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint at {@code /chat}: translates the container's callbacks for one {@link Connection} and nothing else.
 *
 * <p>The container calls first {@link #onOpen}, then any number of messages and pongs, at last {@link #onClose},
 * once; {@link #onError} in between or instead; never two at a time for one connection.
 */
@ServerEndpoint(
        value = "/chat",
        subprotocols = {"parley.v1.batch", "parley.v1"},
        decoders = ClientMessageDecoder.class,
        encoders = ServerMessageEncoder.class)
public final class ChatEndpoint {

    private final ChatServices services;
    private @Nullable Connection connection;

    /**
     * Never called: some containers want to see it (Jakarta WebSocket 2.1, section 4), though each endpoint is made by
     * {@link HandshakeGate}.
     *
     * @throws UnsupportedOperationException always
     */
    public ChatEndpoint() {
        throw new UnsupportedOperationException("made by its configurator");
    }

    /** The endpoint of one connection. */
    ChatEndpoint(ChatServices services) {
        this.services = services;
    }

    /** After how much silence the container ends a session; silence is the sweeper's business, this is for when it cannot. */
    public static Duration maxIdle(Settings.Heartbeat heartbeat) {
        return heartbeat.timeout().multipliedBy(2);
    }

    /** The handshake is done. */
    @OnOpen
    public void onOpen(Session session, EndpointConfig config) {
        session.setMaxTextMessageBufferSize(services.settings().limits().frameBytes());
        // A binary frame is refused whatever its size; but one that is too large is refused for that.
        session.setMaxBinaryMessageBufferSize(services.settings().limits().frameBytes());
        long maxIdle = maxIdle(services.settings().heartbeat()).toMillis();
        if (session.getMaxIdleTimeout() != maxIdle) {
            session.setMaxIdleTimeout(maxIdle);
        }
        Object handshake = config.getUserProperties().get(HandshakeGate.HANDSHAKE);
        Object brought = config.getUserProperties().remove(HandshakeGate.CREDENTIALS);
        connection = Admissions.admit(
                services,
                session,
                handshake instanceof Handshake known ? known : Handshake.UNKNOWN,
                brought instanceof HttpCredentials credentials ? credentials : HttpCredentials.NONE);
    }

    /** A text frame, decoded. */
    @OnMessage
    public void onMessage(ClientMessage message) {
        if (connection != null) {
            connection.received(message);
        }
    }

    /** A binary frame. */
    @OnMessage
    public void onBinary(ByteBuffer message) {
        if (connection != null) {
            connection.failed(CloseCode.NOT_TEXT, "binary frames are not understood");
        }
    }

    /** The answer to a ping. */
    @OnMessage
    public void onPong(PongMessage message) {
        if (connection != null) {
            connection.ponged();
        }
    }

    /** The connection is gone. */
    @OnClose
    public void onClose(CloseReason reason) {
        if (connection != null) {
            connection.closed(reason.getCloseCode().getCode());
        }
    }

    /** Something broke; most containers close the connection next, but not all. */
    @OnError
    public void onError(Throwable cause) {
        if (connection != null) {
            connection.troubled(cause);
        }
    }
}
