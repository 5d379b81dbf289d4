package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import chat.parley.config.SettingsLoader;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the server takes a client for, with 10.0.0.0/8 and 2001:db8:f::/48 as its proxies. */
class ClientsTest {

    private static final String PROXY = "10.0.0.1";
    private static final List<String> NONE = List.of();

    private final Clients clients = clients("auto");

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.66", "11.0.0.1", "2001:db8:e::1", "::1"})
    void whoIsNoProxyIsNotBelieved(String stranger) {
        assertEquals(
                new Clients.Client(stranger, false),
                clients.client(
                        stranger,
                        false,
                        List.of("for=198.51.100.7;proto=https"),
                        List.of("198.51.100.7"),
                        List.of("https")));
    }

    @Test
    void withoutProxiesNobodyIsBelieved() {
        Clients alone = new Clients(SettingsLoader.of(Map.of()).proxies());

        assertEquals(
                "127.0.0.1",
                alone.client("127.0.0.1", false, NONE, List.of("198.51.100.7"), NONE)
                        .address());
    }

    /** RFC 9113, section 8.3.1. */
    @Test
    void overHttp2TheHostIsNotAlwaysAHeader() {
        assertEquals("chat.example.org:8443", host("HTTP/2.0", null, "chat.example.org", 8443));
        assertEquals("[2001:db8::7]:80", host("HTTP/2", null, "2001:db8::7", 80));
        assertEquals("[2001:db8::7]:80", host("HTTP/2", null, "[2001:db8::7]", 80));
        assertEquals("a.example", host("HTTP/2.0", "a.example", "chat.example.org", 80));
        assertNull(host("HTTP/1.0", null, "chat.example.org", 80));
    }

    @Test
    void aProxyIsBelieved() {
        assertEquals("198.51.100.7", byX("198.51.100.7"));
        assertEquals("198.51.100.7", byX("198.51.100.7:4711"));
        assertEquals("2001:db8::7", byX("2001:db8::7"));
        assertEquals("2001:db8::7", byX("[2001:DB8:0::7]:4711"));
        assertEquals("198.51.100.7", byForwarded("for=198.51.100.7"));
        assertEquals("198.51.100.7", byForwarded("For=\"198.51.100.7:4711\";by=10.0.0.1;host=chat.example.org"));
        assertEquals("2001:db8::7", byForwarded("proto=https;for=\"[2001:db8::7]:_port\""));
    }

    @Test
    void aProxyMayComeByIpv6OrBeMappedIntoIt() {
        for (String peer :
                List.of("2001:db8:f::1", "[2001:db8:f:0:0:0:0:1]", "2001:db8:f::1%eth0", "::ffff:10.0.0.1")) {
            assertEquals(
                    "198.51.100.7",
                    clients.client(peer, false, NONE, List.of("198.51.100.7"), NONE)
                            .address(),
                    peer);
        }
    }

    @Test
    void whatTheClientWroteItselfIsNotRead() {
        assertEquals("203.0.113.66", byX("198.51.100.7, 203.0.113.66"));
        assertEquals("203.0.113.66", byX("10.0.0.9, 203.0.113.66, 10.0.0.2"));
        assertEquals("203.0.113.66", byX("<script>, ;;, 203.0.113.66"));
        assertEquals("203.0.113.66", byX("198.51.100.7", "203.0.113.66"));
        assertEquals("203.0.113.66", byForwarded("for=198.51.100.7, for=203.0.113.66"));
        assertEquals("203.0.113.66", byForwarded("for=\"open", "for=203.0.113.66"));
        assertEquals("203.0.113.66", byX(String.join(",", Collections.nCopies(1000, "10.0.0.9")), "203.0.113.66"));
    }

