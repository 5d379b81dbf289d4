package chat.parley.bench;

import java.io.PrintStream;
import java.time.Duration;

/** Tells the person who waits where a run is. One thread; one thing at a time. */
public interface Progress {

    /**
     * For whoever looks at standard error.
     *
     * @param terminal whether that is a person; a file gets a line now and then
     * @param name of the command
     * @param every how often a file gets a line
     */
    static Progress on(PrintStream err, boolean terminal, String name, Duration every) {
        return terminal ? new BarProgress(err, name) : new LineProgress(err, name, every);
    }

    /** Something worth knowing, in one line. */
    void say(String line);

    /** Something begins that gets from 0 to {@code end}. */
    void begin(String what, long end);

    /** It has got this far. */
    void at(long value);

    /** It has got this far, and this is to be said of it. */
    void at(long value, String note);

    /** It is over, whether it got to its end or not; nothing when nothing has begun. */
    void end();
}
