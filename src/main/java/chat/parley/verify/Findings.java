package chat.parley.verify;

import chat.parley.verify.Finding.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All that was found: counted, and of each kind the first ones kept with their evidence. Any thread. */
final class Findings {

    /** One fault of a server may show in every message that follows. */
    private static final int KEPT_OF_A_KIND = 20;

    private final long began = System.nanoTime();
    private final EnumMap<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final List<Finding> kept = new ArrayList<>();

    /** Milliseconds since the run began. */
    long now() {
        return (System.nanoTime() - began) / 1_000_000;
    }

    synchronized void add(Kind kind, String room, String evidence) {
        if (counts.merge(kind, 1L, Long::sum) <= KEPT_OF_A_KIND) {
            kept.add(new Finding(kind, now(), room, evidence));
        }
    }

    /** How many there were of each kind. */
    synchronized Map<Kind, Long> counts() {
        return new EnumMap<>(counts);
    }

    /** The first of each kind, in the order in which they were noticed. */
    synchronized List<Finding> kept() {
        return List.copyOf(kept);
    }
}
