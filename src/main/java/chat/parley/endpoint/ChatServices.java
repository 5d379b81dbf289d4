package chat.parley.endpoint;

import chat.parley.config.Settings;
import chat.parley.identity.Arrivals;
import chat.parley.identity.Entrance;
import chat.parley.identity.People;
import chat.parley.moderation.Bans;
import chat.parley.room.RoomManager;
import chat.parley.store.Wakefulness;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all connections of a server share.
 *
 * @param resuming carries out what waited for the store or for this server to wake, never on the threads it waited for
 * @param scheduler for short tasks that never block
 */
public record ChatServices(
        Settings settings,
        RoomManager rooms,
        People people,
        Entrance entrance,
        Arrivals arrivals,
        Wakefulness wakefulness,
        Connections connections,
        UserRates rates,
        Bans bans,
        SenderFactory senders,
        Executor resuming,
        ScheduledExecutorService scheduler,
        Clock clock) {}
