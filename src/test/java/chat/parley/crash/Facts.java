package chat.parley.crash;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one client was told, and what it made of it. Its thread only, until that has ended. */
final class Facts {

    /** The log of its room as it put it together, from where it first came in. */
    final List<Event> log = new ArrayList<>();

    /** What it saw besides: again, or before its turn. */
    final List<Event> besides = new ArrayList<>();

    final List<Ack> acks = new ArrayList<>();

    final Set<String> epochs = new LinkedHashSet<>();

    /** What it noticed itself. */
    final List<Violation> violations = new ArrayList<>();

    final String room;

    /** How far it came. */
    long position = -1;

    /** Whether something it said as who it is now was answered. */
    boolean established;

    int sent;
    int resent;
    int unknown;
    int connections;
    int strangers;
    int unrecovered;
    int gaps;

    Facts(String room) {
        this.room = room;
    }

    void violated(Violation.Kind kind, String what) {
        violations.add(new Violation(kind, room + ": " + what));
    }
}
