package chat.parley.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether the server kept its promises, in words. */
final class Verdict {
    private Verdict() {}

    /** {@code fine}, or what was wrong and how often. */
    static String of(Report report) {
        Tally tally = report.tally();
        List<String> faults = new ArrayList<>();
        add(faults, tally.lost, "lost");
        add(faults, tally.doubled, "doubled");
        add(faults, tally.outOfOrder, "out of order");
        add(faults, tally.differing, "differing");
        add(faults, tally.unanswered, "unanswered");
        add(faults, sum(tally.malformed), "malformed");
        add(faults, sum(tally.closes), "disconnected");
        add(faults, report.missing(), "not there in the end");
        if (report.isInVain()) {
            faults.add("nothing was acknowledged");
        }
        return faults.isEmpty() ? "fine" : "WRONG: " + String.join(", ", faults);
    }

    private static void add(List<String> faults, long count, String what) {
        if (count > 0) {
            faults.add(String.format(Locale.ROOT, "%,d %s", count, what));
        }
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
