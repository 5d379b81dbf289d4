package chat.parley.endpoint;

import chat.parley.config.Settings;
import chat.parley.identity.Entrance;
import chat.parley.identity.People;
import chat.parley.moderation.Bans;
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
        People people,
        Entrance entrance,
        Connections connections,
        UserRates rates,
        Bans bans,
        SenderFactory senders,
        ScheduledExecutorService scheduler,
        Clock clock) {}
