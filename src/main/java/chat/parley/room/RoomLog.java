package chat.parley.room;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest events and notices of a room, already encoded: a ring that grows while the room is busy and shrinks when
 * it is quiet.
 *
 * <p>Promises: positions are 0, 1, 2 ... without holes; an entry below {@link #head()} is found by its position until
 * the ring drops it, oldest first; a dropped position is never answered with another entry. One thread at a time
 * writes (the room's lock); any thread reads without it. A reader takes the head first and entries after that: the
 * entry is written before the head that covers it is published.
 */
final class RoomLog {

    private static final int SMALLEST = 8;

    /** What a busy room keeps even while all rooms together hold too much: what a loaded room starts with. */
    static final int KEPT_EVENTS = 256;

    private final int maxEvents;
    private final long maxBytes;
    private final RingMemory memory;

    private volatile AtomicReferenceArray<@Nullable RoomEvent> ring = new AtomicReferenceArray<>(SMALLEST);
    private volatile Head head = new Head(0, 0, 0);

    /** The oldest position that is held; equal to the head's when none is. Written under the room's lock. */
    private volatile long tail;

    private long bytes; // of all entries held; only under the room's lock

    RoomLog(int maxEvents, long maxBytes, RingMemory memory) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.memory = memory;
    }

    /** The end of the log; entries below its position can be read. */
    Head head() {
        return head;
    }

    /** The oldest position that can still be read, or the head's when there is none. */
    long tail() {
        return tail;
    }

    /** The entry at a position below the head, or null when the ring has dropped it. */
    @Nullable RoomEvent get(long position) {
        AtomicReferenceArray<@Nullable RoomEvent> slots = ring;
        RoomEvent event = slots.get((int) (position & (slots.length() - 1)));
        return event != null && event.position() == position ? event : null;
    }

    /** The position of a numbered event, or -1 when the ring does not hold it. */
    long positionOf(long seq) {
        long low = tail;
        long high = head.position();
        while (low < high) {
            long middle = (low + high) >>> 1;
            RoomEvent event = get(middle);
            if (event == null || event.seq() < seq) {
                low = middle + 1; // dropped meanwhile: everything below is gone too
            } else {
                high = middle;
            }
        }
        RoomEvent found = low < head.position() ? get(low) : null;
        return found != null && found.isNumbered() && found.seq() == seq ? low : -1;
    }

    /** Starts behind a seq that is known from the store, before anything was appended. */
    void startAt(long seq) {
        head = new Head(head.position(), seq, head.version());
    }

    /** Goes on behind a seq that is ahead: everybody falls off, and learns what is between. */
    void restartAt(long seq) {
        while (tail < head.position()) {
            dropOldest();
        }
        long position = head.position() + 1;
        tail = position;
        head = new Head(position, seq, head.version());
    }

    /** Appends the event with the next seq. */
    void appendEvent(long seq, byte[] json) {
        append(seq, true, head.version(), json);
    }

    /** Puts other words in the place of an event's, if the ring holds it; who got the old ones is not told. */
    void replaceEvent(long seq, byte[] json) {
        long position = positionOf(seq);
        RoomEvent old = position < 0 ? null : get(position);
        if (old != null) {
            RoomEvent event = new RoomEvent(position, seq, true, old.version(), json);
            bytes += event.bytes() - old.bytes();
            memory.add(event.bytes() - old.bytes());
            ring.set((int) (position & (ring.length() - 1)), event);
        }
    }

    /** The seq above which the ring holds every event, up to the head's. */
    long floor() {
        RoomEvent oldest = tail < head.position() ? get(tail) : null;
        if (oldest == null) {
            return head.seq();
        }
        return oldest.isNumbered() ? oldest.seq() - 1 : oldest.seq();
    }

    /** Appends a notice, with the presence version once it has happened. */
    void appendNotice(long version, byte[] json) {
        append(head.seq(), false, version, json);
    }

    /** Counts a presence change that nobody is told of singly. */
    void advanceVersion(long version) {
        head = new Head(head.position(), head.seq(), version);
    }

    /** Drops the oldest entries until at most so many are left, and gives the memory back. */
    void shrinkTo(int events) {
        while (head.position() - tail > events) {
            dropOldest();
        }
        int held = (int) (head.position() - tail);
        int wanted = Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, 2 * held - 1)));
        if (wanted < ring.length()) {
            resize(wanted);
        }
    }

    /** How many bytes the entries hold. Only under the room's lock. */
    long bytes() {
        return bytes;
    }

    private void append(long seq, boolean numbered, long version, byte[] json) {
        long position = head.position();
        if (position - tail == ring.length()) {
            if (ring.length() < maxEvents) {
                resize(ring.length() * 2);
            } else {
                dropOldest();
            }
        }
        RoomEvent event = new RoomEvent(position, seq, numbered, version, json);
        bytes += event.bytes();
        memory.add(event.bytes());
        while (position > tail && isTooMuch(position - tail + 1)) {
            dropOldest();
        }
        ring.set((int) (position & (ring.length() - 1)), event);
        head = new Head(position + 1, seq, version);
    }

    private boolean isTooMuch(long events) {
        return events > maxEvents || bytes > maxBytes || (events > KEPT_EVENTS && memory.isExceeded());
    }

    private void dropOldest() {
        long position = tail;
        int slot = (int) (position & (ring.length() - 1));
        RoomEvent event = ring.get(slot);
        ring.set(slot, null);
        tail = position + 1;
        if (event != null) {
            bytes -= event.bytes();
            memory.add(-event.bytes());
        }
    }

    private void resize(int length) {
        AtomicReferenceArray<@Nullable RoomEvent> next = new AtomicReferenceArray<>(length);
        for (long position = tail; position < head.position(); position++) {
            next.set((int) (position & (length - 1)), get(position));
        }
        ring = next;
    }
}
