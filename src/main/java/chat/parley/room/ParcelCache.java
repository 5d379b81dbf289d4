package chat.parley.room;

import chat.parley.protocol.Form;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery thread built lately: members that stand at the same place of a room share the same bytes. Touched
 * by its delivery thread only, and emptied whenever that thread has nothing to do.
 */
final class ParcelCache {

    /**
     * Members of a busy room stand at up to some dozens of places; at 64 KB a parcel this bounds a thread's cache to
     * 8 MB.
     */
    private static final int SLOTS = 128;

    private final @Nullable Run[] slots = new Run[SLOTS];
    private boolean used;

    /** See {@link Run#build}. */
    @Nullable Run run(RoomLog log, Form form, long from, long liveFrom, Head head) {
        long skipped = from < liveFrom ? liveFrom : 0;
        int slot = (int) ((31L * System.identityHashCode(log) + 2 * from + (form == Form.BATCH ? 1 : 0)) & (SLOTS - 1));
        Run known = slots[slot];
        if (known != null && known.serves(log, form, from, skipped, head)) {
            return known;
        }
        Run built = Run.build(log, form, from, skipped, head);
        slots[slot] = built;
        used = true;
        return built;
    }

    void clear() {
        if (used) {
            Arrays.fill(slots, null);
            used = false;
        }
    }
}
