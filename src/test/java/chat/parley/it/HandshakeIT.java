package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, before there is a connection (protocol, section 4). */
class HandshakeIT {

    @RegisterExtension
    static final TestServer server =
            TestServer.with("parley.origins", "https://chat.example.org", "parley.hosts", "chat.example.org");

    @Test
    void aClientWithoutAnOriginIsNoBrowserAndIsLetIn() {
        assertEquals(101, status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://localhost", // another port
                "http://localhost:1",
                "https://localhost:PORT", // another scheme
                "http://localhost:PORT.evil.example",
                "http://evil.example/localhost:PORT",
                "http://localhost:PORT@evil.example",
                "http://chat.example.org",
                "https://chat.example.org.evil.example",
                "",
                "\u00FC"
            })
    void aForeignOriginIsRefused(String origin) {
        assertEquals(403, status("Origin: " + ported(origin)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:PORT", "http://LOCALHOST:PORT", "https://chat.example.org"})
    void theOwnOriginAndAnAllowedOneAreLetIn(String origin) {
        assertEquals(101, status("Origin: " + ported(origin)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:PORT", "127.0.0.1.evil.example:PORT", "localhost.evil.example"})
    void aForeignHostIsRefusedEvenIfTheOriginIsTheSame(String host) {
        assertEquals(403, status("Host: " + ported(host)));
        assertEquals(403, status("Host: " + ported(host), "Origin: http://" + ported(host)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:PORT",
                "[::1]:PORT",
                "localhost:PORT",
                "LocalHost",
                "chat.example.org",
                "chat.example.org:PORT"
            })
    void theNamesOfTheServerAreLetIn(String host) {
        assertEquals(101, status("Host: " + ported(host)));
        assertEquals(101, status("Host: " + ported(host), "Origin: http://" + ported(host)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "parley.v1.batch.x", "x, y"})
    void anUnknownSubprotocolIsAsGoodAsNone(String offer) {
        RawClient.Response response = RawClient.handshake(server.port(), "/chat", "Sec-WebSocket-Protocol: " + offer);

        assertEquals(101, response.status());
        assertEquals("", response.headers().getOrDefault("sec-websocket-protocol", ""));
    }

    @Test
    void theBatchedFormIsPreferredWhereBothAreOffered() {
        RawClient.Response response =
                RawClient.handshake(server.port(), "/chat", "Sec-WebSocket-Protocol: parley.v1, parley.v1.batch");

        assertEquals("parley.v1.batch", response.headers().get("sec-websocket-protocol"));
    }

    @Test
    void aFullServerAnswers503AndWhenToComeBack() {
        try (TestServer small = TestServer.with("parley.limits.connections", "3")) {
            List<ChatClient> guests = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                guests.add(small.connect("guest"));
                guests.get(i).fence();
            }

            RawClient.Response refused = RawClient.handshake(small.port(), "/chat");
            guests.get(0).close();
            Eventually.holds("one is gone", () -> small.parley().connections().size() == 2);

            assertEquals(503, refused.status());
            assertTrue(Integer.parseInt(refused.headers().get("retry-after")) > 0);
            small.connect("late").fence();
            guests.get(1).fence();
        }
    }

    @Test
    void tooManyFromOneAddressAnswer429AndWhenToComeBack() {
        try (TestServer small = TestServer.with("parley.limits.connections-per-address", "2")) {
            ChatClient one = small.connect("one");
            small.connect("two").fence();
            one.fence();

            RawClient.Response refused = RawClient.handshake(small.port(), "/chat");
            one.close();
            Eventually.holds("one is gone", () -> small.parley().connections().size() == 1);

            assertEquals(429, refused.status());
            assertTrue(Integer.parseInt(refused.headers().get("retry-after")) > 0);
            small.connect("three").fence();
        }
    }

    @Test
    void asManyRoomsAsThereMayBeAreBusyUntilOneIsFree() {
        try (TestServer small = TestServer.with(
                "parley.limits.rooms", "2", "parley.rooms.idle", "0s", "parley.presence.linger", "0s")) {
            ChatClient alice = small.connect("alice");
            alice.join("one");
            alice.join("two");

            var refused = alice.get(Wire.request("join", "three"));
            alice.get(Wire.request("leave", "one"));
            Eventually.holds("a room is dropped", () -> small.parley().rooms() == 1);

            assertEquals("busy", refused.getString("code"));
            assertTrue(refused.getBoolean("temporary"));
            assertEquals("ack", alice.join("three").getString("type"));
        }
    }

    private static int status(String... headers) {
        return RawClient.handshake(server.port(), "/chat", headers).status();
    }

    private static String ported(String text) {
        return text.replace("PORT", Integer.toString(server.port()));
    }
}
