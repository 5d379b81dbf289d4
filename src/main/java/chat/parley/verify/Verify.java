package chat.parley.verify;

import chat.parley.bench.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A whole verification: people talk, things are broken, the log is read back, and a report says what was found. */
public final class Verify {

    private static final Duration LINE_EVERY = Duration.ofSeconds(5);
    private static final Duration ENTRY = Duration.ofSeconds(10);
    private static final int STEP_MILLIS = 250;

    private final Plan plan;
    private final @Nullable Path json;
    private final PrintStream out;
    private final Progress progress;
    private final boolean terminal;
    private final List<Strike> strikes = new CopyOnWriteArrayList<>();
    private volatile boolean ending;

    /**
     * A verification that has not begun.
     *
     * @param json where to write the report for programs; null: nowhere
     * @param out gets the report
     * @param err hears how far it is
     * @param terminal whether a person looks at that
     */
    public Verify(Plan plan, @Nullable Path json, PrintStream out, PrintStream err, boolean terminal) {
        this.plan = plan;
        this.json = json;
        this.terminal = terminal;
        this.out = out;
        this.progress = Progress.on(err, terminal, "verify", LINE_EVERY);
    }

    /**
     * Does it all and prints the report.
     *
     * @return whether nothing was found
     * @throws CannotVerify with one line, when nobody could connect, or nothing was broken that was to be
     */
    public boolean run() throws CannotVerify, InterruptedException {
        long memory = Math.round(plan.rate() * plan.seconds() * Book.BYTES_A_MESSAGE / 1e6);
        progress.say(String.format(
                Locale.ROOT,
                "%d people in %d rooms of %s, seed %d%s",
                plan.people(),
                plan.rooms(),
                plan.urls().stream().map(Plan::name).collect(Collectors.joining(", ")),
                plan.seed(),
                memory < 1 ? "" : ", up to " + memory + " MB to keep in mind"));
        try (Run run = Run.start(plan)) {
            int turnedAway = plan.people() - enter(run);
            String why = turnedAway == 0 ? "" : run.failure();
            if (turnedAway > 0) {
                progress.say(turnedAway + " of " + plan.people() + " people are not let in: " + why);
                run.excuseWhoIsOut();
            }
            double seconds = talk(run);
            if (!strikes.isEmpty() && strikes.get(strikes.size() - 1).recovery() == null) {
                boolean hasFailed = strikes.get(strikes.size() - 1).hasFailed();
                run.complain("after the last " + (hasFailed ? "command" : "fault") + ", which ended at "
                        + Seconds.of(strikes.get(strikes.size() - 1).endMillis()));
            }
            progress.say("nobody says anything new; waiting for what is unanswered and unread");
            run.finish();
            readBack(run);
            if (plan.access().isOfGuests()) {
                run.signOut();
            }
            Report report = new Report(plan, run, seconds, ending, turnedAway, why, List.copyOf(strikes));
            print(report);
            if (report.isClean() && report.wasNothingBroken()) {
                throw new CannotVerify("no command of --kill succeeded: how things break was not tried");
            }
            return report.isClean();
        }
    }

    /**
     * Ends the talk now, but for a command that runs, which may have to mend what it broke; still to settle, read back and
     * report. Any thread.
     */
    public void endEarly() {
        ending = true;
    }

    private int enter(Run run) throws CannotVerify, InterruptedException {
        progress.begin("coming in", plan.people());
        long end = System.nanoTime() + ENTRY.toNanos();
        while (run.inside() < plan.people() && System.nanoTime() < end && !ending) {
            progress.at(run.inside());
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS / 5);
        }
        progress.end();
        if (run.inside() == 0) {
            throw new CannotVerify("nobody could connect within " + ENTRY.toSeconds() + " s: " + run.failure());
        }
        return run.inside();
    }

    /** Talks, and has things broken; how long it did. */
    private double talk(Run run) throws InterruptedException {
        Kill kill = plan.kill();
        Striker striker = kill == null ? null : new Striker(kill, run.notes());
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(plan.seconds());
        progress.begin("talking", plan.seconds());
        long strikeAt = kill == null ? Long.MAX_VALUE : begin + kill.every().toNanos();
        int told = 0;
        Thread thread = null;
        while (System.nanoTime() < end && !ending || thread != null && thread.isAlive()) {
            long now = System.nanoTime();
            if (striker != null && now >= strikeAt && now < end && !ending && (thread == null || !thread.isAlive())) {
                thread = new Thread(() -> strike(striker, run), "verify-kill");
                thread.setDaemon(true);
                thread.start();
                strikeAt = now + striker.every().toNanos();
            }
            for (; told < strikes.size(); told++) {
                tell(strikes.get(told));
            }
            progress.at(Math.min(plan.seconds(), (now - begin) / 1_000_000_000), note(run));
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
        }
        progress.end();
        for (; told < strikes.size(); told++) {
            progress.say(ReportTable.of(strikes.get(told)));
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private void tell(Strike strike) {
        progress.say(ReportTable.of(strike));
        if (terminal) {
            progress.begin("talking", plan.seconds());
        }
    }

    /** The next fault waits until everything flows again, or until it does not in time. */
    private void strike(Striker striker, Run run) {
        try {
            Strike strike = striker.strike();
            strikes.add(strike.recoveredIn(run.awaitFlowAgain(plan.settle())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String note(Run run) {
        Tally tally = run.tally();
        long found = run.counts().values().stream().mapToLong(Long::longValue).sum();
        return String.format(
                Locale.ROOT,
                "acked %,d seen %,d back %,d outage %.1f s p99 %d ms found %d",
                tally.acked.sum(),
                tally.seen.sum(),
                Math.max(0, tally.connections.sum() - plan.people()),
                run.longestOutage().toMillis() / 1e3,
                tally.deliveryMillis(99),
                found);
    }

    private void readBack(Run run) throws InterruptedException {
        long all = run.heads() * plan.urls().size();
        progress.begin("reading the log back, messages", all);
        Thread reading = new Thread(
                () -> {
                    try {
                        run.readBack();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "verify-read-back");
        reading.setDaemon(true);
        reading.start();
        while (reading.isAlive()) {
            progress.at(Math.min(all, run.tally().read.sum()));
            reading.join(STEP_MILLIS);
        }
        progress.end();
    }

    private void print(Report report) throws CannotVerify {
        out.print(ReportTable.of(report));
        out.flush();
        if (json != null) {
            try {
                Files.writeString(json, ReportJson.of(report));
            } catch (IOException e) {
                throw new CannotVerify("--json cannot write " + json + ": " + e);
            }
        }
    }
}
