package chat.parley.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.atomic.AtomicLongArray;

/** The rooms of a run: their names, and how far each has got as any thread has heard. For all threads. */
final class Rooms {
    private final byte[][] names;
    private final AtomicLongArray heads;

    Rooms(int count) {
        names = new byte[count][];
        for (int i = 0; i < count; i++) {
            names[i] = ("bench-" + i).getBytes(UTF_8);
        }
        heads = new AtomicLongArray(count);
    }

    int count() {
        return names.length;
    }

    /** The room's name in UTF-8; not to be changed. */
    byte[] name(int room) {
        return names[room];
    }

    /** An ack or an event says that the room has got this far. */
    void reached(int room, long seq) {
        if (seq > heads.get(room)) {
            heads.accumulateAndGet(room, seq, Math::max);
        }
    }

    long head(int room) {
        return heads.get(room);
    }
}
