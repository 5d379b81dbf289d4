package chat.parley.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody has said and not heard of yet, in its order, and some of what they have. One thread. */
final class Outbox {

    /** Of those that were answered: more acks are not under way. */
    private static final int REMEMBERED = 500;

    private final Map<String, Sent> waiting = new LinkedHashMap<>();
    private final Map<String, Sent> answered = new LinkedHashMap<>();

    void add(Sent sent) {
        waiting.put(sent.id(), sent);
    }

    /** The message with this id, answered or not; null when there never was one, or long ago. */
    @Nullable Sent find(String id) {
        Sent sent = waiting.get(id);
        return sent == null ? answered.get(id) : sent;
    }

    /** The message, if it was unanswered until now. */
    @Nullable Sent answered(String id) {
        Sent sent = waiting.remove(id);
        if (sent != null) {
            answered.put(id, sent);
            if (answered.size() > REMEMBERED) {
                answered.remove(answered.keySet().iterator().next());
            }
        }
        return sent;
    }

    Collection<Sent> waiting() {
        return waiting.values();
    }

    List<Sent> due(long now) {
        List<Sent> due = new ArrayList<>();
        for (Sent sent : waiting.values()) {
            if (sent.isDue(now)) {
                due.add(sent);
            }
        }
        return due;
    }

    int size() {
        return waiting.size();
    }

    /** Since when the oldest waits, by {@code System.nanoTime()}; {@code now} when none does. */
    long oldest(long now) {
        return waiting.isEmpty() ? now : waiting.values().iterator().next().firstNanos();
    }

    /** Gives up what is unanswered, of which nobody will know what became; how many that were. */
    int abandon() {
        int abandoned = waiting.size();
        waiting.clear();
        answered.clear();
        return abandoned;
    }
}
