package chat.parley.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Several reports of one mode for people: a row each. */
final class SummaryTable {
    private static final double MEGABYTE = 1024 * 1024;

    private static final String MESSAGE_UNITS = """

            A delivery is one message that one member read. p50, p99, max: milliseconds from when a message was meant to be
            sent until a member had read it. us: microseconds of processor time a delivery; MB: resident memory at the end;
            start s: seconds from the start of the server's process until it accepted a connection.
            """;

    private static final String ARRIVAL_UNITS = """

            p50, p99, max: milliseconds until a member was in its room with all it lacked. cores: processors the server kept
            busy; MB: its resident memory at the end; start s: seconds from the start of its process until it accepted a connection.
            """;

    /** @param value in words, for one report */
    private record Column(String name, Function<Report, String> value) {}

    private SummaryTable() {}

    /** @param reports at least one */
    static String of(List<Report> reports) {
        boolean arrivals = reports.get(0).hasArrivals();
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(
                "connections", report -> format("%,d", report.task().crowd().sockets())));
        columns.add(new Column(
                "rooms", report -> format("%,d", report.task().crowd().rooms())));
        columns.addAll(arrivals ? arrivals() : messages());
        columns.add(new Column("server MB", SummaryTable::memory));
        if (reports.get(0).task().peer().own() != null) {
            columns.add(new Column("start s", SummaryTable::start));
        }

        StringBuilder text = new StringBuilder(row(columns, Column::name)).append("  verdict\n");
        for (Report report : reports) {
            text.append(row(columns, column -> column.value().apply(report)))
                    .append("  ")
                    .append(Verdict.of(report))
                    .append('\n');
        }
        text.append(arrivals ? ARRIVAL_UNITS : MESSAGE_UNITS);
        return text.toString().replace("\n", System.lineSeparator());
    }

    private static List<Column> messages() {
        return List.of(
                new Column("deliveries/s", report -> format("%,.0f", report.deliveriesPerSecond())),
                new Column("messages/s", report -> format("%,.0f", report.messagesPerSecond())),
                new Column("p50", report -> format("%.2f", report.latencyMillis(50))),
                new Column("p99", report -> format("%.2f", report.latencyMillis(99))),
                new Column("max", report -> format("%.2f", report.latencyMillis(100))),
                new Column("bench us", report -> format("%.3f", report.ownMicrosPerDelivery())),
                new Column(
                        "server us",
                        report -> report.knowsServer() ? format("%.3f", report.serverMicrosPerDelivery()) : "unknown"));
    }

    private static List<Column> arrivals() {
        return List.of(
                new Column("arrived", report -> format("%,d", report.arrived())),
                new Column("p50", report -> format("%.1f", report.arrivalMillis(50))),
                new Column("p99", report -> format("%.1f", report.arrivalMillis(99))),
                new Column("max", report -> format("%.1f", report.arrivalMillis(100))),
                new Column(
                        "server cores",
                        report -> report.knowsServer()
                                ? format("%.2f", report.span().serverCores())
                                : "unknown"));
    }

    private static String memory(Report report) {
        long bytes = report.span().after().serverBytes();
        return bytes == 0 ? "unknown" : format("%.0f", bytes / MEGABYTE);
    }

    private static String start(Report report) {
        OwnServer own = report.task().peer().own();
        return own == null ? "" : format("%.2f", own.startSeconds());
    }

    private static String row(List<Column> columns, Function<Column, String> cell) {
        return columns.stream()
                .map(column -> format("%" + Math.max(9, column.name().length()) + "s", cell.apply(column)))
                .collect(Collectors.joining("  "));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
