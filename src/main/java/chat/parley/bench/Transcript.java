package chat.parley.bench;

import java.nio.ByteBuffer;

/**
 * The newest events of one room, as bytes, one behind the other with commas between: what every member must be sent. It
 * makes checking cheap: an event is parsed once, and for every other member the frame is compared with the bytes that
 * stand here, many events at a time, however the server cut them into frames. Bounded: what is oldest goes. Belongs to
 * one selector thread.
 */
final class Transcript {
    // An event is seldom shorter; so the table of events is never the bound.
    private static final int LEAST_EVENT_BYTES = 128;

    private final int capacity;
    private final int mask;
    private ByteBuffer bytes = ByteBuffer.allocate(0); // until the first event: idle rooms cost nothing
    private int[] starts = {};
    private int[] ends = {}; // the comma stands there
    private long[] sentAt = {};
    private int[] senders = {};
    private int[] numbers = {};

    private long oldest; // equal to next when there is nothing
    private long next;
    private int write; // where the next event goes
    private int lapEnd; // where the last lap through the bytes ended

    /** @param capacity in bytes, a power of two */
    Transcript(int capacity) {
        this.capacity = capacity;
        this.mask = capacity / LEAST_EVENT_BYTES - 1;
    }

    /** Whether the event stands here. */
    boolean holds(long seq) {
        return seq >= oldest && seq < next;
    }

    long sentAt(long seq) {
        return sentAt[slot(seq)];
    }

    int sender(long seq) {
        return senders[slot(seq)];
    }

    int number(long seq) {
        return numbers[slot(seq)];
    }

    /** Adds the event at these places of a frame, unless something newer stands here already. */
    void add(long seq, ByteBuffer frame, int from, int to, Stamp stamp) {
        int length = to - from + 1;
        if (seq < next || length > capacity / 2) {
            return;
        }
        if (starts.length == 0) {
            allocate();
        }
        if (seq > next) {
            oldest = seq;
            next = seq;
        }
        int at = place(length);
        bytes.put(at, frame, from, length - 1);
        bytes.put(at + length - 1, (byte) ',');
        write = at + length;
        int slot = slot(seq);
        starts[slot] = at;
        ends[slot] = write - 1;
        sentAt[slot] = stamp.sentAt();
        senders[slot] = stamp.sender();
        numbers[slot] = stamp.number();
        next++;
    }

    /** Whether an event that stands here has exactly these bytes. */
    boolean isSame(long seq, ByteBuffer frame, int from, int to) {
        int slot = slot(seq);
        int length = to - from;
        return ends[slot] - starts[slot] == length
                && bytes.slice(starts[slot], length).mismatch(frame.slice(from, length)) < 0;
    }

    /**
     * How many events, from {@code seq} on without a hole, stand in the frame from its position on, up to its limit.
     * Moves the position behind them and their commas.
     */
    int match(ByteBuffer frame, long seq) {
        int count = 0;
        while (frame.hasRemaining() && holds(seq + count)) {
            int found = matchRun(frame, seq + count);
            if (found == 0) {
                break;
            }
            count += found;
        }
        return count;
    }

    /** As {@link #match}, as far as the events stand here in one piece. */
    private int matchRun(ByteBuffer frame, long seq) {
        int run = starts[slot(seq)];
        int runEnd = run < write ? write : lapEnd;
        int from = frame.position();
        int limit = frame.limit();
        int length = Math.min(runEnd - run, limit - from);
        bytes.limit(run + length).position(run);
        int mismatch = frame.limit(from + length).mismatch(bytes);
        frame.limit(limit);
        bytes.clear();
        int same = mismatch < 0 ? length : mismatch;

        int matched = 0;
        int count = 0;
        while (holds(seq + count) && starts[slot(seq + count)] == run + matched) {
            int end = ends[slot(seq + count)] - run;
            boolean whole = end < same || (end == same && from + end == limit);
            if (!whole) {
                break;
            }
            matched = end + 1;
            count++;
        }
        frame.position(Math.min(from + matched, limit));
        return count;
    }

    private int place(int length) {
        int at = write;
        if (at + length > capacity) {
            // What is left of the lap before stands behind, and would no longer be the oldest in the order of the
            // bytes.
            while (oldest < next && starts[slot(oldest)] >= at) {
                oldest++;
            }
            lapEnd = at;
            at = 0;
        }
        while (oldest < next && (next - oldest > mask || isOverwritten(slot(oldest), at, at + length))) {
            oldest++;
        }
        return at;
    }

    private boolean isOverwritten(int slot, int from, int to) {
        return starts[slot] < to && ends[slot] >= from;
    }

    private int slot(long seq) {
        return (int) seq & mask;
    }

    private void allocate() {
        bytes = ByteBuffer.allocateDirect(capacity);
        starts = new int[mask + 1];
        ends = new int[mask + 1];
        sentAt = new long[mask + 1];
        senders = new int[mask + 1];
        numbers = new int[mask + 1];
    }
}
