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
import java.util.function.Consumer;

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
    private final Arrival arrival;

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
        this.arrival = new Arrival(services);
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
        Object known = config.getUserProperties().get(HandshakeGate.HANDSHAKE);
        Object headers = config.getUserProperties().remove(HandshakeGate.CREDENTIALS);
        Handshake handshake = known instanceof Handshake found ? found : Handshake.UNKNOWN;
        HttpCredentials shown = headers instanceof HttpCredentials found ? found : HttpCredentials.NONE;
        arrival.begin(session, handshake, shown);
    }

    /** A text frame, decoded. */
    @OnMessage
    public void onMessage(ClientMessage message) {
        arrival.pass(message, connected -> connected.received(message), connected -> connected.receivedUnsure(message));
    }

    /** A binary frame. */
    @OnMessage
    public void onBinary(ByteBuffer message) {
        Consumer<Connection> refuse =
                connected -> connected.failed(CloseCode.NOT_TEXT, "binary frames are not understood");
        arrival.pass(null, refuse, refuse);
    }

    /** The answer to a ping. */
    @OnMessage
    public void onPong(PongMessage message) {
        Connection known = arrival.connection();
        if (known != null) {
            known.ponged();
        }
    }

    /** The connection is gone. */
    @OnClose
    public void onClose(CloseReason reason) {
        arrival.end(reason.getCloseCode().getCode());
    }

    /** Something broke; most containers close the connection next, but not all. */
    @OnError
    public void onError(Throwable cause) {
        Connection known = arrival.connection();
        if (known != null) {
            known.troubled(cause);
        }
    }
}
