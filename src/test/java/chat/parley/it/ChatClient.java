package chat.parley.it;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.client.SslEngineConfigurator;

/** A well-behaved client on Tyrus that keeps everything it receives. Whoever connects it closes it. */
final class ChatClient implements AutoCloseable {

    private static volatile ClientManager tyrus = tyrus();

    private final Seen seen;
    private final Session session;

    private ChatClient(Seen seen, Session session) {
        this.seen = seen;
        this.session = session;
    }

    /** Connects and waits for the end of the handshake, but not for the welcome. */
    static ChatClient connect(URI uri, Subprotocol subprotocol) {
        Seen seen = new Seen(uri.toString());
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(subprotocol.offered())
                .build();
        try {
            return new ChatClient(seen, connect(seen, config, uri));
        } catch (DeploymentException | IOException e) {
            throw new AssertionError("no connection to " + uri, e);
        }
    }

    /**
     * Tyrus sometimes refuses work of its own, when it ends a container that it begins to use again, and waits then; or it
     * stumbles over a connection that is gone at once. What it counts is wrong after that, and it would end its threads while
     * somebody still needs them: so another one goes on.
     */
    private static Session connect(Seen seen, ClientEndpointConfig config, URI uri)
            throws DeploymentException, IOException {
        try {
            return tyrus.connectToServer(new Recorder(seen), config, uri);
        } catch (DeploymentException e) {
            String why = String.valueOf(e.getMessage());
            if (!why.startsWith("Handshake response not received") && !why.contains("\"connection\" is null")) {
                throw e;
            }
            tyrus = tyrus();
            return tyrus.connectToServer(new Recorder(seen), config, uri);
        }
    }

    /** The same by TLS, with a container of its own. */
    static ChatClient connect(URI uri, Subprotocol subprotocol, SSLContext trust) {
        Seen seen = new Seen(uri.toString());
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(subprotocol.offered())
                .build();
        ClientManager manager = ClientManager.createClient();
        manager.getProperties().put(ClientProperties.SSL_ENGINE_CONFIGURATOR, new SslEngineConfigurator(trust));
        try {
            return new ChatClient(seen, manager.connectToServer(new Recorder(seen), config, uri));
        } catch (DeploymentException | IOException e) {
            throw new AssertionError("no connection to " + uri, e);
        }
    }

    Seen seen() {
        return seen;
    }

    String negotiatedSubprotocol() {
        return session.getNegotiatedSubprotocol();
    }

    /** The first object there is, which has to be the welcome. */
    JsonObject welcome() {
        return seen.await(object -> true);
    }

    /** As whom the server welcomed it. */
    String name() {
        return welcome().getString("sender");
    }

    String sessionSecret() {
        return welcome().getString("session");
    }

    /** Sends one frame. Several threads may. */
    synchronized void send(String frame) {
        try {
            session.getBasicRemote().sendText(frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request with an id of its own, which is returned. */
    String ask(JsonObjectBuilder request) {
        String id = UUID.randomUUID().toString();
        send(request.add("id", id).build().toString());
        return id;
    }

    /** Sends a request with an id of its own and waits for what answers it. */
    JsonObject get(JsonObjectBuilder request) {
        return seen.await(Wire.answer(ask(request)));
    }

    /** Joins and waits for the ack and for the history behind it. */
    JsonObject join(String room) {
        String id = ask(Wire.request("join", room));
        seen.await(Wire.type("history").and(Wire.answer(id)));
        return seen.await(Wire.type("ack").and(Wire.answer(id)));
    }

    /** Comes back to a room and waits for the ack. */
    JsonObject resume(String room, long since, String epoch) {
        return get(Wire.request("join", room).add("since", since).add("epoch", epoch));
    }

    /** Says something and waits for the ack. */
    JsonObject say(String room, String content) {
        return get(Wire.request("message", room).add("content", content));
    }

    /** Whether the connection has not ended, as far as the client knows. */
    boolean isOpen() {
        return session.isOpen();
    }

    /** Waits until everything that was asked before has been answered. */
    void fence() {
        get(Wire.request("ping"));
    }

    /** The members of a room as the server tells them now. */
    JsonObject members(String room) {
        return get(Wire.request("members", room));
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (IOException | IllegalStateException e) {
            // It is closed already.
        }
    }

    private static ClientManager tyrus() {
        ClientManager manager = ClientManager.createClient();
        manager.getProperties().put(ClientProperties.SHARED_CONTAINER, true);
        // Ended when nothing used it for 30 s, it refuses who comes just then; so it is never ended.
        manager.getProperties().put(ClientProperties.SHARED_CONTAINER_IDLE_TIMEOUT, (int)
                Duration.ofHours(12).toSeconds());
        return manager;
    }

    private static final class Recorder extends Endpoint {

        private final Seen seen;

        Recorder(Seen seen) {
            this.seen = seen;
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(String.class, seen::frame);
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            seen.closed(reason.getCloseCode().getCode(), reason.getReasonPhrase());
        }

        @Override
        public void onError(Session session, Throwable cause) {
            cause.printStackTrace();
        }
    }
}
