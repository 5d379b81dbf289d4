package chat.parley.crash;

import chat.parley.crash.Violation.Kind;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How a client reads a room and never misses anything (protocol, section 5): it keeps its place, drops what it has, and
 * says when it needs a page of history. One thread.
 */
final class Reading {

    private final Facts facts;
    private final TreeMap<Long, Event> ahead = new TreeMap<>();
    private @Nullable String epoch;

    /** Which live event comes next. */
    private long live;

    /** Up to where events will not come by themselves. */
    private long missing;

    Reading(Facts facts) {
        this.facts = facts;
    }

    /** The request that begins a connection's membership; now and then as if it did not know its place. */
    String join(String id, int limit) {
        facts.besides.addAll(ahead.values());
        ahead.clear();
        missing = 0;
        boolean anew = epoch == null || ThreadLocalRandom.current().nextInt(4) == 0;
        return anew ? Wire.join(facts.room, id, limit) : Wire.resume(facts.room, id, facts.position, epoch);
    }

    void joined(JsonObject ack) {
        long head = ack.getJsonNumber("head").longValueExact();
        boolean first = epoch == null;
        epoch = ack.getString("epoch");
        facts.epochs.add(epoch);
        if (first) {
            facts.position = head;
            live = head + 1;
        } else if (ack.getBoolean("recovered", false)) {
            live = facts.position + 1;
        } else {
            facts.unrecovered++;
            live = head + 1;
            missing = head;
        }
        if (head < facts.position) {
            facts.violated(Kind.OTHER_LOG, "the head went back from " + facts.position + " to " + head);
            facts.position = head;
        }
    }

    void live(Event event) {
        if (event.seq() != live) {
            facts.violated(Kind.OUT_OF_TURN, live + " was due when this came: " + event);
        }
        live = event.seq() + 1;
        paged(event);
    }

    void gap(long from, long to) {
        facts.gaps++;
        if (from != live || to < from) {
            facts.violated(Kind.OUT_OF_TURN, live + " was due when a gap came: " + from + " to " + to);
        }
        live = to + 1;
        missing = Math.max(missing, to);
    }

    /** An event, wherever it stood. */
    void paged(Event event) {
        if (event.seq() <= facts.position) {
            facts.besides.add(event);
            return;
        }
        Event other = ahead.put(event.seq(), event);
        if (other != null) {
            facts.besides.add(other);
        }
        for (Map.Entry<Long, Event> next = ahead.firstEntry();
                next != null && next.getKey() == facts.position + 1;
                next = ahead.firstEntry()) {
            facts.log.add(next.getValue());
            facts.position++;
            ahead.pollFirstEntry();
        }
        if (!ahead.isEmpty()) {
            missing = Math.max(missing, ahead.firstKey() - 1);
        }
    }

    /** Whether a page of history has to be asked for. */
    boolean needsPage() {
        return facts.position < missing;
    }
}
