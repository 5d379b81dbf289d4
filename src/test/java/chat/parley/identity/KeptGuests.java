package chat.parley.identity;

import chat.parley.store.GuestLedger;
import chat.parley.store.GuestSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A ledger on the heap. */
final class KeptGuests implements GuestLedger {

    private final Map<String, GuestSession> kept = new LinkedHashMap<>();

    @Override
    public void keep(GuestSession guest) {
        kept.put(guest.key(), guest);
    }

    @Override
    public void forget(String key) {
        kept.remove(key);
    }

    List<GuestSession> all() {
        return List.copyOf(kept.values());
    }
}
