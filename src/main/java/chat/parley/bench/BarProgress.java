package chat.parley.bench;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress for a terminal. */
final class BarProgress implements Progress {
    // Given, so that the library does not start a program that asks the terminal.
    private static final int COLUMNS = 79;
    private static final int COLUMNS_WITH_NOTES = 109;
    // Seldom: what is measured shares the machine with this.
    private static final int REFRESH_MILLIS = 500;

    private final PrintStream err;
    private final String name;
    private final int columns;
    private @Nullable ProgressBar bar;

    BarProgress(PrintStream err) {
        this(err, "bench", COLUMNS);
    }

    /** With notes, which need more room. */
    BarProgress(PrintStream err, String name) {
        this(err, name, COLUMNS_WITH_NOTES);
    }

    private BarProgress(PrintStream err, String name, int columns) {
        this.err = err;
        this.name = name;
        this.columns = columns;
    }

    @Override
    public void say(String line) {
        end();
        err.println(name + ": " + line);
        err.flush();
    }

    @Override
    public void begin(String what, long end) {
        end();
        bar = new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(end)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(err, columns))
                .build();
    }

    @Override
    public void at(long value) {
        if (bar != null) {
            bar.stepTo(value);
        }
    }

    @Override
    public void at(long value, String note) {
        if (bar != null) {
            bar.setExtraMessage(note);
            bar.stepTo(value);
        }
    }

    @Override
    public void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
