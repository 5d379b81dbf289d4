package chat.parley.verify;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report for programs: one JSON object. Names end in their unit; what is unknown is absent. */
final class ReportJson {

    private ReportJson() {}

    static String of(Report report) {
        Plan plan = report.plan();
        Run run = report.run();
        Tally tally = run.tally();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("clean", report.isClean() && !report.wasNothingBroken());
        all.put("endedEarly", report.early());
        all.put("urls", plan.urls().stream().map(Plan::name).toList());
        all.put("seed", plan.seed());
        all.put("people", plan.people() - report.turnedAway());
        all.put("turnedAway", report.turnedAway());
        all.put("rooms", plan.rooms());
        all.put("seconds", report.seconds());
        all.put("settleSeconds", plan.settle().toMillis() / 1e3);
        all.put("sent", tally.sent.sum());
        all.put("acked", tally.acked.sum());
        all.put("seen", tally.seen.sum());
        all.put("readBack", tally.read.sum());
        all.put("resent", tally.resent.sum());
        all.put("duplicates", tally.duplicates.sum());
        all.put("unknownFate", tally.unknown.sum());
        all.put("connections", tally.connections.sum());
        all.put("resumed", tally.resumed.sum());
        all.put("notRecovered", tally.unrecovered.sum());
        all.put("gaps", tally.gaps.sum());
        all.put("sentElsewhere", tally.moved.sum());
        all.put("ackP50Millis", tally.answerMillis(50));
        all.put("ackP99Millis", tally.answerMillis(99));
        all.put("ackMaxMillis", tally.answerMillis(100));
        all.put("shownP50Millis", tally.deliveryMillis(50));
        all.put("shownP99Millis", tally.deliveryMillis(99));
        all.put("shownMaxMillis", tally.deliveryMillis(100));
        all.put("longestOutageSeconds", run.longestOutage().toMillis() / 1e3);
        all.put("errors", tally.errors());
        all.put("ends", tally.ends());
        all.put("notReadBack", run.unread());
        all.put("faults", report.strikes().stream().map(ReportJson::strike).toList());
        all.put("counts", report.counts());
        all.put("findings", run.findings().stream().map(ReportJson::finding).toList());
        return json(all) + System.lineSeparator();
    }

    private static Map<String, Object> strike(Strike strike) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("beginSeconds", strike.beginMillis() / 1e3);
        all.put("endSeconds", strike.endMillis() / 1e3);
        all.put("exitCode", strike.exitCode());
        all.put("said", strike.said());
        Duration recovery = strike.recovery();
        if (recovery != null) {
            all.put("recoverySeconds", recovery.toMillis() / 1e3);
        }
        return all;
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("kind", finding.kind());
        all.put("atSeconds", finding.atMillis() / 1e3);
        all.put("room", finding.room());
        all.put("evidence", finding.evidence());
        return all;
    }

    private static String json(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> Wire.quoted(String.valueOf(entry.getKey())) + ":" + json(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ReportJson::json).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, "%.3f", number);
        }
        return value instanceof Number || value instanceof Boolean
                ? value.toString()
                : Wire.quoted(String.valueOf(value));
    }
}
