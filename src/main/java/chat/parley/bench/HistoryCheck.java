package chat.parley.bench;

import chat.parley.bench.JsonObject.Field;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the history that follows a join against its promise: the newest events up to the head of the ack, without a
 * hole. One that is byte for byte the same as the last that was found good is not parsed. Belongs to one selector
 * thread.
 */
final class HistoryCheck {
    // A server may cut a page where it would no longer fit one frame (protocol, section 1).
    private static final int LEAST_FRAME_BYTES = 32 * 1024;
    private static final int AROUND_BYTES = 1024;

    /** An array of events that ends with that head. */
    private record Good(long head, ByteBuffer array) {}

    private final int wanted;
    private final Rooms rooms;
    private final Tally tally;
    private final @Nullable Good[] good;
    private final JsonObject event = new JsonObject();

    /** @param wanted events a member asks for */
    HistoryCheck(int wanted, Rooms rooms, Tally tally) {
        this.wanted = wanted;
        this.rooms = rooms;
        this.tally = tally;
        this.good = new @Nullable Good[wanted == 0 ? 0 : rooms.count()];
    }

    /**
     * A member of that room, whose ack named that head, got this.
     *
     * @throws Malformed when it is no history
     */
    void check(ByteBuffer frame, JsonObject history, int room, long head) throws Malformed {
        int from = history.from(Field.MESSAGES);
        int to = history.to(Field.MESSAGES);
        if (!history.is(Field.ROOM, rooms.name(room)) || to - from < 2 || frame.get(from) != '[') {
            throw new Malformed("a history that is none");
        }
        ByteBuffer array = frame.duplicate().limit(to).position(from);
        Good known = good[room];
        if (known != null && known.head() == head && known.array().equals(array)) {
            return;
        }
        long faults = tally.lost + tally.outOfOrder;
        long first = Math.max(1, history.number(Field.FIRST));
        long expected = Math.min(wanted, Math.max(0, head - first + 1));
        long count = count(frame, from, to, head);
        boolean fits = count == 0 || (to - from) / count * expected < LEAST_FRAME_BYTES - AROUND_BYTES;
        if (count < expected && (fits || count == 0)) {
            tally.lost += expected - count;
        }
        if (tally.lost + tally.outOfOrder == faults) {
            byte[] copy = new byte[to - from];
            frame.get(from, copy);
            good[room] = new Good(head, ByteBuffer.wrap(copy));
        }
    }

    /** How many events there are, of which the last is the head and each is one more than the one before. */
    private long count(ByteBuffer frame, int from, int to, long head) throws Malformed {
        long count = 0;
        long before = -1;
        for (int at = from + 1; at < to - 1; at++) {
            at = event.read(frame, at, to - 1);
            if (at < to - 1 && frame.get(at) != ',') {
                throw new Malformed("two objects without a comma between them");
            }
            long seq = event.number(Field.SEQ);
            if (before >= 0 && seq <= before) {
                tally.outOfOrder++;
            } else if (before >= 0) {
                tally.lost += seq - before - 1;
            }
            before = seq;
            count++;
        }
        tally.lost += count == 0 ? 0 : Math.max(0, head - before);
        return count;
    }
}