    @Test
    void theWalkGoesOnOverTrustedProxiesAndEndsAtTheFirstOther() {
        assertEquals("198.51.100.7", byX("198.51.100.7, 10.0.0.3, 10.0.0.2"));
        assertEquals("198.51.100.7", byForwarded("for=198.51.100.7, for=10.0.0.3", "for=10.0.0.2"));
        assertEquals("10.0.0.3", byX("10.0.0.3, 10.0.0.2"), "somebody in the house");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "198.51.100.7,",
                "unknown",
                "localhost",
                "198.51.100.7 198.51.100.8",
                "198.51.100.7\r\nX-Evil: 1",
                "198.51.100.7:123456",
                "198.51.100.999",
                "0x7f.1",
                "[198.51.100.7]",
                "[2001:db8::7",
                "2001:db8::7]",
                "2001:db8::7%eth0",
                "for=198.51.100.7",
                "198.51.100.7, 10.0.0.2, , 10.0.0.3"
            })
    void whatIsNoAddressIsIgnored(String value) {
        assertEquals(PROXY, byX(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "198.51.100.7",
                "for",
                "for=",
                "for=\"198.51.100.7",
                "for=\"198.51.100.7\\",
                "for=198.51.100.7;for=198.51.100.8",
                "for=2001:db8::7",
                "for=[2001:db8::7]",
                "for=unknown",
                "for=_hidden",
                "for =198.51.100.7",
                "for=198.51.100.7;",
                "for=198.51.100.7 x",
                "for=\"198.51.100.7\r\n\"",
                "for=\"open, for=203.0.113.66",
                "=198.51.100.7"
            })
    void aForwardedThatIsNotWellFormedOrTellsNoAddressIsIgnored(String value) {
        assertEquals(PROXY, byForwarded(value));
    }

    @Test
    void aChainWithoutEndIsIgnored() {
        assertEquals(PROXY, byX("198.51.100.7, " + String.join(",", Collections.nCopies(1000, "10.0.0.9"))));
    }

    @Test
    void wherePeopleSpeakTlsTheProxySaysSo() {
        assertEquals(true, isSecure(List.of("for=198.51.100.7;proto=https"), NONE, NONE));
        assertEquals(true, isSecure(List.of("proto=wss"), NONE, NONE));
        assertEquals(true, isSecure(NONE, List.of("198.51.100.7"), List.of("HTTPS")));
        assertEquals(true, isSecure(NONE, NONE, List.of("https")));
        assertEquals(true, isSecure(NONE, List.of("198.51.100.7, 10.0.0.2"), List.of("wss, http")));
        assertEquals(false, isSecure(NONE, List.of("203.0.113.66, 198.51.100.7"), List.of("https, http")));
        assertEquals(false, isSecure(NONE, List.of("198.51.100.7"), List.of("https, https")), "whose is which?");
        assertEquals(false, isSecure(NONE, List.of("198.51.100.7"), List.of("<https>")));
        assertEquals(false, isSecure(NONE, List.of("198.51.100.7"), NONE));
    }

    @Test
    void ofTwoHeadersThatDisagreeNeitherIsBelieved() {
        assertEquals(
                PROXY,
                clients.client(PROXY, false, List.of("for=192.0.2.1"), List.of("203.0.113.66"), NONE)
                        .address());
        assertEquals(
                "203.0.113.66",
                clients.client(PROXY, false, List.of("for=203.0.113.66"), List.of("203.0.113.66"), NONE)
                        .address());
    }

    @Test
    void theHeaderThatIsNotTheProxysIsNotRead() {
        List<String> forwarded = List.of("for=192.0.2.1");
        List<String> forwardedFor = List.of("203.0.113.66");

        assertEquals(
                "192.0.2.1",
                clients("forwarded")
                        .client(PROXY, false, forwarded, forwardedFor, NONE)
                        .address());
        assertEquals(
                "203.0.113.66",
                clients("x-forwarded")
                        .client(PROXY, false, forwarded, forwardedFor, NONE)
                        .address());
        assertEquals(
                PROXY,
                clients("x-forwarded")
                        .client(PROXY, false, forwarded, NONE, NONE)
                        .address());
    }

    @Test
    void aPeerWithoutAnAddressIsWhatTheContainerSays() {
        assertEquals(
                "unix",
                clients.client("unix", false, NONE, List.of("198.51.100.7"), NONE)
                        .address());
    }

    private String byX(String... lines) {
        return clients.client(PROXY, false, NONE, List.of(lines), NONE).address();
    }

    private String byForwarded(String... lines) {
        return clients.client(PROXY, false, List.of(lines), NONE, NONE).address();
    }

    private boolean isSecure(List<String> forwarded, List<String> forwardedFor, List<String> protocols) {
        return clients.client(PROXY, false, forwarded, forwardedFor, protocols).isSecure();
    }

    private static Clients clients(String header) {
        return new Clients(SettingsLoader.of(
                        Map.of("parley.proxies", "10.0.0.0/8, 2001:db8:f::/48", "parley.proxy-header", header))
                .proxies());
    }

    private String host(String protocol, String header, String name, int port) {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "getProtocol" -> protocol;
                    case "getHeader" -> arguments[0].equals("Host") ? header : null;
                    case "getHeaders" -> Collections.emptyEnumeration();
                    case "getRemoteAddr" -> "127.0.0.1";
                    case "getServerName" -> name;
                    case "getServerPort" -> port;
                    case "isSecure" -> false;
                    default -> throw new AssertionError(called);
                });
        return clients.of(request).host();
    }
}
