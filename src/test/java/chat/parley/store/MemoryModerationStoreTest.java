package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bans on the heap keep the contract; of acts they keep the newest. */
class MemoryModerationStoreTest extends ModerationStoreContract {

    @Override
    MessageStore open() {
        return new MemoryStore(10, Long.MAX_VALUE, Clock.systemUTC());
    }

    @Test
    void theOldestActsGoWhenThereAreTooMany() {
        MemoryModerationStore moderation = new MemoryModerationStore();
        for (int i = 0; i < MemoryModerationStore.MOST_ACTS + 2; i++) {
            moderation.add(act("kick", "nobody-" + i, null));
        }

        List<StoredAct> kept = moderation.acts(Long.MAX_VALUE, Integer.MAX_VALUE);

        assertEquals(MemoryModerationStore.MOST_ACTS, kept.size());
        assertEquals("nobody-2", kept.get(kept.size() - 1).object());
    }
}
