package chat.parley.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report for programs: one JSON object on one line. Names end in their unit; what is unknown is absent. */
final class ReportJson {
    private ReportJson() {}

    static String of(Report report) {
        Map<String, Object> all = new LinkedHashMap<>();
        putTask(all, report.task());
        putSpeed(all, report);
        putArrivals(all, report);
        putCounts(all, report);
        putCosts(all, report);
        if (!report.servers().isEmpty()) {
            all.put("servers", report.servers().stream().map(ReportJson::server).toList());
        }
        return json(all) + System.lineSeparator();
    }

    private static void putTask(Map<String, Object> all, Task task) {
        Crowd crowd = task.crowd();
        Traffic traffic = task.traffic();
        OwnServer own = task.peer().own();
        all.put("mode", task.isRestart() ? "restart" : task.isJoinStorm() ? "join-storm" : "messages");
        all.put("url", task.peer().url());
        if (own != null) {
            all.put("startSeconds", own.startSeconds());
            all.put("serveSeconds", own.serveSeconds());
        }
        if (task.peers().size() > 1) {
            all.put("senders", task.oneSends() ? "one" : "all");
        }
        all.put("form", crowd.form().subprotocol());
        all.put("connections", crowd.connections());
        all.put("stalled", crowd.stalled());
        all.put("rooms", crowd.rooms());
        all.put("history", task.history());
        all.put("sizeBytes", traffic.size());
        all.put("ratePerSecond", traffic.rate());
        all.put("window", traffic.window());
        all.put("seconds", traffic.seconds());
    }

    private static void putSpeed(Map<String, Object> all, Report report) {
        all.put("joinSeconds", report.joinSeconds());
        all.put("connectedAtEnd", report.tally().atEnd);
        all.put("deliveriesPerSecond", report.deliveriesPerSecond());
        all.put("messagesPerSecond", report.messagesPerSecond());
        all.put("bytesPerDelivery", report.bytesPerDelivery());
        all.put("deliveriesPerFrame", report.deliveriesPerFrame());
        all.put("deliveriesPerRead", report.deliveriesPerRead());
        all.put("p50Millis", report.latencyMillis(50));
        all.put("p90Millis", report.latencyMillis(90));
        all.put("p99Millis", report.latencyMillis(99));
        all.put("p999Millis", report.latencyMillis(99.9));
        all.put("maxMillis", report.latencyMillis(100));
    }

    private static void putArrivals(Map<String, Object> all, Report report) {
        Task task = report.task();
        if (task.isRestart()) {
            all.put("downSeconds", report.downSeconds());
            all.put("cuts", report.tally().cuts);
            all.put("resent", report.tally().resent);
        }
        if (report.hasArrivals()) {
            all.put("arrived", report.arrived());
            all.put("arrivalSeconds", report.arrivalMillis(100) / 1000);
            all.put("arrivalP50Millis", report.arrivalMillis(50));
            all.put("arrivalP99Millis", report.arrivalMillis(99));
        }
    }

    private static void putCounts(Map<String, Object> all, Report report) {
        Tally tally = report.tally();
        all.put("wrong", report.isWrong());
        all.put("sent", tally.sent);
        all.put("acks", tally.acks);
        all.put("unanswered", tally.unanswered);
        all.put("unsent", tally.unsent);
        all.put("deliveries", tally.deliveries);
        all.put("lost", tally.lost);
        all.put("doubled", tally.doubled);
        all.put("outOfOrder", tally.outOfOrder);
        all.put("differing", tally.differing);
        all.put("gaps", tally.gaps);
        all.put("skipped", tally.skipped);
        all.put("errors", tally.errors);
        all.put("closes", tally.closes);
        all.put("malformed", tally.malformed);
        all.put("stalledGivenUp", tally.stalledCut);
    }

    private static void putCosts(Map<String, Object> all, Report report) {
        Span span = report.span();
        all.put("sendsLateP99Millis", report.latenessMillis(99));
        all.put("generatorCores", span.ownCores());
        all.put("generatorMicrosPerDelivery", report.ownMicrosPerDelivery());
        if (report.knowsServer()) {
            all.put("serverCores", span.serverCores());
            all.put("serverMicrosPerDelivery", report.serverMicrosPerDelivery());
            if (span.after().serverBytes() > 0) {
                all.put("serverResidentBytes", span.after().serverBytes());
                all.put("serverBytesPerConnection", report.serverBytesPerConnection());
            }
        }
    }

    private static Map<String, Object> server(ServerReport server) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("url", server.url());
        all.put("deliveriesPerSecond", server.deliveriesPerSecond());
        all.put("p50Millis", server.latencyMillis(50));
        all.put("p99Millis", server.latencyMillis(99));
        all.put("p999Millis", server.latencyMillis(99.9));
        all.put("maxMillis", server.latencyMillis(100));
        if (server.isKnown()) {
            all.put("cores", server.cores());
            all.put("microsPerDelivery", server.microsPerDelivery());
            all.put("residentBytes", server.residentBytes());
        }
        return all;
    }

    private static String json(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ReportJson::json).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> string(entry.getKey()) + ":" + json(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, "%.3f", number);
        }
        return value instanceof Number || value instanceof Boolean ? value.toString() : string(value);
    }

    private static String string(Object value) {
        return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
