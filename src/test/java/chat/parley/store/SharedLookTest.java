package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Who gets which look. */
class SharedLookTest {

    private final List<CompletableFuture<Boolean>> looks = new ArrayList<>();
    private final SharedLook shared = new SharedLook(this::look, Runnable::run);

    @Test
    void whoAsksWhileOneIsUnderWayGetsTheNextWhichIsOneForAll() {
        CompletableFuture<Boolean> first = shared.ask().toCompletableFuture();
        CompletableFuture<Boolean> second = shared.ask().toCompletableFuture();
        CompletableFuture<Boolean> third = shared.ask().toCompletableFuture();
        assertEquals(1, looks.size());

        looks.get(0).complete(true);

        assertTrue(first.join());
        assertFalse(second.isDone());
        assertFalse(third.isDone());
        assertEquals(2, looks.size());
        looks.get(1).complete(true);
        assertTrue(second.join());
        assertTrue(third.join());
        assertEquals(2, looks.size());
    }

    @Test
    void afterALookThatFailedTheNextIsAnother() {
        CompletableFuture<Boolean> first = shared.ask().toCompletableFuture();
        CompletableFuture<Boolean> second = shared.ask().toCompletableFuture();

        looks.get(0).completeExceptionally(new IllegalStateException("no"));
        looks.get(1).complete(true);

        assertThrows(CompletionException.class, first::join);
        assertTrue(second.join());
    }

    private CompletableFuture<Boolean> look() {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        looks.add(begun);
        return begun;
    }
}
