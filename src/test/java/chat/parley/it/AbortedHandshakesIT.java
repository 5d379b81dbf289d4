package chat.parley.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that are gone before the server has taken them in: none of them is counted for ever. */
@Timeout(120)
class AbortedHandshakesIT {

    private static final int CLIENTS = 4_000;

    @Test
    void whoIsGoneBeforeTheWelcomeIsNotCountedForEver() throws Exception {
        try (TestServer server = TestServer.with()) {
            for (int i = 0; i < CLIENTS; i++) {
                RawClient client = RawClient.dial(server.port());
                client.bytes(RawClient.handshakeOf(
                                server.port(), "/chat?name=gone-" + i, "Sec-WebSocket-Protocol: parley.v1")
                        .getBytes(ISO_8859_1));
                if (i % 3 == 1) {
                    Thread.sleep(0, 300_000); // so that some go before the handshake is read, and some within it
                }
                client.reset();
            }
        } // which waits until everybody is gone
    }
}
