package chat.parley.verify;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report for people. */
final class ReportTable {

    private static final int MOST_ENDS = 8;

    private final Report report;
    private final StringBuilder text = new StringBuilder();

    private ReportTable(Report report) {
        this.report = report;
    }

    static String of(Report report) {
        ReportTable table = new ReportTable(report);
        table.putPeople();
        table.putMessages();
        table.putFaults();
        table.putLog();
        table.putFindings();
        return table.text.toString();
    }

    /** One fault, in a line. */
    static String of(Strike strike) {
        Duration recovery = strike.recovery();
        String said = strike.said().isEmpty() ? "" : " (" + strike.said() + ")";
        if (strike.hasFailed()) {
            return String.format(
                    Locale.ROOT,
                    "the command at %s failed after %s with exit code %d%s: perhaps nothing was broken",
                    Seconds.of(strike.beginMillis()),
                    Seconds.of(strike.endMillis() - strike.beginMillis()),
                    strike.exitCode(),
                    said);
        }
        return String.format(
                Locale.ROOT,
                "fault at %s, for %s, exit code 0%s: %s",
                Seconds.of(strike.beginMillis()),
                Seconds.of(strike.endMillis() - strike.beginMillis()),
                said,
                recovery == null
                        ? "not everything flowed again in time"
                        : "all flowed " + Seconds.of(recovery.toMillis()) + " later");
    }

    private void putPeople() {
        Plan plan = report.plan();
        Tally tally = report.run().tally();
        row("servers", "%s", plan.urls().stream().map(Plan::name).collect(Collectors.joining(", ")));
        row(
                "people",
                "%,d in %,d rooms for %.0f s%s, by %s; seed %d",
                plan.people() - report.turnedAway(),
                plan.rooms(),
                report.seconds(),
                report.early() ? " (ended early)" : "",
                plan.access(),
                plan.seed());
        if (report.turnedAway() > 0) {
            row("turned away", "%,d more: %s", report.turnedAway(), report.why());
        }
        row(
                "connections",
                "%,d; resumed %,d, too far behind for that %,d, sent elsewhere %,d, gaps %,d",
                tally.connections.sum(),
                tally.resumed.sum(),
                tally.unrecovered.sum(),
                tally.moved.sum(),
                tally.gaps.sum());
        row("ends", "%s", list(tally.ends()));
    }

    private void putMessages() {
        Tally tally = report.run().tally();
        row(
                "messages",
                "%,d sent, %,d answered, %,d resent, %,d called duplicates, %,d of unknown fate",
                tally.sent.sum(),
                tally.acked.sum(),
                tally.resent.sum(),
                tally.duplicates.sum(),
                tally.unknown.sum());
        row("seen", "%,d times live, %,d read back", tally.seen.sum(), tally.read.sum());
        row("refused", "%s", list(tally.errors()));
        row(
                "answered after",
                "p50 %,d ms, p99 %,d ms, most %,d ms",
                tally.answerMillis(50),
                tally.answerMillis(99),
                tally.answerMillis(100));
        row(
                "shown after",
                "p50 %,d ms, p99 %,d ms, most %,d ms",
                tally.deliveryMillis(50),
                tally.deliveryMillis(99),
                tally.deliveryMillis(100));
    }

    private void putFaults() {
        row(
                "longest outage",
                "%s for one of the people",
                Seconds.of(report.run().longestOutage().toMillis()));
        report.strikes().forEach(strike -> row(strike.hasFailed() ? "not broken" : "broken", "%s", of(strike)));
    }

    private void putLog() {
        report.run().unread().forEach((server, why) -> row("not read back", "%s: %s", server, why));
    }

    private void putFindings() {
        Map<Finding.Kind, Long> counts = report.counts();
        if (counts.isEmpty() && report.wasNothingBroken()) {
            row("verdict", "nothing was found, but no command of --kill succeeded: how things break was not tried");
            return;
        }
        if (counts.isEmpty()) {
            row(
                    "verdict",
                    report.run().unread().isEmpty()
                            ? "nothing was lost, doubled, swapped, altered or left unannounced"
                            : "nothing was found, but not every server could be asked for its log");
            return;
        }
        counts.forEach((kind, count) -> row("FOUND", "%,d x %s (%s)", count, kind.sentence(), kind));
        row("evidence", "the first of each kind");
        for (Finding finding : report.run().findings()) {
            text.append("  ").append(finding).append(System.lineSeparator());
        }
        row("verdict", "BROKEN PROMISES");
    }

    private static String list(Map<String, Long> counts) {
        String list = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_ENDS)
                .map(each -> String.format(Locale.ROOT, "%s: %,d", each.getKey(), each.getValue()))
                .collect(Collectors.joining("; "));
        return list.isEmpty() ? "none" : list + (counts.size() > MOST_ENDS ? "; and others" : "");
    }

    private void row(String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-15s " + format + "%n", prepend(name, values)));
    }

    private static Object[] prepend(String name, Object... values) {
        Object[] all = new Object[values.length + 1];
        all[0] = name;
        System.arraycopy(values, 0, all, 1, values.length);
        return all;
    }
}
