package chat.parley.room;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a join (protocol, section 5): the ack, then what the member missed or a page of history, and then the
 * member is LIVE from the event behind the head of its ack. The room fills it under its lock; it is given on the
 * delivery thread, and the store is read only when what it brings can be sent.
 */
final class JoinReply extends Reply {

    /** How many events one read of a catch-up asks for. */
    private static final int CATCH_UP_PAGE = 50;

    /** What a read brought. */
    private record Arrival(Queue<byte[]> objects, long upTo) {}

    private final Membership membership;
    private final @Nullable String id;
    private final int limit;
    private volatile @Nullable Admission admission;
    private volatile @Nullable Arrival arrival;

    // Delivery thread only.
    private boolean acknowledged;
    private boolean reading;
    private long given; // the seq up to which the log was given

    JoinReply(Membership membership, @Nullable String id, int limit) {
        this.membership = membership;
        this.id = id;
        this.limit = limit;
    }

    Membership membership() {
        return membership;
    }

    @Nullable String id() {
        return id;
    }

    /** Says how the join came out. Once; any thread. */
    void fill(Admission outcome) {
        admission = outcome;
        membership.outlet().filled(outcome.answer().length);
    }

    @Override
    int chargedBytes() {
        Admission outcome = admission;
        return PLACE_BYTES + (outcome == null ? 0 : outcome.answer().length);
    }

    @Override
    boolean give(ParcelBuilder out) {
        Admission outcome = admission;
        if (outcome == null) {
            return false;
        }
        if (!acknowledged) {
            if (!out.add(outcome.answer())) {
                return false;
            }
            acknowledged = true;
            given = outcome.since() == null ? -1 : outcome.since();
        }
        return outcome.isAlone() || giveLog(out, outcome);
    }

    /** Gives what the log has up to the head of the ack; then the member goes LIVE. */
    private boolean giveLog(ParcelBuilder out, Admission outcome) {
        while (true) {
            if (reading) {
                if (!giveArrived(out)) {
                    return false;
                }
                reading = false;
            }
            if (hasLeft(outcome) || goLive(outcome)) {
                return true;
            }
            byte[] page = outcome.since() == null ? pages().fromRing(room(), id, history(outcome), maxBytes()) : null;
            if (page != null) {
                arrive(List.of(page), outcome.head());
            } else if (out.isEmpty()) {
                read(outcome);
            } else {
                return false;
            }
            reading = true;
        }
    }

    /**
     * A leave may have been asked for before this was given. The history answers the join and comes all the same; what
     * a resumed join brings are events, and of these none follow a leave.
     */
    private boolean hasLeft(Admission outcome) {
        return membership.hasLeft() && (outcome.since() != null || given >= 0);
    }

    private boolean giveArrived(ParcelBuilder out) {
        Arrival brought = arrival;
        if (brought == null) {
            return false;
        }
        for (byte[] object = brought.objects().peek();
                object != null;
                object = brought.objects().peek()) {
            if (!out.add(object)) {
                return false;
            }
            brought.objects().remove();
        }
        given = brought.upTo();
        arrival = null;
        return true;
    }

    /** Goes LIVE when the log was given up to the head of the ack, or when the ring holds all the rest. */
    private boolean goLive(Admission outcome) {
        if (given < 0) {
            return false;
        }
        long position =
                given >= outcome.head() ? outcome.position() : room().log().positionOf(given + 1);
        if (position < 0) {
            return false;
        }
        membership.standAt(position, outcome.position(), given, outcome.version());
        membership.outlet().goLive(membership);
        return true;
    }

    private void read(Admission outcome) {
        if (outcome.since() == null) {
            CompletionStage<byte[]> page = pages().fromStore(room(), id, history(outcome), maxBytes());
            page.thenAccept(object -> arriveLater(List.of(object), outcome.head()));
        } else {
            pages().missed(room(), given, outcome.head(), CATCH_UP_PAGE)
                    .thenAccept(missed -> arriveLater(missed.objects(), missed.upTo()));
        }
    }

    private void arriveLater(List<byte[]> objects, long upTo) {
        arrive(objects, upTo);
        membership.outlet().wake();
    }

    private void arrive(List<byte[]> objects, long upTo) {
        arrival = new Arrival(new ArrayDeque<>(objects), upTo);
    }

    private HistoryRange history(Admission outcome) {
        return new HistoryRange(0, outcome.head() + 1, limit, false);
    }

    private Room room() {
        return membership.room();
    }

    private Pages pages() {
        return room().pages();
    }

    private int maxBytes() {
        return membership.outlet().form().maxFrameBytes();
    }
}
