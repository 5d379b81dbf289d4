package chat.parley.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report for programs: one JSON object on one line. Names end in their unit. */
final class ReportJson {
    private ReportJson() {}

    static String of(Report report) {
        Options options = report.options();
        Tally tally = report.tally();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("url", options.url());
        all.put("form", options.form());
        all.put("connections", options.connections());
        all.put("stalled", options.stalled());
        all.put("rooms", options.rooms());
        all.put("sizeBytes", options.size());
        all.put("ratePerSecond", options.rate());
        all.put("window", options.window());
        all.put("seconds", options.seconds());
        all.put("joinSeconds", report.joinSeconds());
        all.put("connectedAtEnd", tally.atEnd);
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
        all.put("sent", tally.sent);
        all.put("acks", tally.acks);
        all.put("unanswered", tally.unanswered);
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
        all.put("sendsLateP99Millis", tally.lateness.percentile(99) / 1e6);
        all.put("generatorCores", report.ownCores());
        all.put("generatorMicrosPerDelivery", report.ownMicrosPerDelivery());
        if (options.serverPid() > 0) {
            all.put("serverCores", report.serverCores());
            all.put("serverMicrosPerDelivery", report.serverMicrosPerDelivery());
            all.put("serverResidentBytes", report.after().serverBytes());
            all.put("serverBytesPerConnection", report.serverBytesPerConnection());
        }
        return json(all) + System.lineSeparator();
    }

    private static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> string(entry.getKey()) + ":" + json(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, "%.3f", number);
        }
        return value instanceof Number ? value.toString() : string(value);
    }

    private static String string(Object value) {
        return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
