package chat.parley.it;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What one connection was told of one room's log, from its first join on, read as a client reads it (protocol,
 * section 5): events, pages and gaps have to follow each other without a hole, a double or a swap, across any
 * number of leaves and joins.
 */
final class Transcript {

    private final String room;
    private final List<JsonObject> objects;
    private final List<String> ids = new ArrayList<>();
    private final List<JsonObject> gaps = new ArrayList<>();
    private long position = -1; // the last seq that was given or announced as missing; -1 while not in the room
    private long until = -1; // the head of the last join that was not recovered, while its history is still to come
    private int recovered;

    private Transcript(String room, List<JsonObject> objects) {
        this.room = room;
        this.objects = objects;
    }

    /** Of everything a client received, what concerns a room. */
    static Transcript ofRoom(String room, List<JsonObject> received) {
        return new Transcript(
                room,
                received.stream()
                        .filter(object -> room.equals(object.getString("room", "")))
                        .toList());
    }

    /** Says what was read before all this. */
    Transcript behind(long seq) {
        position = seq;
        return this;
    }

    /**
     * Reads all of it; fails at the first thing that does not follow.
     *
     * @param sinces the {@code since} of each recovering join, in order
     */
    Transcript check(Long... sinces) {
        for (JsonObject object : objects) {
            switch (object.getString("type")) {
                case "ack" -> acknowledged(object, sinces);
                case "history" -> page(object);
                case "message" -> event(object, Wire.seq(object));
                case "gap" -> gap(object);
                default -> {}
            }
        }
        return this;
    }

    /** The seq it has reached. */
    long position() {
        return position;
    }

    /** How many joins were recovered. */
    int recovered() {
        return recovered;
    }

    /** The gaps it was told of. */
    List<JsonObject> gaps() {
        return gaps;
    }

    /** How many events it was given, pages included. */
    int events() {
        return ids.size();
    }

    private void acknowledged(JsonObject ack, Long[] sinces) {
        if (!ack.containsKey("head")) {
            return; // of a message, or of a leave
        }
        if (ack.getBoolean("recovered", false)) {
            position = sinces[recovered++];
            until = -1;
        } else {
            until = ack.getInt("head");
        }
    }

    /** The page behind a join that was not recovered; pages that were asked for are not looked at. */
    private void page(JsonObject page) {
        if (until < 0) {
            return;
        }
        List<Long> seqs = Wire.seqs(page);
        long first = until - seqs.size() + 1;
        if (!seqs.equals(Wire.range(first, until))) {
            throw new AssertionError("not the newest up to " + until + ": " + seqs);
        }
        seqs.forEach(seq -> ids.add("page " + seq));
        position = until;
        until = -1;
    }

    private void event(JsonObject event, long seq) {
        if (until >= 0 || seq != position + 1) {
            throw new AssertionError(
                    "after " + position + (until >= 0 ? ", before its history," : "") + " came " + Wire.brief(event));
        }
        ids.add(event.getString("id"));
        position = seq;
    }

    private void gap(JsonObject gap) {
        if (gap.getInt("from") != position + 1 || gap.getInt("to") < gap.getInt("from")) {
            throw new AssertionError("after " + position + " came " + gap);
        }
        gaps.add(gap);
        position = gap.getInt("to");
    }
}
