package chat.parley.room;

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

    private final NavigableMap<Long, byte[]> events = new TreeMap<>();

    /** Holds an event, encoded. */
    void hold(long seq, byte[] event) {
        events.put(seq, event);
        if (events.size() > MAX_EVENTS) {
            events.pollLastEntry();
        }
    }

    /** Takes the event with this seq, if it is held; drops everything below. */
    byte @Nullable [] take(long seq) {
        events.headMap(seq, false).clear();
        return events.remove(seq);
    }

    void clear() {
        events.clear();
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** The lowest seq held; only when not empty. */
    long lowest() {
        return events.firstKey();
    }
}
