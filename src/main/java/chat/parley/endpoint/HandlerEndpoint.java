package chat.parley.endpoint;

import chat.parley.protocol.ClientMessageDecoder;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;

/**
 * The {@link ChatEndpoint} for a container that is told of it in code, which all are: the same callbacks, registered as
 * message handlers. Tyrus goes by the configurator in the annotation instead of the one it is given; Jetty looks for
 * annotations anew for each connection, binds what it finds by method handles and keeps them, and this spares a fifth of
 * the time to connect and more than a kilobyte a connection.
 */
public final class HandlerEndpoint extends Endpoint {

    private final ChatEndpoint chat;
    private final ClientMessageDecoder decoder = new ClientMessageDecoder();

    /** The endpoint of one connection. */
    HandlerEndpoint(ChatServices services) {
        this.chat = new ChatEndpoint(services);
    }

    /** Handlers first: who is admitted may be refused, and closed, at once. */
    @Override
    public void onOpen(Session session, EndpointConfig config) {
        decoder.init(config);
        session.addMessageHandler(String.class, text -> chat.onMessage(decoder.decode(text)));
        session.addMessageHandler(ByteBuffer.class, chat::onBinary);
        session.addMessageHandler(PongMessage.class, chat::onPong);
        chat.onOpen(session, config);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        chat.onClose(reason);
    }

    @Override
    public void onError(Session session, Throwable cause) {
        chat.onError(cause);
    }
}
