package chat.parley.identity;

import chat.parley.store.GuestLedger;
import chat.parley.store.GuestSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A ledger on the heap. */
final class KeptGuests implements GuestLedger {

    private final Map<String, GuestSession> kept = new LinkedHashMap<>();

    private CompletionStage<Boolean> saved = CompletableFuture.completedStage(true);

    @Override
    public void keep(GuestSession guest) {
        kept.put(guest.key(), guest);
    }

    @Override
    public void forget(String key) {
        kept.remove(key);
    }

    @Override
    public CompletionStage<Boolean> saved() {
        return saved;
    }

    /** From now on nothing is saved before that. */
    void saveWith(CompletionStage<Boolean> stage) {
        saved = stage;
    }

    List<GuestSession> all() {
        return List.copyOf(kept.values());
    }
}
