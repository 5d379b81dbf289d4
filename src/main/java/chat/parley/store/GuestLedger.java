package chat.parley.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where guests are written down, so that they can come back after a restart. Any thread may tell; nothing here waits. */
public interface GuestLedger {

    /** Has a guest saved: soon, and before any append that is asked for from now on is committed. */
    void keep(GuestSession guest);

    /** Has a guest forgotten; one who was never kept may be forgotten too. */
    void forget(String key);

    /** Has a guest ended: they are none any more, on no server. */
    default void end(String key) {
        forget(key);
    }

    /**
     * Completes when everything that it was told until now is in the store; fails with a {@link StoreException} when it is
     * not, and then it is tried again. One that saves what it is told at once has nothing to do.
     */
    default CompletionStage<Boolean> saved() {
        return CompletableFuture.completedStage(true);
    }
}
