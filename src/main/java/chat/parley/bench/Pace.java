package chat.parley.bench;

/** When the next message is due. One for each selector thread, called from it alone. */
interface Pace {
    /** {@link #due} when nothing is. */
    long NOT_YET = Long.MAX_VALUE;

    /** The time the next message is meant to be sent, if that is now or past; else {@link #NOT_YET}. */
    long due(long now);

    /** What was due and could not be sent is forgotten; what follows is counted from the timetable's beginning. */
    void startAgain();

    /** The message that was due is on its way. */
    void sent();

    /** So many messages came back, or never will. */
    void done(int count);

    /** A message was refused. */
    void refused(long now);

    /** How many messages were due before the end and never sent: the rate that was asked for was not reached. */
    default long unsent() {
        return 0;
    }

    /** Nanoseconds in which nothing becomes due by itself; 0: ask again at once. */
    long quiet(long now);
}
