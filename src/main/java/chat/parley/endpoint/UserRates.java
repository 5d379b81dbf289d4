package chat.parley.endpoint;

import chat.parley.config.Settings;
import chat.parley.relay.Ledger;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What a user may do on all connections together, to whichever servers, by the key of the identity: leaving and coming
 * back gives nothing anew. Any thread may call.
 */
public final class UserRates {

    private final SharedRate messages;
    private final SharedRate joins;
    private final SharedRate newRooms;

    /**
     * Nobody did anything yet.
     *
     * @param ledger knows what they do on other servers
     * @param scheduler for short tasks that never block
     */
    public UserRates(Settings settings, Ledger ledger, ScheduledExecutorService scheduler) {
        Settings.Limits connection = settings.limits();
        Settings.Users user = settings.users();
        KeyedRate said = new KeyedRate(
                times(connection.messagesPerSecond(), user.rate()),
                Duration.ofSeconds(1),
                times(connection.burst(), user.rate()));
        this.messages = new SharedRate("messages", said, ledger, scheduler);
        KeyedRate joined = new KeyedRate(user.joinsPerMinute(), Duration.ofMinutes(1), user.joinsPerMinute());
        this.joins = new SharedRate("joins", joined, ledger, scheduler);
        KeyedRate opened = new KeyedRate(user.newRoomsPerHour(), Duration.ofHours(1), user.newRoomsPerHour());
        this.newRooms = new SharedRate("rooms", opened, ledger, scheduler);
    }

    /** What is said. */
    SharedRate messages() {
        return messages;
    }

    /** Rooms gone into. */
    SharedRate joins() {
        return joins;
    }

    /** Rooms in which they said the first thing ever: each stays in the store. */
    SharedRate newRooms() {
        return newRooms;
    }

    private static int times(int limit, int factor) {
        return (int) Math.min(Integer.MAX_VALUE, (long) limit * factor);
    }
}
