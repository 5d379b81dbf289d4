package chat.parley.bench;

import chat.parley.protocol.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A report for people. */
final class ReportTable {
    private static final double KILOBYTE = 1024;
    private static final double MEGABYTE = KILOBYTE * KILOBYTE;

    private static final String UNITS = """

            A delivery is one message that one member read. Latency runs from when a message was meant to be sent until a
            member had read it. Cores are processors kept busy, us are microseconds of processor time, KB 1024 bytes.
            """;

    private final Report report;
    private final Tally tally;
    private final StringBuilder text = new StringBuilder();

    private ReportTable(Report report) {
        this.report = report;
        this.tally = report.tally();
    }

    static String of(Report report) {
        ReportTable table = new ReportTable(report);
        table.putConnections();
        table.putArrivals();
        if (report.tally().sent > 0) {
            table.putMessages();
        }
        table.putFaults();
        table.putCosts();
        table.putVerdict();
        return table.text + UNITS.replace("\n", System.lineSeparator());
    }

    private void putConnections() {
        Peer peer = report.task().peer();
        Crowd crowd = report.task().crowd();
        OwnServer own = peer.own();
        List<ServerReport> servers = report.servers();
        if (servers.isEmpty()) {
            row("server", "%s%s", peer.url(), own == null ? "" : started(own));
        }
        for (ServerReport server : servers) {
            boolean silent = report.task().oneSends() && server.server() > 0;
            row(name(server), "%s%s", server.url(), silent ? ", where nobody sends" : "");
        }
        row(
                "connected",
                "%,d in %,d %s in %.1f s; %,d at the end",
                crowd.sockets(),
                crowd.rooms(),
                crowd.rooms() == 1 ? "room" : "rooms",
                report.joinSeconds(),
                tally.atEnd);
        if (crowd.stalled() > 0) {
            row("stalled", "%,d of them, of whom the server gave up %,d", crowd.stalled(), tally.stalledCut);
        }
    }

    private static String started(OwnServer own) {
        return format(
                ", started for this: accepted after %.2f s, served after %.2f s",
                own.startSeconds(), own.serveSeconds());
    }

    private void putArrivals() {
        Task task = report.task();
        Crowd crowd = task.crowd();
        if (task.isRestart()) {
            row("restart", "the server answered again after %.2f s", report.downSeconds());
            row("cut", "%s", list(tally.cuts, CloseNames::of));
            row("resent", "%,d messages that were not acknowledged before", tally.resent);
        }
        if (report.hasArrivals()) {
            row(
                    task.isRestart() ? "back" : "joined",
                    "%,d of %,d in %.3f s, each with all it lacked",
                    report.arrived(),
                    crowd.sockets(),
                    report.arrivalMillis(100) / 1000);
            row(
                    "each after ms",
                    "p50 %.1f  p90 %.1f  p99 %.1f  max %.1f",
                    report.arrivalMillis(50),
                    report.arrivalMillis(90),
                    report.arrivalMillis(99),
                    report.arrivalMillis(100));
        }
        if (task.isJoinStorm()) {
            row("history", "%,d messages asked for by each  lost %,d", task.history(), tally.lost);
        }
    }

    private void putMessages() {
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
        for (ServerReport server : report.servers()) {
            row(
                    name(server),
                    "p50 %.2f  p90 %.2f  p99 %.2f  p99.9 %.2f  max %.2f  of %,.0f deliveries/s",
                    server.latencyMillis(50),
                    server.latencyMillis(90),
                    server.latencyMillis(99),
                    server.latencyMillis(99.9),
                    server.latencyMillis(100),
                    server.deliveriesPerSecond());
        }
        row(
                "messages",
                "%,d sent  %,d acks  %,d unanswered%s",
                tally.sent,
                tally.acks,
                tally.unanswered,
                tally.unsent > 0 ? format("  %,d due but never sent", tally.unsent) : "");
        row(
                "deliveries",
                "%,d  lost %,d  doubled %,d  out of order %,d  differing %,d",
                tally.deliveries,
                tally.lost,
                tally.doubled,
                tally.outOfOrder,
                tally.differing);
        row("gaps", "%,d  (%,d messages skipped)", tally.gaps, tally.skipped);
    }

    private void putFaults() {
        row("errors", "%s", list(tally.errors, code -> code));
        row("closes", "%s", list(tally.closes, CloseNames::of));
        row("malformed", "%s", list(tally.malformed, what -> what));
    }

    private void putCosts() {
        Span span = report.span();
        boolean counts = tally.measuredDeliveries > 0;
        String own = counts ? format("  %.3f us a delivery", report.ownMicrosPerDelivery()) : "";
        String late = tally.sent > 0 ? format("  sends late by p99 %.2f ms", report.latenessMillis(99)) : "";
        row("generator", "%.2f cores%s%s", span.ownCores(), own, late);
        if (!report.knowsServer()) {
            row("server", "unknown (%s)", whyUnknown());
            return;
        }
        for (ServerReport server : report.servers()) {
            row(
                    name(server),
                    "%.2f cores%s  %.1f MB resident",
                    server.cores(),
                    counts ? format("  %.3f us a delivery", server.microsPerDelivery()) : "",
                    server.residentBytes() / MEGABYTE);
        }
        row(
                report.servers().isEmpty() ? "server" : "servers",
                "%.2f cores%s  %s",
                span.serverCores(),
                counts ? format("  %.3f us a delivery", report.serverMicrosPerDelivery()) : "",
                memory());
    }

    private String memory() {
        long bytes = report.span().after().serverBytes();
        return bytes == 0
                ? "memory unknown"
                : format(
                        "%.1f MB resident  %+.1f KB a connection",
                        bytes / MEGABYTE, report.serverBytesPerConnection() / KILOBYTE);
    }

    private String whyUnknown() {
        if (report.task().peers().size() > 1) {
            return "not all their processes were found on this machine";
        }
        return report.task().peer().isLocal()
                ? "its process was not found: --server-pid names it"
                : "not on this machine";
    }

    private void putVerdict() {
        row("verdict", "%s", Verdict.of(report));
        if (tally.errors.containsKey(ErrorCode.RATE_LIMITED.wireName())) {
            row(
                    "hint",
                    "%s",
                    "the server limits how much a connection sends, so this measured less than was asked for;"
                            + " its setting parley.limits.messages-per-second=0 ends that");
        }
        if (tally.unsent > 0) {
            row(
                    "hint",
                    "%s",
                    "the rate was not reached: what was due in the end and never sent is missing from the latencies,"
                            + " which are better than they would be");
        }
    }

    private static String name(ServerReport server) {
        return "server " + (server.server() + 1);
    }

    private void row(String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-14s", name))
                .append(format(format, values))
                .append(System.lineSeparator());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static <K> String list(Map<K, Long> counts, Function<K, String> name) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(entry -> name.apply(entry.getKey()) + ": " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }
}
