package chat.parley.room;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a room: one entry a user, however many connections. Every change has a number, the version. Not
 * thread-safe: the room's lock guards it.
 */
final class Presence {

    private static final class Person {
        private int connections;

        /** When a person without connections is gone, by {@code System.nanoTime()}. */
        private long lingersUntil;
    }

    /** A page of names. */
    record Names(List<String> names, boolean more) {}

    private final NavigableMap<String, Person> people = new TreeMap<>();
    private long version;

    /** Counts a connection in; whether the person was not here before. */
    boolean enter(String name) {
        Person person = people.get(name);
        boolean isNew = person == null;
        if (person == null) {
            person = new Person();
            people.put(name, person);
            version++;
        }
        person.connections++;
        return isNew;
    }

    /** Counts a connection out that said so; whether the person is gone with it. */
    boolean leave(String name) {
        Person person = people.get(name);
        if (person == null || --person.connections > 0) {
            return false;
        }
        people.remove(name);
        version++;
        return true;
    }

    /**
     * Counts a connection out that dropped; whether it was the person's last, who now lingers until the given time.
     */
    boolean drop(String name, long lingersUntil) {
        Person person = people.get(name);
        if (person == null || --person.connections > 0) {
            return false;
        }
        person.lingersUntil = lingersUntil;
        return true;
    }

    /** Whether the person lingered to the end and is gone now. */
    boolean expire(String name, long nanoTime) {
        Person person = people.get(name);
        if (person == null || person.connections > 0 || nanoTime - person.lingersUntil < 0) {
            return false;
        }
        people.remove(name);
        version++;
        return true;
    }

    int count() {
        return people.size();
    }

    long version() {
        return version;
    }

    /** The names behind one, in order. */
    Names names(@Nullable String after, int limit) {
        List<String> names = new ArrayList<>();
        for (String name : (after == null ? people : people.tailMap(after, false)).keySet()) {
            if (names.size() == limit) {
                return new Names(names, true);
            }
            names.add(name);
        }
        return new Names(names, false);
    }
}
