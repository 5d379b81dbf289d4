package chat.parley.endpoint;

import chat.parley.config.Settings;
import chat.parley.identity.Guests;
import chat.parley.room.RoomManager;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all connections of a server share.
 *
 * @param scheduler for short tasks that never block
 */
public record ChatServices(
        Settings settings,
        RoomManager rooms,
        Guests guests,
        Connections connections,
        UserRates rates,
        SenderFactory senders,
        ScheduledExecutorService scheduler,
        Clock clock) {}
