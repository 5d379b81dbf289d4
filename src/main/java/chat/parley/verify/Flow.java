package chat.parley.verify;

import java.time.Duration;

/**
 * Whether things flow for one person: they are in their room, nothing they sent waits for an answer for longer than
 * {@link #FRESH}, and nothing that was said is still unread {@link #LATE} later. Written by that person's thread, read by any.
 */
final class Flow {

    /** An answer may take so long before something is the matter. */
    static final Duration FRESH = Duration.ofSeconds(2);

    /** Without its relay, a server may show what was said at another one so much later: two seconds, and half a one for us. */
    static final Duration LATE = Duration.ofMillis(2_500);

    static final Duration TICK = Duration.ofMillis(500);
    static final int LATE_TICKS = (int) (LATE.toMillis() / TICK.toMillis());

    /** To leave by oneself and come back breaks no flow. */
    static final Duration GRACE = Duration.ofMillis(1_500);

    private static final long GRACE_NANOS = GRACE.toNanos();

    private volatile long last = System.nanoTime();
    private volatile long since = last;
    private volatile long longestNanos;
    private volatile boolean began;
    private volatile boolean ended;
    private volatile String trouble = "has not come in yet";

    /** It flows now. */
    void flows() {
        long now = System.nanoTime();
        long away = now - last;
        if (!began || away > GRACE_NANOS) {
            since = now;
        }
        if (began && away > GRACE_NANOS) {
            longestNanos = Math.max(longestNanos, away);
        }
        began = true;
        last = now;
        trouble = "";
    }

    /** It does not, because of this. */
    void stops(String why) {
        trouble = why;
    }

    /** They are away because they want to: that is no outage. */
    void excuse() {
        last = System.nanoTime();
    }

    /** They go home. */
    void ends() {
        ended = true;
    }

    /** Whether it has ever flowed. */
    boolean hasBegun() {
        return began;
    }

    /** Whether it flows without a break since somewhen, at this time of {@code System.nanoTime()}. */
    boolean isFlowing(long now) {
        return began && now - last < GRACE_NANOS;
    }

    /** Since when it flows, by {@code System.nanoTime()}. */
    long since() {
        return since;
    }

    /** The longest time that nothing flowed, also one that still lasts; zero when there was none worth the name. */
    Duration longest() {
        long lasting = began && !ended ? System.nanoTime() - last : 0;
        return Duration.ofNanos(Math.max(longestNanos, lasting > GRACE_NANOS ? lasting : 0));
    }

    /** What is the matter. */
    String trouble() {
        return trouble;
    }
}
