package chat.parley.endpoint;

import chat.parley.config.Settings;
import java.time.Duration;

/**
 * What a user may do on all connections together, by the key of the identity: leaving and coming back gives nothing
 * anew. Any thread may call.
 */
public final class UserRates {

    private final KeyedRate messages;
    private final KeyedRate joins;
    private final KeyedRate newRooms;

    /** Nobody did anything yet. */
    public UserRates(Settings settings) {
        Settings.Limits connection = settings.limits();
        Settings.Users user = settings.users();
        this.messages = new KeyedRate(
                times(connection.messagesPerSecond(), user.rate()),
                Duration.ofSeconds(1),
                times(connection.burst(), user.rate()));
        this.joins = new KeyedRate(user.joinsPerMinute(), Duration.ofMinutes(1), user.joinsPerMinute());
        this.newRooms = new KeyedRate(user.newRoomsPerHour(), Duration.ofHours(1), user.newRoomsPerHour());
    }

    /** What is said. */
    KeyedRate messages() {
        return messages;
    }

    /** Rooms gone into. */
    KeyedRate joins() {
        return joins;
    }

    /** Rooms in which they said the first thing ever: each stays in the store. */
    KeyedRate newRooms() {
        return newRooms;
    }

    private static int times(int limit, int factor) {
        return (int) Math.min(Integer.MAX_VALUE, (long) limit * factor);
    }
}
