package chat.parley.bench;

/** Tells the person who waits where a run is. One thread; one thing at a time. */
interface Progress {
    /** Something worth knowing, in one line. */
    void say(String line);

    /** Something begins that gets from 0 to {@code end}. */
    void begin(String what, long end);

    /** It has got this far. */
    void at(long value);

    /** It is over, whether it got to its end or not; nothing when nothing has begun. */
    void end();
}
