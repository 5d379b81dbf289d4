package chat.parley.endpoint;

import chat.parley.identity.ContainerUser;
import chat.parley.protocol.Form;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The handshake of every connection: origin and host, subprotocol, no extensions. What it learns of the client it
 * leaves in the user properties of the connection, which the container copies for each (Jakarta WebSocket 2.1,
 * section 3.1.6). One per server; called by any number of threads.
 */
public final class HandshakeGate extends ServerEndpointConfig.Configurator {

    /** The user property with the {@link Handshake}. */
    static final String HANDSHAKE = "chat.parley.handshake";

    /** The user property with the {@link HttpCredentials}; gone once the connection is admitted. */
    static final String CREDENTIALS = "chat.parley.credentials";

    private final ChatServices services;

    /** The gate of a server. */
    public HandshakeGate(ChatServices services) {
        this.services = services;
    }

    @Override
    public boolean checkOrigin(String originHeaderValue) {
        return services.connections().isAllowed(Handshake.current());
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        if (requested.contains(Form.BATCH.subprotocol())) {
            return Form.BATCH.subprotocol();
        }
        return requested.contains(Form.SINGLE.subprotocol()) ? Form.SINGLE.subprotocol() : "";
    }

    /** None: a compressed connection would need its own copy of everything and a window of its own. */
    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        config.getUserProperties().put(HANDSHAKE, Handshake.current());
        config.getUserProperties().put(CREDENTIALS, HttpCredentials.of(container(request), request.getHeaders()));
    }

    private @Nullable ContainerUser container(HandshakeRequest request) {
        return ContainerUser.of(
                request.getUserPrincipal(),
                request::isUserInRole,
                services.settings().auth().external());
    }

    @Override
    public <T> T getEndpointInstance(Class<T> endpointClass) {
        return endpointClass.cast(
                endpointClass == HandlerEndpoint.class ? new HandlerEndpoint(services) : new ChatEndpoint(services));
    }
}
