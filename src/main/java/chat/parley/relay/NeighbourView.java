package chat.parley.relay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is in one room on the other servers, from what was read and what is told of changes since. A change that does not
 * follow the last one asks for the room to be read again; while it is read, changes wait. One thread at a time may call.
 */
final class NeighbourView {

    /** So many changes wait while a room is read; when there are more, it is read again afterwards. */
    private static final int MAX_HELD = 1_000;

    /** What became of a change, or of what was read. */
    record Change(Set<String> came, Set<String> went, boolean readAgain) {

        boolean isNothing() {
            return came.isEmpty() && went.isEmpty();
        }
    }

    private final String me;
    private final Map<String, Set<String>> people = new HashMap<>();
    private final List<Notice> held = new ArrayList<>();
    private long version;
    private boolean reading;
    private long readings;
    private boolean readAgain;
    private boolean isDoubtful;

    /** Of nobody; version 0 is that of a room that nobody is in. */
    NeighbourView(String me) {
        this.me = me;
    }

    /** Whether changes wait for what is read. */
    boolean isReading() {
        return reading;
    }

    /** Whether somebody is shown whom the last reading did not find. */
    boolean isDoubtful() {
        return isDoubtful;
    }

    /** From now on changes wait for what is read. What is being read already does not count any more. */
    void startReading() {
        reading = true;
        readings++;
    }

    /** The number of the last reading. */
    long readings() {
        return readings;
    }

    /** What was being read does not come, or does not count. */
    void stopReading() {
        reading = false;
        readings++;
        readAgain = false;
        held.clear();
    }

    /** Another server, or this one, told of a change. */
    Change hear(Notice notice) {
        Set<String> came = new HashSet<>();
        Set<String> went = new HashSet<>();
        boolean hole = !take(notice, came, went);
        return new Change(came, went, hole && !reading);
    }

    /**
     * A room was read. Nothing when another reading was started since: only what comes last is as new as what was heard.
     *
     * @param number of the reading
     * @param found each server and its people; those of this server are nobody's neighbours
     * @param believing whether who was not found is gone; else who was there is shown until the next reading
     */
    Change read(long number, long asOf, Map<String, ? extends Collection<String>> found, boolean believing) {
        if (number != readings) {
            return new Change(Set.of(), Set.of(), false);
        }
        Set<String> before = names();
        Map<String, Set<String>> old = new HashMap<>(people);
        people.clear();
        isDoubtful = false;
        found.forEach((server, names) -> {
            if (!server.equals(me)) {
                people.put(server, new HashSet<>(names));
            }
        });
        if (!believing) {
            old.forEach((server, names) -> isDoubtful |=
                    people.computeIfAbsent(server, it -> new HashSet<>()).addAll(names));
        }
        version = asOf;
        reading = false;
        boolean hole = readAgain;
        readAgain = false;
        held.sort(Comparator.comparingLong(Notice::version));
        for (Notice notice : List.copyOf(held)) {
            hole |= !take(notice, new HashSet<>(), new HashSet<>());
        }
        held.clear();
        Set<String> after = names();
        return new Change(minus(after, before), minus(before, after), hole);
    }

    /** Forgets everybody. */
    Change forget() {
        Set<String> went = names();
        people.clear();
        isDoubtful = false;
        version = 0;
        return new Change(Set.of(), went, false);
    }

    /** Everybody. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        people.values().forEach(names::addAll);
        return names;
    }

    /** False when the room has to be read first. */
    private boolean take(Notice notice, Set<String> came, Set<String> went) {
        if (reading) {
            hold(notice);
            return true;
        }
        if (notice.version() <= version) {
            return true;
        }
        // What follows on nobody follows on a view of nobody, whatever its version was.
        if (notice.before() != version && !(notice.before() == 0 && people.isEmpty())) {
            return false;
        }
        version = notice.version();
        if (notice.server().equals(me)) {
            return true;
        }
        if (notice.changes().contains(Notice.NOBODY)) {
            Set<String> all = people.remove(notice.server());
            if (all != null) {
                all.stream().filter(name -> !isElsewhere(name)).forEach(name -> went(name, came, went));
            }
            return true;
        }
        Set<String> there = people.computeIfAbsent(notice.server(), it -> new HashSet<>());
        for (String change : notice.changes()) {
            String name = change.substring(1);
            boolean was = isElsewhere(name);
            if (change.startsWith("+")) {
                there.add(name);
            } else {
                there.remove(name);
            }
            if (was && !isElsewhere(name)) {
                went(name, came, went);
            } else if (!was && there.contains(name)) {
                came.add(name);
                went.remove(name);
            }
        }
        if (there.isEmpty()) {
            people.remove(notice.server());
        }
        return true;
    }

    private static void went(String name, Set<String> came, Set<String> went) {
        came.remove(name);
        went.add(name);
    }

    private void hold(Notice notice) {
        if (held.size() < MAX_HELD) {
            held.add(notice);
        } else {
            readAgain = true;
        }
    }

    private boolean isElsewhere(String name) {
        for (Set<String> names : people.values()) {
            if (names.contains(name)) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> minus(Set<String> all, Set<String> without) {
        Set<String> left = new HashSet<>(all);
        left.removeAll(without);
        return left;
    }
}
