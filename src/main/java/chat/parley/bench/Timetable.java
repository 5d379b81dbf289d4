package chat.parley.bench;

/**
 * When what happens, for all threads: times of {@link System#nanoTime()}. The thread that measures moves it on; the
 * selector threads look at the stage first.
 */
final class Timetable {
    /** Each run goes through some of them, in this order, but that SENDING comes again after RETURNING. */
    enum Stage {
        /** Connections are opened; unless it is a storm, each joins its room as soon as it is open. */
        CONNECTING,
        /** All join at once. */
        JOINING,
        SENDING,
        /** Messages flow, and the server is about to end. */
        BREAKING,
        /** The server is there again; all connect at once, resume, and go on sending. */
        RETURNING,
        /** Nothing new is sent; what is under way arrives. */
        DRAINING,
        CLOSING
    }

    private volatile Stage stage = Stage.CONNECTING;
    private volatile long begin;
    private volatile long from = Long.MAX_VALUE;
    private volatile long to = Long.MAX_VALUE;

    Stage stage() {
        return stage;
    }

    /** The next stage, which begins at that time: what is sent at a rate is counted from it. */
    void moveTo(Stage next, long begins) {
        begin = begins;
        stage = next;
    }

    /** The next stage; what is sent at a rate goes on as it was. */
    void moveTo(Stage next) {
        stage = next;
    }

    /** What is measured lies between these; after it nothing is sent. */
    void measure(long from, long to) {
        this.from = from;
        this.to = to;
    }

    /** When it began to be sent, or when all began to join or to return. */
    long begin() {
        return begin;
    }

    /** When the measurement begins; in the far future when that is not known yet. */
    long from() {
        return from;
    }

    /** When it ends, and the sending with it. */
    long to() {
        return to;
    }
}
