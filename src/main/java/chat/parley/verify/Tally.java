package chat.parley.verify;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What happened in a run, counted. Any thread. */
final class Tally {

    private static final long LONGEST_MILLIS = 3_600_000;

    final LongAdder sent = new LongAdder();
    final LongAdder acked = new LongAdder();
    final LongAdder seen = new LongAdder();
    final LongAdder resent = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder unknown = new LongAdder();
    final LongAdder connections = new LongAdder();
    final LongAdder strangers = new LongAdder();
    final LongAdder resumed = new LongAdder();
    final LongAdder unrecovered = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder moved = new LongAdder();
    final LongAdder read = new LongAdder();

    private final Histogram answers = new ConcurrentHistogram(LONGEST_MILLIS, 3);
    private final Histogram deliveries = new ConcurrentHistogram(LONGEST_MILLIS, 3);
    private final Histogram lately = new ConcurrentHistogram(LONGEST_MILLIS, 3);
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> ends = new ConcurrentHashMap<>();

    /** A message was answered so long after it was first sent. */
    void answeredAfter(long millis) {
        acked.increment();
        answers.recordValue(Math.max(0, Math.min(LONGEST_MILLIS, millis)));
    }

    /** A message was shown to somebody else than its author so long after it was first sent. */
    void shownAfter(long millis) {
        long value = Math.max(0, Math.min(LONGEST_MILLIS, millis));
        deliveries.recordValue(value);
        lately.recordValue(value);
    }

    void error(String code) {
        errors.computeIfAbsent(code, first -> new LongAdder()).increment();
    }

    /** A connection ended, or could not be made. */
    void ended(String how) {
        if (ends.size() < 50 || ends.containsKey(how)) {
            ends.computeIfAbsent(how, first -> new LongAdder()).increment();
        }
    }

    long answerMillis(double percentile) {
        return answers.getValueAtPercentile(percentile);
    }

    long deliveryMillis(double percentile) {
        return deliveries.getValueAtPercentile(percentile);
    }

    /** How late messages were shown since this was asked for the last time. */
    String lately() {
        String text = "%,d shown, p50 %,d ms, p99 %,d ms, most %,d ms"
                .formatted(
                        lately.getTotalCount(),
                        lately.getValueAtPercentile(50),
                        lately.getValueAtPercentile(99),
                        lately.getMaxValue());
        lately.reset();
        return text;
    }

    /** Answers that were no, by their code. */
    Map<String, Long> errors() {
        return sums(errors);
    }

    /** How connections ended, and why there were none. */
    Map<String, Long> ends() {
        return sums(ends);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((what, count) -> sums.put(what, count.sum()));
        return sums;
    }
}
