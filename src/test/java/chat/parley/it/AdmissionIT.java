package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many handshakes are taken (protocol, section 4). One token a second: no machine is too slow for that. */
class AdmissionIT {

    private static final int BURST = 20;

    @RegisterExtension
    static final TestServer server = TestServer.with(
            "parley.proxies",
            "127.0.0.1",
            "parley.limits.handshakes-per-address",
            "1",
            "parley.limits.handshakes-per-address-burst",
            Integer.toString(BURST));

    @Test
    void tooManyFromOneAddressAre429AndToldWhenToComeBack() {
        String from = "X-Forwarded-For: 198.51.100.1";
        int taken = 0;
        RawClient.Response answer = handshake(server, from);

        for (; answer.status() == 101 && taken < 10 * BURST; taken++) {
            answer = handshake(server, from);
        }

        assertEquals(429, answer.status());
        assertEquals("1", answer.headers().get("retry-after"));
        assertTrue(taken >= BURST, taken + " were taken");
        assertEquals(101, handshake(server, "X-Forwarded-For: 198.51.100.2").status(), "another address");
        Eventually.holds("it may come back", () -> handshake(server, from).status() == 101);
    }

    @Test
    void tooManyInAllAre503AndToldWhenToComeBack() {
        try (TestServer small =
                TestServer.with("parley.limits.handshakes", "1", "parley.limits.handshakes-burst", "5")) {
            RawClient.Response answer = handshake(small);

            for (int i = 0; answer.status() == 101 && i < 100; i++) {
                answer = handshake(small);
            }

            assertEquals(503, answer.status());
            assertEquals("1", answer.headers().get("retry-after"));
        }
    }

    @Test
    void aFloodOfHandshakesCostsNobodyWhoIsConnected() {
        ChatClient alice = server.connect("alice");
        ChatClient bob = server.connect("bob");
        alice.join("calm");
        bob.join("calm");
        int refused = 0;

        for (int i = 0; i < 500; i++) {
            int status = handshake(server, "X-Forwarded-For: 203.0.113.66").status();
            refused += status == 429 ? 1 : 0;
            if (i % 100 == 0) {
                alice.say("calm", "still here");
            }
        }

        assertEquals(5, bob.seen().await(5, Wire.type("message")).size());
        assertTrue(refused > 0);
        server.connect("carol").fence();
    }

    private static RawClient.Response handshake(TestServer server, String... headers) {
        return RawClient.handshake(server.port(), "/chat", headers);
    }
}
