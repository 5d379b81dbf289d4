package chat.parley.bench;

/**
 * So many messages outstanding and no more: the next is due when a sender got its own message back. With a window of 0
 * nothing is ever due.
 */
final class ClosedPace implements Pace {
    // After an error the server is left alone for so long; else a refusal would be answered with the next attempt.
    private static final long REFUSED_PAUSE_NANOS = 100_000_000;
    private static final long WHILE = 100_000_000;

    private final Timetable timetable;
    private final int window;
    private int outstanding;
    private long pausedUntil = Long.MIN_VALUE;

    ClosedPace(Timetable timetable, int window) {
        this.timetable = timetable;
        this.window = window;
    }

    @Override
    public long due(long now) {
        boolean isDue = outstanding < window && now >= timetable.begin() && now < timetable.to() && now >= pausedUntil;
        return isDue ? now : NOT_YET;
    }

    @Override
    public void startAgain() {
        outstanding = 0;
    }

    @Override
    public void sent() {
        outstanding++;
    }

    @Override
    public void done(int count) {
        outstanding -= count;
    }

    @Override
    public void refused(long now) {
        outstanding--;
        pausedUntil = now + REFUSED_PAUSE_NANOS;
    }

    @Override
    public long quiet(long now) {
        if (outstanding >= window) {
            return WHILE;
        }
        // Due now, but nobody could send: that clears up in no time, or when something arrives.
        return Math.max(1_000_000, Math.max(timetable.begin(), pausedUntil) - now);
    }
}
