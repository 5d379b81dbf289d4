package chat.parley.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.RoomName;
import chat.parley.store.CuttingProxy;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The relay by a Redis: what the others hear, and what becomes of it when the Redis goes, or stands still. */
final class RedisRelayTest extends RelayContract {

    private static final RoomName MARKS = new RoomName("marks");

    private final CuttingProxy proxy = proxy();
    private final Hearing otherHearing = new Hearing();
    private final Relay other = new RedisRelay(Redis.url(), epoch, scheduler);

    @Override
    Relay make() {
        other.start(otherHearing);
        return new RedisRelay(Redis.by(proxy.address()), epoch, scheduler);
    }

    /** A mark that each hears of the other went behind everything else. */
    @Override
    void settle() throws Exception {
        awaitConfirmation(relay, MARKS);
        awaitConfirmation(other, MARKS);
        announce(relay, MARKS, 1);
        announce(other, MARKS, 1);
        assertEquals(new Hearing.Heard(MARKS, 1, "event 1"), hearing.next());
        assertEquals(new Hearing.Heard(MARKS, 1, "event 1"), otherHearing.next());
        relay.unsubscribe(MARKS);
        other.unsubscribe(MARKS);
    }

    @AfterEach
    void endOther() throws IOException {
        other.close();
        proxy.close();
    }

    @Test
    void onceConfirmedEverythingIsHeard() throws Exception {
        for (int i = 1; i <= 200; i++) {
            RoomName room = new RoomName("room-" + i);
            assertTrue(isConfirmed(relay, room));
            announce(other, room, i);
            assertEquals(new Hearing.Heard(room, i, "event " + i), hearing.next());
        }
    }

    @Test
    void whoTypesIsHeardOf() throws Exception {
        isConfirmed(relay, KITCHEN);

        other.typing(KITCHEN, "Jörg");

        assertEquals(new Hearing.Heard(KITCHEN, 0, "Jörg types"), hearing.next());
    }

    @Test
    void roomsAreToldApart() throws Exception {
        isConfirmed(relay, KITCHEN);

        announce(other, LOBBY, 7);
        announce(other, KITCHEN, 8);

        assertEquals(new Hearing.Heard(KITCHEN, 8, "event 8"), hearing.next());
    }

    @Test
    void aRoomIsHeardUntilItWasUnsubscribedFromAsOftenAsSubscribedTo() throws Exception {
        isConfirmed(relay, LOBBY);
        isConfirmed(relay, LOBBY);

        relay.unsubscribe(LOBBY);
        isConfirmed(relay, KITCHEN); // behind it on the same connection
        announce(other, LOBBY, 1);
        assertEquals(1, hearing.next().seq());

        relay.unsubscribe(LOBBY);
        isConfirmed(relay, KITCHEN);
        announce(other, LOBBY, 2);
        announce(other, KITCHEN, 3);
        assertEquals(3, hearing.next().seq());
    }

    @Test
    void theServersOfAnotherLogAreNotHeard() throws Exception {
        isConfirmed(relay, LOBBY);
        try (Relay stranger = new RedisRelay(Redis.url(), UUID.randomUUID().toString(), scheduler)) {
            stranger.start(new Hearing());
            awaitConfirmation(stranger, LOBBY);
            announce(stranger, LOBBY, 1);
        }

        announce(other, LOBBY, 2);

        assertEquals(2, hearing.next().seq());
    }

    @Test
    void theRightsInTheManualAreEnough() throws Exception {
        String host = URI.create(Redis.url()).getHost() + ":" + Redis.port();
        try (RedisClient admin = RedisClient.create(Redis.url())) {
            admin.connect()
                    .sync()
                    .aclSetuser(
                            "relay",
                            AclSetuserArgs.Builder.reset()
                                    .resetChannels()
                                    .on()
                                    .addPassword("hush")
                                    .channelPattern("parley:*")
                                    .addCommand(CommandType.PUBLISH)
                                    .addCommand(CommandType.SUBSCRIBE)
                                    .addCommand(CommandType.UNSUBSCRIBE)
                                    .addCommand(CommandType.PING));
        }
        Hearing little = new Hearing();
        try (Relay restricted = new RedisRelay("redis://relay:hush@" + host, epoch, scheduler)) {
            restricted.start(little);
            awaitConfirmation(restricted, LOBBY);
            isConfirmed(relay, KITCHEN);

            announce(other, LOBBY, 1);
            announce(restricted, KITCHEN, 2);

            assertEquals(1, little.next().seq());
            assertEquals(2, hearing.next().seq());
        }
    }

    @Test
    void aWrongPasswordIsNoReasonToStop() throws Exception {
        String host = URI.create(Redis.url()).getHost() + ":" + Redis.port();
        try (Relay refused = new RedisRelay("redis://nobody:wrong@" + host, epoch, scheduler)) {
            refused.start(new Hearing());

            assertFalse(isConfirmed(refused, LOBBY));
            announce(refused, LOBBY, 1);
        }
    }

    @Test
    void whileItIsAwayNothingWaitsAndAfterwardsEverythingIsHeardAgain() throws Exception {
        isConfirmed(relay, LOBBY);
        proxy.goAway(true);
        while (isConfirmed(relay, KITCHEN)) {
            relay.unsubscribe(KITCHEN);
        }
        announce(relay, LOBBY, 1);

        proxy.goAway(false);

        awaitHeard();
        awaitConfirmation(relay, KITCHEN);
        announce(other, KITCHEN, 5);
        while (hearing.next().seq() != 5) {
            // what was announced while the relay came back
        }
    }

    @Test
    void oneThatStandsStillIsLeftAndAskedAnew() throws Exception {
        isConfirmed(relay, LOBBY);
        proxy.standStill(true);
        byte[] large = new byte[1 << 16];
        for (int i = 1; i <= 1_000; i++) {
            relay.announce(LOBBY, i, large);
        }
        assertFalse(isConfirmed(relay, KITCHEN), "nobody confirms");

        proxy.standStill(false);

        awaitHeard();
    }

    /** Until what the other announces is heard: announcing may lose, so more than once. */
    private void awaitHeard() throws Exception {
        for (long seq = 1; hearing.isEmpty(); seq++) {
            announce(other, LOBBY, seq);
            Thread.sleep(20);
        }
    }

    private static void awaitConfirmation(Relay relay, RoomName room) throws Exception {
        while (!isConfirmed(relay, room)) {
            relay.unsubscribe(room);
            Thread.sleep(20);
        }
    }

    private static CuttingProxy proxy() {
        try {
            return new CuttingProxy(Redis.port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
