package chat.parley.room;

import chat.parley.store.StoredMessage;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Events that arrived before the ones they follow, held until those are there. Bounded: of too many the highest go,
 * and will be read from the store like the hole before them. Not thread-safe: the room's lock guards it.
 */
final class Ahead {

    /**
     * A hole of more events than this is not worth filling for those who are live (design: the ring restarts at the
     * head).
     */
    static final int MAX_EVENTS = 1_000;

    private final NavigableMap<Long, StoredMessage> events = new TreeMap<>();

    void hold(StoredMessage event) {
        events.put(event.seq(), event);
        if (events.size() > MAX_EVENTS) {
            events.pollLastEntry();
        }
    }

    /** Takes the event with this seq, if it is held; drops everything below. */
    @Nullable StoredMessage take(long seq) {
        events.headMap(seq, false).clear();
        return events.remove(seq);
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** The lowest seq held; only when not empty. */
    long lowest() {
        return events.firstKey();
    }
}
