package chat.parley.relay;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.RoomName;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Relay} promises. A backend's test extends this and says how one is made. */
@Timeout(60)
abstract class RelayContract {

    static final RoomName LOBBY = new RoomName("lobby");
    static final RoomName KITCHEN = new RoomName("küche");

    final String epoch = UUID.randomUUID().toString();
    final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    final Hearing hearing = new Hearing();
    Relay relay;

    /** One that is not started. */
    abstract Relay make();

    /** Returns when everything announced so far was heard by whoever hears it. */
    abstract void settle() throws Exception;

    @BeforeEach
    void start() throws Exception {
        relay = make();
        relay.start(hearing);
        settle();
    }

    @AfterEach
    void end() {
        relay.close();
        scheduler.shutdownNow();
    }

    @Test
    void aSubscriptionIsConfirmed() throws Exception {
        assertTrue(isConfirmed(relay, LOBBY));
        assertTrue(isConfirmed(relay, LOBBY));
        relay.unsubscribe(LOBBY);
        relay.unsubscribe(LOBBY);
        assertTrue(isConfirmed(relay, LOBBY));
    }

    @Test
    void whatIsAnnouncedHereIsNotHeardHere() throws Exception {
        isConfirmed(relay, LOBBY);

        announce(relay, LOBBY, 1, 2, 3);
        relay.typing(LOBBY, "anna");
        settle();

        assertTrue(hearing.isEmpty());
    }

    @Test
    void aClosedOneTakesEverythingAndDoesNothing() throws Exception {
        relay.close();

        announce(relay, LOBBY, 1);
        relay.unsubscribe(LOBBY);
        relay.subscribe(LOBBY).toCompletableFuture().get(30, TimeUnit.SECONDS);
        relay.close();

        assertTrue(hearing.isEmpty());
    }

    static boolean isConfirmed(Relay relay, RoomName room) throws Exception {
        return relay.subscribe(room).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    static void announce(Relay relay, RoomName room, long... seqs) {
        for (long seq : seqs) {
            relay.announce(room, seq, ("event " + seq).getBytes(StandardCharsets.UTF_8));
        }
    }
}
