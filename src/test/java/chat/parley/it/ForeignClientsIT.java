package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that nobody here has written talk with each other. */
class ForeignClientsIT {

    @RegisterExtension
    static final TestServer server = TestServer.with();

    @Test
    void theClientOfTheJdkChatsWithTyrus() throws Exception {
        ChatClient tyrus = server.connect("tyrus");
        tyrus.join("foreign");
        Seen seen = new Seen("the JDK's client");

        WebSocket jdk = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("parley.v1.batch", "parley.v1")
                .buildAsync(chat("jdk"), new Listener(seen))
                .get(30, TimeUnit.SECONDS);
        jdk.sendText(Wire.request("join", "foreign").build().toString(), true).get(30, TimeUnit.SECONDS);
        seen.await(Wire.type("history"));
        jdk.sendText("{\"type\":\"message\",\"room\":\"foreign\",", false).get(30, TimeUnit.SECONDS);
        jdk.sendText("\"content\":\"in pieces \u263A\"}", true).get(30, TimeUnit.SECONDS);
        JsonObject heard = tyrus.seen().await(Wire.type("message"));
        tyrus.say("foreign", "answer");
        List<JsonObject> both = seen.await(2, Wire.type("message"));
        jdk.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(30, TimeUnit.SECONDS);

        assertEquals("parley.v1.batch", jdk.getSubprotocol());
        assertEquals("in pieces \u263A", heard.getString("content"));
        assertEquals("jdk", heard.getString("sender"));
        assertEquals("answer", both.get(1).getString("content"));
        assertEquals(1000, seen.awaitClose().code());
    }

    @Test
    void theClientOfJettyIsFoundByItsServiceAndChats() throws Exception {
        ChatClient tyrus = server.connect("tyrus");
        tyrus.join("jetty");
        Seen seen = new Seen("Jetty's client");
        WebSocketContainer container = ContainerProvider.getWebSocketContainer();
        try {
            assertTrue(container.getClass().getName().contains("jetty"), container.getClass()::getName);
            Session jetty = container.connectToServer(
                    new Recorder(seen),
                    ClientEndpointConfig.Builder.create()
                            .preferredSubprotocols(List.of("parley.v1"))
                            .build(),
                    chat("jetty"));
            jetty.getBasicRemote()
                    .sendText(Wire.request("join", "jetty").build().toString());
            seen.await(Wire.type("history"));
            jetty.getBasicRemote().sendText(Wire.message("jetty", "m1", "hello"));

            assertEquals("hello", tyrus.seen().await(Wire.type("message")).getString("content"));
            seen.await(Wire.messageWith("m1"));
            assertEquals("parley.v1", jetty.getNegotiatedSubprotocol());
            assertTrue(jetty.getNegotiatedExtensions().isEmpty());
            jetty.close();
            assertEquals(1000, seen.awaitClose().code());
            assertFalse(jetty.isOpen());
        } finally {
            LifeCycle.stop(container);
        }
    }

    private static URI chat(String name) {
        return URI.create("ws://localhost:" + server.port() + "/chat?name=" + name);
    }

    private static final class Listener implements WebSocket.Listener {

        private final Seen seen;
        private final StringBuilder frame = new StringBuilder();

        Listener(Seen seen) {
            this.seen = seen;
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            frame.append(data);
            if (last) {
                seen.frame(frame.toString());
                frame.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            seen.closed(code, reason);
            return null;
        }
    }

    private static final class Recorder extends Endpoint {

        private final Seen seen;

        Recorder(Seen seen) {
            this.seen = seen;
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            // A class, and not a lambda: Jetty wants to know what the handler handles.
            session.addMessageHandler(new MessageHandler.Whole<String>() {
                @Override
                public void onMessage(String text) {
                    seen.frame(text);
                }
            });
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            seen.closed(reason.getCloseCode().getCode(), reason.getReasonPhrase());
        }
    }
}
