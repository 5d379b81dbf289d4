package chat.parley.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS of the embedded server, with certificates made for each test. */
class TlsIT {

    @TempDir
    Path folder;

    private Certificates first;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        first = Certificates.rsa("first");
        first.writeCertificate(certificate());
        first.writeKey(key());
        server = TestServer.with(
                "parley.tls.certificate", certificate().toString(),
                "parley.tls.key", key().toString(),
                "parley.tls.port", "0");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void thePageIsServedAndBrowsersAreAskedToRememberHttps() throws Exception {
        HttpResponse<String> page = get(first.trusting(), server.uri());

        assertEquals("https", server.uri().getScheme());
        assertEquals(200, page.statusCode());
        assertEquals(
                "max-age=31536000",
                page.headers().firstValue("Strict-Transport-Security").orElse(""));
    }

    @Test
    void theCookieIsForTlsAlone() throws Exception {
        HttpRequest guest = HttpRequest.newBuilder(server.uri().resolve("/api/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();

        HttpResponse<String> answer = HttpClient.newBuilder()
                .sslContext(first.trusting())
                .build()
                .send(guest, HttpResponse.BodyHandlers.ofString());

        String cookie = answer.headers().firstValue("Set-Cookie").orElse("");
        for (String attribute : new String[] {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"}) {
            assertTrue(List.of(cookie.split("; *")).contains(attribute), cookie);
        }
    }

    @Test
    void thePlainPortShowsTheWayAndServesNothing() throws Exception {
        URI asked = server.plainUri().resolve("/main.js?a=%20b");

        HttpResponse<String> answer = get(SSLContext.getDefault(), asked);

        assertEquals(308, answer.statusCode());
        assertEquals(
                "https://localhost:" + server.port() + "/main.js?a=%20b",
                answer.headers().firstValue("Location").orElse(""));
        assertTrue(answer.headers().firstValue("Strict-Transport-Security").isEmpty(), "not in the clear");
    }

    @Test
    void aHandshakeOrAPostOrAForeignHostIsNotSentOn() throws Exception {
        int port = server.plainUri().getPort();
        HttpRequest post = HttpRequest.newBuilder(server.plainUri())
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();

        RawClient.Response handshake = RawClient.handshake(port, "/chat?name=ann&session=secret");
        RawClient.Response own = reading(port, "localhost:" + port);
        RawClient.Response foreign = reading(port, "evil.example");

        assertEquals(403, handshake.status());
        assertFalse(handshake.headers().containsKey("location"));
        assertEquals(308, own.status());
        assertEquals(403, foreign.status());
        assertFalse(foreign.headers().containsKey("location"));
        assertEquals(
                403,
                HttpClient.newHttpClient()
                        .send(post, HttpResponse.BodyHandlers.ofString())
                        .statusCode());
    }

    @Test
    void tyrusTalksByWssAndStaysWhileTheCertificateIsReplaced() throws Exception {
        ChatClient alice = chat("alice", first);
        alice.join("secure");
        Certificates second = Certificates.ec("second");
        second.writeCertificate(certificate());
        second.writePkcs8(key());

        Eventually.holds("the new certificate is served", () -> served().equals(second.certificate()));
        ChatClient bob = chat("bob", second);
        bob.join("secure");
        alice.say("secure", "still here");

        assertEquals("still here", bob.seen().await(Wire.type("message")).getString("content"));
    }

    @Test
    void aPairThatDoesNotFitIsLoggedAndTheOldOneStays() throws Exception {
        try (LogWatch log = new LogWatch("chat.parley.server")) {
            Certificates.ec("other").writeKey(key());
            log.await(
                    line -> line.contains("stays as it was") && line.contains("is not that of the first certificate"));
            Files.delete(key());
            log.await(line -> line.contains("stays as it was") && line.contains("is not there"));

            assertEquals(first.certificate(), served());

            Certificates third = Certificates.ec("third");
            third.writeKey(key()); // SEC 1
            third.writeCertificate(certificate());
            Eventually.holds("a good one is taken", () -> served().equals(third.certificate()));
        }
    }

    private static RawClient.Response reading(int port, String host) throws IOException {
        try (RawClient client = RawClient.dial(port)) {
            client.bytes(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n").getBytes(US_ASCII));
            return client.readResponse();
        }
    }

    private ChatClient chat(String name, Certificates trusted) throws Exception {
        URI uri = URI.create("wss://localhost:" + server.port() + "/chat?name=" + name);
        return server.closing(ChatClient.connect(uri, Subprotocol.SINGLE, trusted.trusting()));
    }

    private Certificate served() {
        try (SSLSocket socket = (SSLSocket)
                Certificates.trustingAnybody().getSocketFactory().createSocket("localhost", server.port())) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> get(SSLContext trust, URI uri) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(trust)
                .build()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private Path certificate() {
        return folder.resolve("cert.pem");
    }

    private Path key() {
        return folder.resolve("key.pem");
    }
}
