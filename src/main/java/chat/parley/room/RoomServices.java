package chat.parley.room;

import chat.parley.config.Settings;
import chat.parley.store.StoreReader;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all rooms of a server share.
 *
 * @param epoch which log the seqs belong to
 * @param scheduler for what has to happen later; its tasks take a room's lock and nothing else
 */
record RoomServices(
        Settings settings,
        String epoch,
        StoreReader reader,
        Pages pages,
        RingMemory memory,
        Fanout fanout,
        ScheduledExecutorService scheduler,
        Clock clock) {}
