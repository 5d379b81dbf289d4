package chat.parley.room;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a room, and what the room is told of it: single notices while it is small, one summary a second when it
 * is not. Not thread-safe: the room's lock guards it, but for {@link #count()}.
 */
final class Roster {

    /** Above so many people a room is told of changes by summaries, and not of typing (protocol, section 4). */
    private static final int SMALL = 100;

    private static final long SUMMARY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long TYPING_ROOM_MILLIS = 1_000;
    private static final long TYPING_MEMBER_MILLIS = 3_000;

    private final RoomLog log;
    private final Words words;
    private final Duration linger;

    /** Runs a task under the room's lock after so long. */
    private final BiConsumer<Duration, Runnable> later;

    /** Tells the other servers who is here on this one: true when somebody has come, false when gone. */
    private final BiConsumer<String, Boolean> register;

    private final Presence presence = new Presence();
    private boolean summaryWaits;
    private long summaryAt = System.nanoTime() - SUMMARY_NANOS; // when the last one was made
    private long typingAt = Long.MIN_VALUE / 2; // milliseconds, of a clock that never steps
    private volatile int count;
    private volatile boolean occupied;

    Roster(
            RoomLog log,
            Words words,
            Duration linger,
            BiConsumer<Duration, Runnable> later,
            BiConsumer<String, Boolean> register) {
        this.log = log;
        this.words = words;
        this.linger = linger;
        this.later = later;
        this.register = register;
    }

    /** How many people; any thread. */
    int count() {
        return count;
    }

    /** Whether some of them are on this server; any thread. */
    boolean isOccupied() {
        return occupied;
    }

    void enter(String name) {
        boolean was = presence.isOwn(name);
        boolean isNew = presence.enter(name);
        registered(name, was);
        if (isNew) {
            changed(name, true);
        }
    }

    void leave(String name) {
        boolean was = presence.isOwn(name);
        boolean isGone = presence.leave(name);
        registered(name, was);
        if (isGone) {
            changed(name, false);
        }
    }

    /**
     * Some people are on other servers now, or on none any more: what came of one thing is told together.
     *
     * @param quietly whether nobody is here yet who would have to be told
     */
    void elsewhere(Collection<String> came, Collection<String> went, boolean quietly) {
        int before = presence.count();
        List<String> joined = came.stream().filter(presence::enterElsewhere).toList();
        List<String> left = went.stream().filter(presence::leaveElsewhere).toList();
        int after = presence.count();
        count = after;
        if (quietly) {
            log.advanceVersion(presence.version());
        } else if (Math.max(before + joined.size(), after) <= SMALL) {
            long version = presence.version() - joined.size() - left.size();
            int people = before;
            for (String name : joined) {
                log.appendNotice(++version, words.joined(name, version, ++people));
            }
            for (String name : left) {
                log.appendNotice(++version, words.left(name, version, --people));
            }
        } else if (!joined.isEmpty() || !left.isEmpty()) {
            changedMuch();
        }
    }

    /** A connection went without a word: the person is shown for a while longer. */
    void drop(String name) {
        if (linger.isZero()) {
            leave(name);
        } else if (presence.drop(name, System.nanoTime() + linger.toNanos())) {
            later.accept(linger, () -> expire(name));
        }
    }

    /** The {@code members} object with a page of names. */
    byte[] page(@Nullable String id, @Nullable String after, int limit) {
        Presence.Names names = presence.names(after, limit);
        return words.members(id, presence.version(), presence.count(), names.names(), names.more());
    }

    /** Tells that somebody types, if the room is small and heard nothing of the kind just now; whether it did. */
    boolean typing(Membership member, long nowMillis) {
        if (presence.count() <= SMALL
                && nowMillis - typingAt >= TYPING_ROOM_MILLIS
                && nowMillis - member.lastTyping() >= TYPING_MEMBER_MILLIS) {
            typingAt = nowMillis;
            member.typed(nowMillis);
            log.appendNotice(
                    presence.version(), words.typing(member.identity().name().value()));
            return true;
        }
        return false;
    }

    /** Somebody types on another server. */
    void typingElsewhere(String name, long nowMillis) {
        if (presence.count() <= SMALL && nowMillis - typingAt >= TYPING_ROOM_MILLIS) {
            typingAt = nowMillis;
            log.appendNotice(presence.version(), words.typing(name));
        }
    }

    private void expire(String name) {
        boolean was = presence.isOwn(name);
        boolean isGone = presence.expire(name, System.nanoTime());
        registered(name, was);
        if (isGone) {
            changed(name, false);
        }
    }

    private void registered(String name, boolean was) {
        boolean is = presence.isOwn(name);
        occupied = presence.own() > 0;
        if (is != was) {
            register.accept(name, is);
        }
    }

    private void changed(String name, boolean came) {
        int people = presence.count();
        long version = presence.version();
        count = people;
        if (people <= SMALL) {
            log.appendNotice(version, came ? words.joined(name, version, people) : words.left(name, version, people));
            return;
        }
        changedMuch();
    }

    /** Tells how many there are now, if that was not told just now, else later. */
    private void changedMuch() {
        log.advanceVersion(presence.version());
        if (!summaryWaits) {
            summaryWaits = true;
            long wait = Math.max(0, summaryAt + SUMMARY_NANOS - System.nanoTime());
            later.accept(Duration.ofNanos(wait), this::summarize);
        }
    }

    private void summarize() {
        summaryWaits = false;
        summaryAt = System.nanoTime();
        log.appendNotice(presence.version(), words.summary(presence.version(), presence.count()));
    }
}
