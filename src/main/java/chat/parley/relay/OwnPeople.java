package chat.parley.relay;

import chat.parley.protocol.RoomName;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who is in which room on this server, and whom of it the others have not been told. Only how it is counts, not how it
 * came to be: so telling twice, or too much, does no harm. Any thread may call.
 */
final class OwnPeople {

    /** What is to be told of a room: {@code +name} or {@code -name} for each. */
    record Telling(RoomName room, List<String> changes) {}

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final Map<RoomName, Set<String>> here = new HashMap<>();

    @GuardedBy("lock") private final Map<RoomName, Set<String>> untold = new HashMap<>();

    /** The keys of {@link #untold}, in the order in which there was something to tell. */
    @GuardedBy("lock") private final Set<RoomName> order = new LinkedHashSet<>();

    /** Somebody came or went; whether there was nothing to tell before. */
    boolean change(RoomName room, String name, boolean isHere) {
        lock.lock();
        try {
            if (isHere) {
                here.computeIfAbsent(room, it -> new HashSet<>()).add(name);
            } else {
                here.computeIfPresent(room, (it, names) -> names.remove(name) && names.isEmpty() ? null : names);
            }
            boolean first = order.isEmpty();
            tell(room, name);
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** The others believe these to be in a room; whether that has to be put right. */
    boolean compare(RoomName room, Collection<String> believed) {
        lock.lock();
        try {
            Set<String> names = here.getOrDefault(room, Set.of());
            Set<String> told = new HashSet<>(believed);
            for (String name : names) {
                if (!told.contains(name)) {
                    tell(room, name);
                }
            }
            for (String name : told) {
                if (!names.contains(name)) {
                    tell(room, name);
                }
            }
            return !order.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** What is to be told of some room, at most so much; null when there is nothing. It counts as told. */
    @Nullable Telling next(int most) {
        lock.lock();
        try {
            if (order.isEmpty()) {
                return null;
            }
            RoomName room = order.iterator().next();
            Set<String> names = untold.getOrDefault(room, Set.of());
            Set<String> present = here.getOrDefault(room, Set.of());
            List<String> changes = new ArrayList<>();
            for (String name : List.copyOf(names)) {
                if (changes.size() < most) {
                    names.remove(name);
                    changes.add((present.contains(name) ? "+" : "-") + name);
                }
            }
            if (names.isEmpty()) {
                untold.remove(room);
                order.remove(room);
            }
            return new Telling(room, changes);
        } finally {
            lock.unlock();
        }
    }

    /** The others have to be told all anew, when it is known what they believe. */
    void forgetUntold() {
        lock.lock();
        try {
            untold.clear();
            order.clear();
        } finally {
            lock.unlock();
        }
    }

    /** The rooms that somebody is in. */
    List<RoomName> rooms() {
        lock.lock();
        try {
            return List.copyOf(here.keySet());
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private void tell(RoomName room, String name) {
        untold.computeIfAbsent(room, it -> new LinkedHashSet<>()).add(name);
        order.add(room);
    }
}
