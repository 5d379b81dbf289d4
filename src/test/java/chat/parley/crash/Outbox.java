package chat.parley.crash;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a client has said and not heard of yet, in its order. One thread. */
final class Outbox {

    private final Map<String, Sent> waiting = new LinkedHashMap<>();
    private final Map<String, Sent> all = new LinkedHashMap<>();

    /** A new message; its content is nobody else's. */
    Sent make(String room, String sender) {
        String id = UUID.randomUUID().toString();
        Sent sent = new Sent(id, room, sender, sender + " says \u2713 " + id);
        waiting.put(id, sent);
        all.put(id, sent);
        return sent;
    }

    /** The message with this id, answered or not; null when there never was one. */
    @Nullable Sent find(String id) {
        return all.get(id);
    }

    /** Whether it was unanswered until now. */
    boolean answered(String id) {
        return waiting.remove(id) != null;
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

    /** Gives up what is unanswered; nobody will know what became of it. */
    int abandon() {
        int abandoned = waiting.size();
        waiting.clear();
        return abandoned;
    }
}
