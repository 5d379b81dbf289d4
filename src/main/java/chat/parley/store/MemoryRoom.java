package chat.parley.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The log of one room in a {@link MemoryStore}: its newest messages, by number and by dedupe key. Any thread may
 * call.
 */
final class MemoryRoom {

    /** What a message takes beside its texts, in the window and by its key; measured, rounded up. */
    private static final int OVERHEAD_BYTES = 256;

    private record Key(String author, String id) {}

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();

    /** The newest messages, ascending; the last one is {@code head}. */
    @GuardedBy("lock") private final ArrayList<StoredMessage> window = new ArrayList<>();

    /**
     * How many at the front of the window are forgotten already: dropped in bulk, so that an append costs no copy.
     */
    @GuardedBy("lock") private int forgotten;

    @GuardedBy("lock") private final Map<Key, StoredMessage> byKey = new HashMap<>();

    @GuardedBy("lock") private long head;

    @GuardedBy("lock") private long lastTimestamp;

    @GuardedBy("lock") private long bytes;

    MemoryRoom(int capacity) {
        this.capacity = capacity;
    }

    Outcome append(Draft draft, long now) {
        lock.lock();
        try {
            Key key = new Key(draft.author().key(), draft.id());
            StoredMessage known = byKey.get(key);
            if (known != null) {
                return known.content().equals(draft.content()) ? new Outcome.Duplicate(known) : new Outcome.Conflict();
            }
            lastTimestamp = Math.max(lastTimestamp, now);
            StoredMessage message = new StoredMessage(
                    draft.room(), head + 1, draft.author(), draft.id(), draft.content(), lastTimestamp);
            put(key, message);
            return new Outcome.Stored(message, first());
        } finally {
            lock.unlock();
        }
    }

    /** When its newest message was numbered, milliseconds since the Unix epoch. */
    long lastTimestamp() {
        lock.lock();
        try {
            return lastTimestamp;
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes its messages take. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the oldest messages, as few as make so many bytes, or all; how many bytes that were. */
    long forget(long wanted) {
        lock.lock();
        try {
            long before = bytes;
            while (before - bytes < wanted && forgotten < window.size()) {
                forgetOldest();
            }
            return before - bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Puts what an author said under their name of today, and empties it if asked; false when they said nothing. */
    boolean retouch(String key, String name, boolean erases) {
        lock.lock();
        try {
            boolean spoke = false;
            for (int i = forgotten; i < window.size(); i++) {
                StoredMessage said = window.get(i);
                if (said.author().key().equals(key)) {
                    spoke = true;
                    StoredMessage now = new StoredMessage(
                            said.room(),
                            said.seq(),
                            new Author(key, name, said.author().guest()),
                            said.id(),
                            erases ? "" : said.content(),
                            said.timestamp());
                    window.set(i, now);
                    byKey.put(new Key(key, said.id()), now);
                    bytes += size(now) - size(said);
                }
            }
            return spoke;
        } finally {
            lock.unlock();
        }
    }

    RoomState state(int newest) {
        lock.lock();
        try {
            long from = Math.max(first(), head - newest + 1);
            return new RoomState(head, first(), slice(from, head));
        } finally {
            lock.unlock();
        }
    }

    Page read(Range range) {
        lock.lock();
        try {
            long lowest = Math.max(first(), Math.min(range.after(), head) + 1);
            long highest = Math.min(head, range.before() - 1);
            long from = range.upwards() ? lowest : Math.max(lowest, highest - range.limit() + 1);
            long to = range.upwards() ? Math.min(highest, lowest + range.limit() - 1) : highest;
            boolean more = range.upwards() ? to < highest : from > lowest;
            return new Page(slice(from, to), more && from <= to, first());
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private long first() {
        return head - (window.size() - forgotten) + 1;
    }

    @GuardedBy("lock") private void put(Key key, StoredMessage message) {
        window.add(message);
        byKey.put(key, message);
        head = message.seq();
        bytes += size(message);
        if (window.size() - forgotten > capacity) {
            forgetOldest();
        }
    }

    @GuardedBy("lock") private void forgetOldest() {
        StoredMessage oldest = window.get(forgotten++);
        byKey.remove(new Key(oldest.author().key(), oldest.id()));
        bytes -= size(oldest);
        if (forgotten > capacity / 4 + 16 || forgotten == window.size()) {
            window.subList(0, forgotten).clear();
            forgotten = 0;
        }
    }

    private static long size(StoredMessage message) {
        return OVERHEAD_BYTES + 2L * (message.content().length() + message.id().length());
    }

    @GuardedBy("lock") private List<StoredMessage> slice(long from, long to) {
        if (from > to) {
            return List.of();
        }
        int offset = (int) (from - first()) + forgotten;
        return List.copyOf(window.subList(offset, offset + (int) (to - from) + 1));
    }
}
