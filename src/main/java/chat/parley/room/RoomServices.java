package chat.parley.room;

import chat.parley.config.Settings;
import chat.parley.relay.Relay;
import chat.parley.store.StoreReader;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all rooms of a server share.
 *
 * @param epoch which log the seqs belong to
 * @param isShared whether other servers append to it too
 * @param scheduler for what has to happen later; its tasks take a room's lock and nothing else
 */
record RoomServices(
        Settings settings,
        String epoch,
        boolean isShared,
        StoreReader reader,
        Relay relay,
        Pages pages,
        RingMemory memory,
        Fanout fanout,
        ScheduledExecutorService scheduler,
        Clock clock) {}
