package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose word is taken for a client's address; the proxy of these tests is this machine. */
class ProxyIT {

    @RegisterExtension
    static final TestServer server = TestServer.with(
            "parley.proxies",
            "127.0.0.1",
            "parley.hosts",
            "chat.example.org",
            "parley.limits.connections-per-address",
            "1");

    @Test
    void limitsGoByTheAddressThatTheProxyTells() {
        hold("X-Forwarded-For: 198.51.100.7");

        assertEquals(429, status("X-Forwarded-For: 198.51.100.7"));
        assertEquals(429, status("Forwarded: for=\"198.51.100.7:4711\""));
        assertEquals(429, status("X-Forwarded-For: 203.0.113.66, 198.51.100.7"));
        assertEquals(101, status("X-Forwarded-For: 198.51.100.8"));
    }

    @Test
    void anUnreadableHeaderIsTheProxyItself() {
        hold("X-Forwarded-For: unknown");

        assertEquals(429, status("Forwarded: for=\"open"));
        assertEquals(429, status());
    }

    @Test
    void theLogNamesTheClientInOneLine() {
        try (LogWatch log = new LogWatch("chat.parley")) {
            status("X-Forwarded-For: 198.51.100.9", "Host: evil.example");

            log.await(line -> line.contains("handshake refused") && line.contains("198.51.100.9"));
        }
    }

    @Test
    void thePageThatCameByHttpsIsTheServersOwn() {
        String own = "Origin: https://chat.example.org";

        assertEquals(
                101,
                status("Host: chat.example.org", own, "X-Forwarded-For: 198.51.100.10", "X-Forwarded-Proto: https"));
        assertEquals(403, status("Host: chat.example.org", own, "X-Forwarded-Proto: http"));
        assertEquals(403, status("Host: chat.example.org", own));
    }

    @Test
    void aStrangerIsNotBelieved() {
        try (TestServer other =
                TestServer.with("parley.proxies", "10.0.0.0/8", "parley.limits.connections-per-address", "1")) {
            other.connect("one").fence();

            assertEquals(
                    429,
                    RawClient.handshake(other.port(), "/chat", "X-Forwarded-For: 198.51.100.7")
                            .status());
        }
    }

    /** Stays until the test is over. */
    private static void hold(String header) {
        Eventually.holds("nobody is left", () -> server.parley().connections().size() == 0);
        server.closing(RawClient.connect(server.port(), "/chat", Subprotocol.SINGLE, header));
        Eventually.holds("it is counted", () -> server.parley().connections().size() == 1);
    }

    private static int status(String... headers) {
        return RawClient.handshake(server.port(), "/chat", headers).status();
    }
}
