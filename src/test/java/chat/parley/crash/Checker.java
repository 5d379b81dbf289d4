package chat.parley.crash;

import chat.parley.crash.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what clients were told with what is stored. */
final class Checker {

    private final StoredLog stored;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, Set<String>> ids = new HashMap<>();

    private Checker(StoredLog stored) {
        this.stored = stored;
        stored.rooms().forEach((room, events) -> {
            Set<String> there = new HashSet<>();
            events.forEach(event -> there.add(event.id()));
            ids.put(room, there);
        });
    }

    /** Everything that must not be. */
    static List<Violation> check(StoredLog stored, List<Facts> clients) {
        Checker checker = new Checker(stored);
        stored.rooms().keySet().forEach(checker::numbers);
        checker.once();
        for (Facts facts : clients) {
            checker.promises(facts);
            checker.sightings(facts);
            checker.record(facts);
        }
        return checker.violations;
    }

    private void numbers(String room) {
        List<Event> events = stored.room(room);
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).seq() != i + 1) {
                add(Kind.HOLE, "where " + (i + 1) + " should be is " + events.get(i));
                return;
            }
        }
        Long head = stored.heads().get(room);
        if (head == null || head != events.size()) {
            add(Kind.HOLE, room + " has " + events.size() + " messages and the head " + head);
        }
    }

    /** Ids are random and contents hold them: either twice is the same message twice. */
    private void once() {
        Map<String, Event> byId = new HashMap<>();
        Map<String, Event> byContent = new HashMap<>();
        stored.rooms()
                .values()
                .forEach(events -> events.forEach(event -> {
                    Event other = byId.putIfAbsent(event.sender() + " " + event.id(), event);
                    Event same = byContent.putIfAbsent(event.content(), event);
                    if (other != null || same != null) {
                        add(Kind.TWICE, event + " after " + (other == null ? same : other));
                    }
                }));
    }

    private void promises(Facts facts) {
        for (Ack ack : facts.acks) {
            Event promised = ack.message().at(ack.seq());
            if (!promised.equals(stored.at(facts.room, ack.seq()))) {
                add(Kind.ACKED_IS_LOST, promised + " is not what is stored: " + stored.at(facts.room, ack.seq()));
            }
            if (ack.duplicate()
                    && (ack.attempts() < 2
                            || !ids.getOrDefault(facts.room, Set.of()).contains(promised.id()))) {
                add(Kind.FALSE_DUPLICATE, promised + " after " + ack.attempts() + " attempts");
            }
        }
    }

    /** All see what is stored, and so all see the same. */
    private void sightings(Facts facts) {
        facts.log.forEach(this::sighting);
        facts.besides.forEach(this::sighting);
    }

    private void sighting(Event seen) {
        Event there = stored.at(seen.room(), seen.seq());
        if (!seen.equals(there)) {
            add(Kind.SEEN_OTHERWISE, seen + " is stored as " + there);
        }
    }

    private void record(Facts facts) {
        if (!facts.epochs.equals(Set.of(stored.epoch()))) {
            add(Kind.OTHER_LOG, "the log is " + stored.epoch() + ", a client was told " + facts.epochs);
        }
        List<Event> log = facts.log;
        for (int i = 1; i < log.size(); i++) {
            if (log.get(i).seq() != log.get(i - 1).seq() + 1) {
                add(Kind.RECORD, log.get(i) + " follows " + log.get(i - 1));
                break;
            }
        }
        int head = stored.room(facts.room).size();
        if (facts.position != head || (!log.isEmpty() && log.get(log.size() - 1).seq() != head)) {
            add(Kind.BEHIND, "a client of " + facts.room + " came to " + facts.position + " of " + head);
        }
    }

    private void add(Kind kind, String what) {
        violations.add(new Violation(kind, what));
    }
}
