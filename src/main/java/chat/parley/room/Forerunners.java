package chat.parley.room;

import chat.parley.protocol.ClientMessage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Joins that are not answered by what is known here: of those who have seen more, on another server, and of those who come
 * into a room that nobody was in while others may have talked. They are answered once the room has what they have, or all
 * that the store has. Many wait for one look into the store; a look
 * counts for those who were there when it began. Not thread-safe: the room's lock guards it. Bounded as answers are.
 */
final class Forerunners {

    /** Whoever was promised by so many looks what cannot be read waits for no more. */
    private static final int MOST_LOOKS = 2;

    /** A join that waits. */
    record Join(JoinReply reply, ClientMessage.Join request) {}

    private static final class Entry {
        private final Join join;

        /** The seq at which it is answered. */
        private long target;

        private boolean asked;
        private boolean answered;
        private int looks;

        private Entry(Join join, long target) {
            this.join = join;
            this.target = target;
        }
    }

    private final List<Entry> entries = new ArrayList<>(0);
    private boolean asking;

    /** Has a join wait until the room has this seq, or all that the store has. */
    void add(JoinReply reply, ClientMessage.Join request, long target) {
        entries.add(new Entry(new Join(reply, request), target));
    }

    /** Whether the store has to be asked for its head now; then the caller does, and says {@link #answered} or takes all. */
    boolean startAsking() {
        if (asking || entries.stream().allMatch(entry -> entry.asked)) {
            return false;
        }
        asking = true;
        for (Entry entry : entries) {
            if (!entry.asked) {
                entry.asked = true;
                entry.looks++;
            }
        }
        return true;
    }

    /** The store's head, read after {@link #startAsking}: nobody who waited then needs to wait for more. */
    void answered(long head) {
        asking = false;
        for (Entry entry : entries) {
            if (entry.asked) {
                entry.answered = true;
                entry.target = Math.min(entry.target, head);
            }
        }
    }

    /**
     * What was read ends here, though a look promised more. It may have been read before that was stored; so those who were
     * answered are asked for again, but not for ever.
     */
    void believeOnly(long head) {
        for (Entry entry : entries) {
            if (entry.answered && entry.looks < MOST_LOOKS) {
                entry.asked = false;
                entry.answered = false;
            } else if (entry.answered) {
                entry.target = Math.min(entry.target, head);
            }
        }
    }

    /** Takes those who need no more than this. */
    List<Join> takeUpTo(long seq) {
        if (entries.isEmpty()) {
            return List.of();
        }
        List<Join> ready = new ArrayList<>();
        for (Iterator<Entry> rest = entries.iterator(); rest.hasNext(); ) {
            Entry entry = rest.next();
            if (entry.target <= seq) {
                ready.add(entry.join);
                rest.remove();
            }
        }
        return ready;
    }

    /** Takes all of them, because the store cannot be read. */
    List<Join> takeAll() {
        return takeUpTo(Long.MAX_VALUE);
    }
}
