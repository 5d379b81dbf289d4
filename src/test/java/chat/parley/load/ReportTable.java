package chat.parley.load;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report for people. */
final class ReportTable {
    private final StringBuilder text = new StringBuilder();

    private ReportTable() {}

    static String of(Report report) {
        ReportTable table = new ReportTable();
        table.put(report);
        return table.text.toString();
    }

    private void put(Report report) {
        Options options = report.options();
        Tally tally = report.tally();
        row(
                "connected",
                "%,d in %,d rooms (%,d stalled) in %.1f s; %,d at the end",
                options.sockets(),
                options.rooms(),
                options.stalled(),
                report.joinSeconds(),
                tally.atEnd);
        row(
                "deliveries/s",
                "%,.0f  (%.0f bytes each, %.1f a frame, %.1f a read)",
                report.deliveriesPerSecond(),
                report.bytesPerDelivery(),
                report.deliveriesPerFrame(),
                report.deliveriesPerRead());
        row("messages/s", "%,.0f", report.messagesPerSecond());
        row(
                "latency ms",
                "p50 %.2f  p90 %.2f  p99 %.2f  p99.9 %.2f  max %.2f",
                report.latencyMillis(50),
                report.latencyMillis(90),
                report.latencyMillis(99),
                report.latencyMillis(99.9),
                report.latencyMillis(100));
        row("messages", "%,d sent  %,d acks  %,d unanswered", tally.sent, tally.acks, tally.unanswered);
        row(
                "deliveries",
                "%,d  lost %,d  doubled %,d  out of order %,d  differing %,d",
                tally.deliveries,
                tally.lost,
                tally.doubled,
                tally.outOfOrder,
                tally.differing);
        row("gaps", "%,d  (%,d messages skipped)", tally.gaps, tally.skipped);
        row("errors", "%s", list(tally.errors));
        row("closes", "%s", list(tally.closes));
        row("malformed", "%s", list(tally.malformed));
        row(
                "generator",
                "%.2f cores  %.3f us a delivery  sends late by p99 %.2f ms",
                report.ownCores(),
                report.ownMicrosPerDelivery(),
                tally.lateness.percentile(99) / 1e6);
        if (options.serverPid() > 0) {
            row(
                    "server",
                    "%.2f cores  %.3f us a delivery  %.1f MB resident  %+.1f KB a connection",
                    report.serverCores(),
                    report.serverMicrosPerDelivery(),
                    report.after().serverBytes() / 1048576.0,
                    report.serverBytesPerConnection() / 1024);
        }
    }

    private void row(String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-14s", name))
                .append(String.format(Locale.ROOT, format, values))
                .append(System.lineSeparator());
    }

    private static String list(Map<?, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(entry -> "%s: %d".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
