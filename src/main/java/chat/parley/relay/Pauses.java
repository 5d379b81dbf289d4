package chat.parley.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What failed, and when it is to be tried again: after a pause that doubles for as long as it goes on failing. One thread
 * at a time may call; times are by {@code System.nanoTime()}.
 */
final class Pauses<K> {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** What is tried again and does not fail within so long went well. */
    private static final Duration ANSWERED = Duration.ofSeconds(10);

    private final Map<K, Pause> pauses = new HashMap<>();

    private record Pause(long nanos, long ends, boolean isTried) {}

    /** It failed. Of several failures in one pause one counts. */
    void failed(K what, long now) {
        Pause before = pauses.get(what);
        if (before == null || before.isTried()) {
            long nanos = before == null ? FIRST.toNanos() : Math.min(2 * before.nanos(), LONGEST.toNanos());
            pauses.put(what, new Pause(nanos, now + nanos, false));
        }
    }

    /** What is to be tried again now; it is said once. */
    List<K> due(long now) {
        List<K> due = new ArrayList<>();
        for (Iterator<Map.Entry<K, Pause>> all = pauses.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<K, Pause> each = all.next();
            Pause pause = each.getValue();
            if (!pause.isTried() && now - pause.ends() >= 0) {
                each.setValue(new Pause(pause.nanos(), now, true));
                due.add(each.getKey());
            } else if (pause.isTried() && now - pause.ends() > ANSWERED.toNanos()) {
                all.remove();
            }
        }
        return due;
    }

    /** Whether it failed and is not to be tried again yet. */
    boolean isPausing(K what) {
        Pause pause = pauses.get(what);
        return pause != null && !pause.isTried();
    }

    /** Whether nothing failed lately. */
    boolean isEmpty() {
        return pauses.isEmpty();
    }

    /** Nothing failed. */
    void clear() {
        pauses.clear();
    }
}
