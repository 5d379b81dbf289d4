package chat.parley.room;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The LIVE members of one room that belong to one delivery thread. Touched by that thread only, but for {@link
 * #isOccupied()}.
 */
final class Share extends Work {

    /**
     * What part of a walk's time passes before the next begins: what is said meanwhile goes with it. A send costs the
     * same whatever it carries, so this makes a busy room's messages cheaper, and none of them later by much.
     */
    private static final double REST = 0.4;

    /** With fewer members there is little to gain: a walk that took long was held up by something else. */
    private static final int MANY = 32;

    /** A shorter walk is followed at once: the clock that wakes a thread is hardly finer. */
    private static final long SHORT_NANOS = 500_000;

    /** The longest rest: a walk over ten thousand gathers enough by itself, and longer rests double its p99. */
    private static final long MAX_REST_NANOS = 6_000_000;

    private @Nullable Membership[] members = new Membership[2];

    /**
     * How many of the array are members. Written before the new member looks at the head, read after a head was
     * published.
     */
    private volatile int size;

    private long notBefore;

    boolean isOccupied() {
        return size > 0;
    }

    void add(Membership membership) {
        int at = size;
        if (at == members.length) {
            members = Arrays.copyOf(members, at * 2);
        }
        members[at] = membership;
        membership.placeAt(at);
        size = at + 1;
    }

    void remove(Membership membership) {
        int at = membership.index();
        if (at < 0) {
            return;
        }
        int last = size - 1;
        Membership moved = members[last];
        members[at] = moved;
        members[last] = null;
        if (moved != null) {
            moved.placeAt(at);
        }
        membership.placeAt(-1);
        size = last;
    }

    /** Walks the members: each that is behind the head and has nothing under way gets all it lacks as one send. */
    @Override
    void run() {
        long begin = System.nanoTime();
        int count = size;
        for (int i = 0; i < count; i++) {
            Membership membership = members[i];
            if (membership != null) {
                membership.outlet().deliver(membership);
            }
        }
        long end = System.nanoTime();
        long walk = end - begin;
        notBefore = count < MANY || walk < SHORT_NANOS
                ? 0
                : (end + Math.min((long) (walk * REST), MAX_REST_NANOS)) | 1; // never 0
    }

    @Override
    long notBefore() {
        return notBefore;
    }
}
