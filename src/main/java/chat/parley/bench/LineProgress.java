package chat.parley.bench;

import java.io.PrintStream;
import java.time.Duration;

/** Progress for a file or a pipe: a line when something begins, and from time to time while it lasts. */
final class LineProgress implements Progress {
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final PrintStream err;
    private final String name;
    private final long everyNanos;
    private String what = "";
    private long end;
    private long lastLine;

    LineProgress(PrintStream err) {
        this(err, "bench", EVERY);
    }

    LineProgress(PrintStream err, String name, Duration every) {
        this.err = err;
        this.name = name;
        this.everyNanos = every.toNanos();
    }

    @Override
    public void say(String line) {
        err.println(name + ": " + line);
        err.flush();
        lastLine = System.nanoTime();
    }

    @Override
    public void begin(String what, long end) {
        this.what = what;
        this.end = end;
        say(what + " (" + end + ")");
    }

    @Override
    public void at(long value) {
        at(value, "");
    }

    @Override
    public void at(long value, String note) {
        if (System.nanoTime() - lastLine > everyNanos) {
            say("%s: %d of %d%s".formatted(what, value, end, note.isEmpty() ? "" : "; " + note));
        }
    }

    @Override
    public void end() {
        what = "";
    }
}
