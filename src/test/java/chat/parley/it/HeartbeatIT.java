package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Silence: a ping first, then the end (protocol, section 1). */
class HeartbeatIT {

    @RegisterExtension
    static final TestServer server = TestServer.with(
            "parley.heartbeat.ping", "200ms", "parley.heartbeat.timeout", "4s", "parley.presence.linger", "0s");

    @Test
    void whoStaysSilentIsPingedOnceAndThenDropped() throws Exception {
        ChatClient witness = server.connect("witness");
        witness.join("silence");
        RawClient silent = server.raw("silent", Subprotocol.SINGLE);
        silent.text(Wire.request("join", "silence").build().toString());
        silent.readUntil(Wire.type("history"));

        RawClient.Frame ping = silent.readUntil(RawClient.PING);
        RawClient.Frame next = silent.read();
        while (next.opcode() == RawClient.TEXT) {
            next = silent.read();
        }

        assertEquals(0, ping.payload().length);
        assertEquals(RawClient.CLOSE, next.opcode(), "one silence is answered by one ping");
        assertEquals(4508, next.close().code());
        silent.awaitEnd();
        witness.seen().await(Wire.type("leave", "silence"));
    }

    @Test
    void whoAnswersThePingsStays() throws Exception {
        RawClient alive = server.raw("alive", Subprotocol.BATCH);
        long start = System.nanoTime();

        while (System.nanoTime() - start < 6_000_000_000L) { // longer than the timeout
            byte[] payload = alive.readUntil(RawClient.PING).payload();
            alive.send(RawClient.FINAL | RawClient.PONG, payload);
        }

        alive.text(Wire.request("ping").add("id", "still here").build().toString());
        alive.readUntil(Wire.answer("still here"));
    }

    @Test
    void whoSpeaksIsHeard() throws Exception {
        RawClient page = server.raw("page", Subprotocol.SINGLE);
        long start = System.nanoTime();

        List<?> last = List.of();
        while (System.nanoTime() - start < 6_000_000_000L) { // longer than the timeout
            page.readUntil(RawClient.PING); // which a page cannot see, nor answer
            page.text("{\"type\":\"ping\"}");
            last = page.readUntil(Wire.type("pong"));
        }

        assertTrue(last.size() >= 1);
    }
}
