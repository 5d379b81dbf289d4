package chat.parley.bench;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds one member's deliveries against the promise that the seqs of a room rise by exactly 1. A hole counts as lost
 * until what belongs in it comes after all; then it was out of order. What the server announced as a gap is no loss.
 */
final class SeqCheck {
    // Holes are remembered up to this many seqs, so that a broken server cannot fill the memory.
    private static final int REMEMBERED = 4096;

    private long next;
    private @Nullable TreeSet<Long> missing; // null: nothing was ever missing
    private long lost;
    private long doubled;
    private long outOfOrder;
    private long gaps;
    private long skipped;

    /** Begins behind this seq. */
    void startAfter(long head) {
        next = head + 1;
    }

    /** The seq that has to come next. */
    long next() {
        return next;
    }

    /** As many as this came in order. */
    void advance(int count) {
        next += count;
    }

    /** This one came; returns false when it, or one behind it, had come before. */
    boolean accept(long seq) {
        if (seq >= next) {
            miss(next, seq - 1);
            next = seq + 1;
            return true;
        }
        if (missing != null && missing.remove(seq)) {
            lost--;
            outOfOrder++;
        } else {
            doubled++;
        }
        return false;
    }

    /** The server says that it skips these; nothing when only notices were skipped. */
    void gap(long from, long to) {
        gaps++;
        if (from > 0 && to >= next) {
            miss(next, from - 1);
            skipped += to - Math.max(from, next) + 1;
            next = to + 1;
        }
    }

    /** Nothing more will come, and the room has got this far. */
    void end(long head) {
        miss(next, head);
    }

    long lost() {
        return lost;
    }

    long doubled() {
        return doubled;
    }

    long outOfOrder() {
        return outOfOrder;
    }

    /** Gap events. */
    long gaps() {
        return gaps;
    }

    /** Seqs that those announced as skipped. */
    long skipped() {
        return skipped;
    }

    private void miss(long from, long to) {
        if (from > to) {
            return;
        }
        lost += to - from + 1;
        TreeSet<Long> holes = missing == null ? new TreeSet<>() : missing;
        missing = holes;
        for (long seq = from; seq <= to && holes.size() < REMEMBERED; seq++) {
            holes.add(seq);
        }
    }
}
