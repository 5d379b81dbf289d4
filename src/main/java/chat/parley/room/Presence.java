package chat.parley.room;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a room: one entry a user, however many connections, and on however many servers. Every change has a number,
 * the version. Not thread-safe: the room's lock guards it.
 */
final class Presence {

    private static final class Person {
        private int connections; // of this server
        private boolean lingers;

        /** When a person without connections who lingers is gone from this server, by {@code System.nanoTime()}. */
        private long lingersUntil;

        private boolean elsewhere;

        private boolean isOwn() {
            return connections > 0 || lingers;
        }
    }

    /** A page of names. */
    record Names(List<String> names, boolean more) {}

    private final NavigableMap<String, Person> people = new TreeMap<>();
    private long version;
    private int own;

    /** Counts a connection in; whether the person was not here before. */
    boolean enter(String name) {
        Person person = people.get(name);
        boolean isNew = person == null;
        if (person == null) {
            person = new Person();
            people.put(name, person);
            version++;
        }
        own += person.isOwn() ? 0 : 1;
        person.connections++;
        person.lingers = false;
        return isNew;
    }

    /** Counts a connection out that said so; whether the person is gone with it. */
    boolean leave(String name) {
        Person person = people.get(name);
        if (person == null || person.connections == 0 || --person.connections > 0) {
            return false;
        }
        return isGone(name, person);
    }

    /**
     * Counts a connection out that dropped; whether it was the person's last, who now lingers until the given time.
     */
    boolean drop(String name, long lingersUntil) {
        Person person = people.get(name);
        if (person == null || person.connections == 0 || --person.connections > 0) {
            return false;
        }
        person.lingers = true;
        person.lingersUntil = lingersUntil;
        return true;
    }

    /** Whether the person lingered to the end and is gone now. */
    boolean expire(String name, long nanoTime) {
        Person person = people.get(name);
        if (person == null || !person.lingers || nanoTime - person.lingersUntil < 0) {
            return false;
        }
        person.lingers = false;
        return isGone(name, person);
    }

    /** Somebody is on another server; whether the person was not here before. */
    boolean enterElsewhere(String name) {
        Person person = people.get(name);
        if (person == null) {
            person = new Person();
            person.elsewhere = true;
            people.put(name, person);
            version++;
            return true;
        }
        person.elsewhere = true;
        return false;
    }

    /** Somebody is on no other server any more; whether the person is gone with it. */
    boolean leaveElsewhere(String name) {
        Person person = people.get(name);
        if (person == null || !person.elsewhere) {
            return false;
        }
        person.elsewhere = false;
        if (person.isOwn()) {
            return false;
        }
        people.remove(name);
        version++;
        return true;
    }

    /** Of somebody who has just gone from this server: whether the person is gone altogether. */
    private boolean isGone(String name, Person person) {
        own--;
        if (person.elsewhere) {
            return false;
        }
        people.remove(name);
        version++;
        return true;
    }

    /** Whether somebody is here on this server, or was a moment ago. */
    boolean isOwn(String name) {
        Person person = people.get(name);
        return person != null && person.isOwn();
    }

    /** How many people are here on this server. */
    int own() {
        return own;
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
