package chat.parley.bench;

import java.util.List;
import java.util.Locale;

/** Several reports for people: a row each. */
final class SummaryTable {
    private static final String UNITS = """

            A delivery is one message that one member read. p50, p99, max: milliseconds from when a message was meant to be
            sent until a member had read it. us: microseconds of processor time a delivery; MB: resident memory at the end.
            """;

    private SummaryTable() {}

    static String of(List<Report> reports) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%11s %7s %12s %10s %9s %9s %9s %9s %9s %9s  %s",
                "connections",
                "rooms",
                "deliveries/s",
                "messages/s",
                "p50",
                "p99",
                "max",
                "server us",
                "server MB",
                "bench us",
                "verdict");
        for (Report report : reports) {
            line(
                    text,
                    "%,11d %,7d %,12.0f %,10.0f %9.2f %9.2f %9.2f %9s %9s %9.3f  %s",
                    report.task().crowd().connections(),
                    report.task().crowd().rooms(),
                    report.deliveriesPerSecond(),
                    report.messagesPerSecond(),
                    report.latencyMillis(50),
                    report.latencyMillis(99),
                    report.latencyMillis(100),
                    report.knowsServer() ? format("%.3f", report.serverMicrosPerDelivery()) : "unknown",
                    report.knowsServer() ? format("%.0f", report.span().after().serverBytes() / 1048576.0) : "unknown",
                    report.ownMicrosPerDelivery(),
                    Verdict.of(report));
        }
        return text + UNITS.replace("\n", System.lineSeparator());
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(format(format, values)).append(System.lineSeparator());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
