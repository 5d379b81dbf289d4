package chat.parley.relay;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import chat.parley.protocol.RoomName;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what was announced. */
final class Hearing implements Relay.Listener {

    /** What was announced. */
    record Heard(RoomName room, long seq, String event) {}

    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

    @Override
    public void announced(RoomName room, long seq, byte[] event) {
        heard.add(new Heard(room, seq, new String(event, StandardCharsets.UTF_8)));
    }

    @Override
    public void typing(RoomName room, String sender) {
        heard.add(new Heard(room, 0, sender + " types"));
    }

    Heard next() throws InterruptedException {
        Heard next = heard.poll(30, TimeUnit.SECONDS);
        assertNotNull(next, "nothing more was announced");
        return next;
    }

    boolean isEmpty() {
        return heard.isEmpty();
    }
}
