package chat.parley.bench;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** Progress for a file or a pipe: a line when something begins, and from time to time while it lasts. */
final class LineProgress implements Progress {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final PrintStream err;
    private String what = "";
    private long end;
    private long lastLine;

    LineProgress(PrintStream err) {
        this.err = err;
    }

    @Override
    public void say(String line) {
        err.println("bench: " + line);
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
        if (System.nanoTime() - lastLine > EVERY_NANOS) {
            say("%s: %d of %d".formatted(what, value, end));
        }
    }

    @Override
    public void end() {
        what = "";
    }
}
