package chat.parley.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of guests since it was last saved; the newest counts. Any thread tells, the writer saves. Bounded by the
 * number of guests.
 */
final class GuestChanges {

    private static final Logger log = LoggerFactory.getLogger(GuestChanges.class);

    private final Object lock = new Object();

    /** By key; empty is a guest who is forgotten. */
    @GuardedBy("lock") private Map<String, Optional<GuestSession>> changes = new HashMap<>();

    /** Who is none any more. */
    @GuardedBy("lock") private Set<String> ended = new HashSet<>();

    void end(String key) {
        synchronized (lock) {
            changes.remove(key);
            ended.add(key);
        }
    }

    void keep(GuestSession guest) {
        synchronized (lock) {
            changes.put(guest.key(), Optional.of(guest));
        }
    }

    void forget(String key) {
        synchronized (lock) {
            changes.put(key, Optional.empty());
        }
    }

    /** Saves what there is; what could not be saved stays, unless it has changed again. */
    void save(MessageStore store) throws StoreException {
        Map<String, Optional<GuestSession>> taken;
        Set<String> over;
        synchronized (lock) {
            if (changes.isEmpty() && ended.isEmpty()) {
                return;
            }
            taken = changes;
            over = ended;
            changes = new HashMap<>();
            ended = new HashSet<>();
        }
        List<GuestSession> kept = new ArrayList<>();
        List<String> forgotten = new ArrayList<>();
        taken.forEach((key, guest) -> guest.ifPresentOrElse(kept::add, () -> forgotten.add(key)));
        boolean saved = false;
        try {
            if (!taken.isEmpty()) {
                store.saveGuests(kept, forgotten);
            }
            if (!over.isEmpty()) {
                store.endGuests(over);
            }
            saved = true;
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.REFUSED) {
                throw e;
            }
            saved = true; // It would be refused again, and everybody's messages with it.
            log.atError().addKeyValue("why", e.getMessage()).log("the store refused guests, who cannot come back");
        } finally {
            if (!saved) {
                synchronized (lock) {
                    taken.forEach(changes::putIfAbsent);
                    ended.addAll(over);
                }
            }
        }
    }
}
