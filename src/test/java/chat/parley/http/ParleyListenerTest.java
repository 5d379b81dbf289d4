package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.config.SettingsException;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The WAR's start, in a container without a port. */
class ParleyListenerTest {

    private final Server server = new Server();
    private final LocalConnector connector = new LocalConnector(server);
    private final ServletContextHandler context = new ServletContextHandler("/x");

    @AfterEach
    void stop() throws Exception {
        System.clearProperty("parley.hosts");
        server.stop();
    }

    @Test
    void contextParametersAreSettings() throws Exception {
        context.setInitParameter("parley.hosts", "chat.example.org");
        context.setInitParameter("foreign", "1");
        start();

        assertEquals(403, handshake("other.example.org"));
        assertTrue(handshake("chat.example.org") != 403);
    }

    @Test
    void systemPropertiesAreSettingsToo() throws Exception {
        System.setProperty("parley.hosts", "chat.example.org");
        start();

        assertEquals(403, handshake("other.example.org"));
        assertTrue(handshake("chat.example.org") != 403);
    }

    @Test
    void contextParametersGoFirst() throws Exception {
        System.setProperty("parley.hosts", "other.example.org");
        context.setInitParameter("parley.hosts", "chat.example.org");
        start();

        assertEquals(403, handshake("other.example.org"));
    }

    @Test
    void aBadContextParameterStopsTheDeployment() {
        context.setInitParameter("parley.hots", "chat.example.org");

        SettingsException refusal = assertThrows(SettingsException.class, this::start);

        assertEquals(
                "parley.hots: no such setting; did you mean parley.hosts? (from context parameter)",
                refusal.getMessage());
    }

    @Test
    void nothingIsKeptByBrowsers() throws Exception {
        start();

        String answer = connector.getResponse("GET /x/nowhere HTTP/1.0\r\nHost: localhost\r\n\r\n");

        assertTrue(answer.contains("X-Content-Type-Options: nosniff"), answer);
        assertTrue(answer.contains("no-store"), answer);
    }

    @Test
    void thePageIsServedBelowAnyContextPath() throws Exception {
        start();

        String answer = connector.getResponse("GET /x/ HTTP/1.0\r\nHost: localhost\r\n\r\n");

        assertTrue(answer.contains(" 200 "), answer);
        assertTrue(answer.matches("(?s).* src=\"assets/[0-9a-f]+/main.js\".*"), answer);
        assertTrue(answer.contains("Cache-Control: no-cache"), answer);
    }

    @Test
    void handshakesAreCountedBeforeTheContainerUpgradesThem() throws Exception {
        context.setInitParameter("parley.limits.handshakes-per-address", "1");
        context.setInitParameter("parley.limits.handshakes-per-address-burst", "1");
        start();

        String answer = upgrade();
        for (int i = 0; i < 100 && answer.startsWith("HTTP/1.1 101"); i++) {
            answer = upgrade();
        }

        assertTrue(answer.startsWith("HTTP/1.1 429"), answer);
        assertTrue(answer.contains("Retry-After: 1"), answer);
    }

    private String upgrade() throws Exception {
        return connector.getResponse("GET /x/chat HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    }

    private void start() throws Exception {
        context.setInitParameter("parley.store.url", "memory:");
        context.setBaseResourceAsPath(Path.of("webapp"));
        context.addEventListener(new ParleyListener());
        JakartaWebSocketServletContainerInitializer.configure(context, null);
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
    }

    private int handshake(String host) throws Exception {
        String answer = connector.getResponse("GET /x/chat HTTP/1.0\r\nHost: " + host + "\r\n\r\n");
        return Integer.parseInt(answer.split(" ")[1]);
    }
}
