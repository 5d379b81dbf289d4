package chat.parley.verify;

/** What all people of a run do at the moment. Any thread. */
final class Stage {

    /** What people do. */
    enum Phase {
        /** They talk, and now and then they leave and come back. */
        TALK,
        /** They say nothing new and wait for answers. */
        SETTLE,
        /** They read to the end of the log and go. */
        LEAVE
    }

    private volatile Phase phase = Phase.TALK;
    private volatile boolean staying;

    Phase phase() {
        return phase;
    }

    void turnTo(Phase next) {
        phase = next;
    }

    /** Whether nobody goes to another server of their own accord. */
    boolean isStaying() {
        return staying;
    }

    void stay(boolean now) {
        staying = now;
    }
}
