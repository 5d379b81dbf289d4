package chat.parley.bench;

/**
 * So many messages a second, whatever becomes of them. A message that could not be sent in time stays due, and keeps
 * the time it was meant for: no delay of the server or of this program is left out of the latency.
 */
final class OpenPace implements Pace {
    // A selector wakes up on whole milliseconds. Up to this pace the rest is waited for awake, at the cost of at most a
    // tenth of a processor; faster, a message may be up to a millisecond late, and the report says so.
    private static final long EXACT_NANOS = 10_000_000;
    private static final long MILLISECOND = 1_000_000;

    private final Timetable timetable;
    private final double interval; // nanoseconds between two of all threads' messages
    private final int thread;
    private final int threads;
    private long number; // of the next message, counted over all threads

    OpenPace(Timetable timetable, double perSecond, int thread, int threads) {
        this.timetable = timetable;
        this.interval = 1e9 / perSecond;
        this.thread = thread;
        this.threads = threads;
        this.number = thread;
    }

    @Override
    public long due(long now) {
        long intended = intended();
        return intended <= now && intended < timetable.to() ? intended : NOT_YET;
    }

    @Override
    public void startAgain() {
        number = thread;
    }

    @Override
    public void sent() {
        number += threads;
    }

    @Override
    public void done(int count) {
        // It changes nothing.
    }

    @Override
    public void refused(long now) {
        // It changes nothing.
    }

    @Override
    public long unsent() {
        if (timetable.to() == Long.MAX_VALUE) {
            return 0; // nothing was measured
        }
        double left = timetable.to() - intended();
        return left <= 0 ? 0 : (long) Math.ceil(left / (interval * threads));
    }

    @Override
    public long quiet(long now) {
        long wait = Math.max(0, intended() - now);
        return interval * threads < EXACT_NANOS ? Math.max(wait, MILLISECOND) : wait;
    }

    private long intended() {
        return timetable.begin() + (long) (number * interval);
    }
}
