package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import chat.parley.Parley;
import chat.parley.config.SettingsLoader;
import chat.parley.identity.ContainerUser;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.security.Credential;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the gate learns of a handshake from an application server that knows people and their roles. */
class ContainerRolesIT {

    private final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty);
    private final BlockingQueue<Optional<ContainerUser>> seen = new LinkedBlockingQueue<>();
    private final Parley parley = new Parley(
            SettingsLoader.of(
                    Map.of("parley.store.url", "memory:", "parley.auth.admin-roles", "chat-admin, moderator")),
            null,
            Clock.systemUTC());

    @BeforeEach
    void start() throws Exception {
        UserStore users = new UserStore();
        users.addUser("dora", Credential.getCredential("pass"), new String[] {"staff", "moderator"});
        users.addUser("egon", Credential.getCredential("pass"), new String[] {"staff"});
        HashLoginService login = new HashLoginService("shop");
        login.setUserStore(users);
        ConstraintSecurityHandler security = new ConstraintSecurityHandler();
        security.setAuthenticator(new BasicAuthenticator());
        security.setLoginService(login);
        ServletContextHandler context = new ServletContextHandler("/");
        context.setSecurityHandler(security);
        JakartaWebSocketServletContainerInitializer.configure(
                context,
                (servlets, container) ->
                        container.addEndpoint(ServerEndpointConfig.Builder.create(ChatEndpoint.class, "/chat")
                                .configurator(new Watching(parley.endpoint().getConfigurator()))
                                .build()));
        connector.setHost("localhost");
        jetty.addConnector(connector);
        jetty.setHandler(context);
        jetty.start();
        parley.start();
    }

    @AfterEach
    void stop() throws Exception {
        parley.stop();
        jetty.stop();
    }

    @Test
    void aRoleThatIsConfiguredMakesAnAdmin() throws Exception {
        assertEquals(new ContainerUser("dora", true), user("dora"));
        assertEquals(new ContainerUser("egon", false), user("egon"));
        assertNull(user(null));
    }

    private ContainerUser user(String name) throws Exception {
        WebSocket.Builder handshake = HttpClient.newHttpClient().newWebSocketBuilder();
        if (name != null) {
            handshake.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString((name + ":pass").getBytes(StandardCharsets.UTF_8)));
        }
        URI uri = URI.create("ws://localhost:" + connector.getLocalPort() + "/chat");
        handshake.buildAsync(uri, new WebSocket.Listener() {}).handle((chat, failure) -> {
            if (chat != null) {
                chat.abort();
            }
            return null;
        });
        Optional<ContainerUser> user = seen.poll(30, TimeUnit.SECONDS);
        return user == null ? new ContainerUser("no handshake was seen", false) : user.orElse(null);
    }

    /** The gate, watched: what it leaves for the endpoint. */
    private final class Watching extends ServerEndpointConfig.Configurator {

        private final ServerEndpointConfig.Configurator gate;

        Watching(ServerEndpointConfig.Configurator gate) {
            this.gate = gate;
        }

        @Override
        public boolean checkOrigin(String origin) {
            return true;
        }

        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            gate.modifyHandshake(config, request, response);
            HttpCredentials brought =
                    (HttpCredentials) config.getUserProperties().get(HandshakeGate.CREDENTIALS);
            seen.add(Optional.ofNullable(brought.container()));
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) throws InstantiationException {
            return gate.getEndpointInstance(type);
        }
    }
}
