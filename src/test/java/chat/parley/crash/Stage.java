package chat.parley.crash;

import java.util.concurrent.atomic.AtomicLong;

/** What all clients of a run do at the moment. Any thread. */
final class Stage {

    /** What clients do. */
    enum Phase {
        /** They send as fast as they are answered. */
        SEND,
        /** As before, and they cut their own connections. */
        CUT,
        /** They send nothing new and wait for answers. */
        SETTLE,
        /** They read to the head and go. */
        LEAVE
    }

    private final AtomicLong acks = new AtomicLong();
    private volatile Phase phase;

    Stage(Phase phase) {
        this.phase = phase;
    }

    Phase phase() {
        return phase;
    }

    void turnTo(Phase next) {
        phase = next;
    }

    boolean isBusy() {
        return phase == Phase.SEND || phase == Phase.CUT;
    }

    void acknowledged() {
        acks.incrementAndGet();
    }

    long acks() {
        return acks.get();
    }
}
