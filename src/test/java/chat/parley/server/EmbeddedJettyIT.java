package chat.parley.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parley.config.Settings;
import chat.parley.config.SettingsLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP side of the server: where it listens, what it says of its files, and its error pages. */
class EmbeddedJettyIT {

    @ParameterizedTest
    @ValueSource(strings = {"::1", "[::1]", "[0:0:0:0:0:0:0:1]"})
    void anIpv6AddressIsGoodWithAndWithoutBrackets(String host) throws Exception {
        assumeTrue(hasIpv6(), "no IPv6 on this machine");
        EmbeddedJetty jetty = EmbeddedJetty.start(settings("parley.host", host));
        try {
            assertEquals(
                    "http://[::1]:" + jetty.uri().getPort() + "/", jetty.uri().toString());
            assertEquals(200, get(jetty.uri()).statusCode());
        } finally {
            jetty.stop();
        }
    }

    @Test
    void aTakenPortIsAnIoException() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            Settings settings = settings("parley.port", "" + taken.getLocalPort());

            assertThrows(IOException.class, () -> EmbeddedJetty.start(settings));
        }
    }

    @Test
    void whatBreaksAfterItListensIsNoIoExceptionAndThePortIsFreeAgain() throws Exception {
        int port = freePort();
        EmbeddedJetty jetty = new EmbeddedJetty(settings("parley.port", "" + port));
        jetty.parley().stop(); // so that it cannot be started

        assertThrows(RejectedExecutionException.class, jetty::start);

        try (ServerSocket again = new ServerSocket()) {
            again.setReuseAddress(true);
            again.bind(new InetSocketAddress("localhost", port));
            assertTrue(again.isBound());
        }
    }

    @Test
    void errorPagesAreTextWithoutAnythingOfTheRequest() throws Exception {
        EmbeddedJetty jetty = EmbeddedJetty.start(settings("parley.port", "0"));
        try {
            HttpResponse<String> answer = get(jetty.uri().resolve("nowhere?name=ann&session=secret"));

            assertEquals(404, answer.statusCode());
            assertEquals("404 Not Found\n", answer.body());
            assertEquals(
                    "text/plain;charset=utf-8",
                    answer.headers().firstValue("Content-Type").orElse(""));
        } finally {
            jetty.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /secret HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /%00secret HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /secret\u0001 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            })
    void refusedByJettyItselfIsTextToo(String request) throws Exception {
        EmbeddedJetty jetty = EmbeddedJetty.start(settings("parley.port", "0"));
        try (Socket socket = new Socket("localhost", jetty.uri().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));

            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.contains("X-Content-Type-Options: nosniff"), answer);
            assertTrue(answer.endsWith("\r\n\r\n400 Bad Request\n"), answer);
            assertFalse(answer.contains("secret"), answer);
        } finally {
            jetty.stop();
        }
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .header("Accept", "text/html")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static Settings settings(String key, String value) {
        Map<String, String> values = new HashMap<>(Map.of("parley.port", "0", "parley.store.url", "memory:"));
        values.put(key, value);
        return SettingsLoader.of(values);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static boolean hasIpv6() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
