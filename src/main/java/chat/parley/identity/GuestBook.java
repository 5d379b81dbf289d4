package chat.parley.identity;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The guests there are, in memory: each key once and each look once. Who is here stays; who is not is forgotten when
 * their time is over, or earlier when more are away than may be, those first whose time would end first. Not
 * thread-safe.
 */
final class GuestBook {
    private final Map<String, Guest> byKey = new HashMap<>();
    private final Map<String, Guest> byLook = new HashMap<>();

    /** Admitted for the first time and not here yet. Unbounded, but nobody stays in it for long. */
    private final TreeSet<Guest> expected = new TreeSet<>(Guest.BY_END);

    /** Were here, and have no connection now. */
    private final TreeSet<Guest> away = new TreeSet<>(Guest.BY_END);

    private final int maxAway;

    private final Consumer<Guest> forgotten;

    /** An empty one; {@code forgotten} hears who is forgotten. */
    GuestBook(int maxAway, Consumer<Guest> forgotten) {
        this.maxAway = maxAway;
        this.forgotten = forgotten;
    }

    @Nullable Guest byKey(String key) {
        return byKey.get(key);
    }

    @Nullable Guest byLook(String look) {
        return byLook.get(look);
    }

    /** Everybody in it. */
    Collection<Guest> all() {
        return byKey.values();
    }

    /** Adds somebody who is not here yet, whose key and look nobody has, and who is forgotten unless here by then. */
    void expect(Guest guest, long freeAt) {
        byKey.put(guest.identity.key(), guest);
        byLook.put(guest.look, guest);
        guest.freeAt = freeAt;
        expected.add(guest);
    }

    /** Adds somebody who was here before, and whose key and look nobody has. */
    void restore(Guest guest, long freeAt) {
        byKey.put(guest.identity.key(), guest);
        byLook.put(guest.look, guest);
        leave(guest, freeAt);
    }

    /** Somebody who was here is away from now on; the name is free again at {@code freeAt}. */
    void leave(Guest guest, long freeAt) {
        guest.freeAt = freeAt;
        away.add(guest);
        if (away.size() > maxAway) {
            forget(away.first());
        }
    }

    /** A guest who is away may stay so until {@code freeAt}, if that is later than it was. */
    void extend(Guest guest, long freeAt) {
        if (guest.freeAt < freeAt && away.remove(guest)) {
            guest.freeAt = freeAt;
            away.add(guest);
        }
    }

    /** The guest is here. */
    void arrive(Guest guest) {
        expected.remove(guest);
        away.remove(guest);
    }

    /** Takes somebody out who has no connection; nobody hears of it. */
    void remove(Guest guest) {
        expected.remove(guest);
        away.remove(guest);
        byKey.remove(guest.identity.key());
        byLook.remove(guest.look);
    }

    /** Forgets everybody whose time is over, and says how many. */
    int forgetUntil(long now) {
        return forgetUntil(now, expected) + forgetUntil(now, away);
    }

    int size() {
        return byKey.size();
    }

    private int forgetUntil(long now, TreeSet<Guest> guests) {
        int forgotten = 0;
        while (!guests.isEmpty() && guests.first().freeAt <= now) {
            forget(guests.first());
            forgotten++;
        }
        return forgotten;
    }

    private void forget(Guest guest) {
        boolean wasHere = !expected.remove(guest);
        away.remove(guest);
        byKey.remove(guest.identity.key());
        byLook.remove(guest.look);
        if (wasHere) {
            forgotten.accept(guest);
        }
    }
}
