package chat.parley.load;

/** When what happens, for all threads. {@link Run} moves it on; the selector threads look at the stage first. */
final class Timetable {
    /** In this order. */
    enum Stage {
        CONNECTING,
        SENDING,
        DRAINING,
        CLOSING
    }

    private volatile Stage stage = Stage.CONNECTING;
    private long begin; // these are written before the stage that uses them
    private long from = Long.MAX_VALUE;
    private long to = Long.MAX_VALUE;

    Stage stage() {
        return stage;
    }

    /** Begins to send at a time of {@link System#nanoTime()}, and to measure after the warm-up. */
    void startSending(long begin, long warmupNanos, long measuredNanos) {
        this.begin = begin;
        this.from = begin + warmupNanos;
        this.to = from + measuredNanos;
        stage = Stage.SENDING;
    }

    void moveTo(Stage next) {
        stage = next;
    }

    long begin() {
        return begin;
    }

    /** When the measurement begins. */
    long from() {
        return from;
    }

    /** When it ends, and the sending with it. */
    long to() {
        return to;
    }
}
