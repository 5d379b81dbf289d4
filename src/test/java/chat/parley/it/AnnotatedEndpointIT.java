package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.http.ParleyListener;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The endpoint as the WAR has it, found by its annotations, over the portable sender: the embedded server, which all
 * other tests use, registers handlers and writes to Jetty itself.
 */
class AnnotatedEndpointIT {

    private static final Server jetty = new Server();
    private static final ServerConnector connector = new ServerConnector(jetty);

    @BeforeAll
    static void start() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/war");
        context.setInitParameter("parley.store.url", "memory:");
        context.setBaseResourceAsPath(Path.of("webapp"));
        context.addEventListener(new ParleyListener());
        JakartaWebSocketServletContainerInitializer.configure(context, null);
        connector.setHost("localhost");
        jetty.addConnector(connector);
        jetty.setHandler(context);
        jetty.start();
    }

    @AfterAll
    static void stop() throws Exception {
        jetty.stop();
    }

    @ParameterizedTest
    @EnumSource
    void peopleTalk(Subprotocol subprotocol) {
        ChatClient alice = connect("alice", subprotocol);
        ChatClient bob = connect("bob", subprotocol);
        try {
            String room = "talk-" + subprotocol;
            alice.join(room);
            bob.join(room);

            JsonObject ack = alice.say(room, "hello");

            assertEquals("ack", ack.getString("type"), ack::toString);
            JsonObject message = bob.seen().await(Wire.type("message"));
            assertEquals("hello", message.getString("content"));
            assertEquals(ack.getJsonNumber("seq"), message.getJsonNumber("seq"));
            bob.send("{\"type\":\"nonsense\"}");
            bob.seen().await(Wire.error("bad_message"));
        } finally {
            alice.close();
            bob.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoTextOrTooLongEndsTheConnection(Subprotocol subprotocol) throws Exception {
        int port = connector.getLocalPort();
        try (RawClient binary = RawClient.connect(port, "/war/chat?name=binary-" + subprotocol, subprotocol);
                RawClient large = RawClient.connect(port, "/war/chat?name=large-" + subprotocol, subprotocol)) {
            binary.bytes(RawClient.frame(RawClient.FINAL | RawClient.BINARY, new byte[3]));
            large.bytes(RawClient.frame(RawClient.FINAL | RawClient.TEXT, new byte[4097]));

            assertEquals(1003, binary.awaitClose().code());
            assertEquals(1009, large.awaitClose().code());
        }
    }

    private static ChatClient connect(String name, Subprotocol subprotocol) {
        return ChatClient.connect(
                URI.create("ws://localhost:" + connector.getLocalPort() + "/war/chat?name=" + name + "-" + subprotocol),
                subprotocol);
    }
}
