package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WhenAwakeTest {

    private final List<String> done = new ArrayList<>();
    private final List<Runnable> handed = new ArrayList<>();

    @Test
    void whoIsAwakeActsAtOnce() {
        act(null);

        assertEquals(List.of("acted"), done);
    }

    @Test
    void whoWakesActsThenAndNotOnTheThreadThatFoundOut() {
        CompletableFuture<Boolean> waking = new CompletableFuture<>();
        act(waking);
        waking.complete(true);
        assertEquals(List.of(), done);

        handed.forEach(Runnable::run);

        assertEquals(List.of("acted"), done);
    }

    @Test
    void whoDoesNotWakeRefuses() {
        CompletableFuture<Boolean> waking = new CompletableFuture<>();
        act(waking);
        waking.complete(false);

        handed.forEach(Runnable::run);

        assertEquals(List.of("refused"), done);
        assertEquals(503, WhenAwake.UNSURE.status());
        assertEquals(1_000L, WhenAwake.UNSURE.retryAfterMs());
    }

    private void act(CompletableFuture<Boolean> waking) {
        new WhenAwake(() -> waking, handed::add).act(() -> done.add("acted"), () -> done.add("refused"));
    }
}
