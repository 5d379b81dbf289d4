package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WakefulnessTest {

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final List<CompletableFuture<String>> attempts = new ArrayList<>();
    private long nanos;
    private long millis;
    private final Wakefulness wakefulness = new Wakefulness(scheduler, () -> nanos, () -> millis);

    @BeforeEach
    void registers() {
        wakefulness.onWaking(() -> {
            CompletableFuture<String> attempt = new CompletableFuture<>();
            attempts.add(attempt);
            return attempt;
        });
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void aNapIsNoSleep() {
        pass(Wakefulness.NAP);

        assertNull(wakefulness.waking());
    }

    @Test
    void whoSleptIsNotAwakeBeforeEverythingIsReadAnew() {
        pass(Wakefulness.NAP.plusMillis(1));

        CompletionStage<Boolean> waking = wakefulness.waking();
        assertNotNull(waking);
        assertFalse(wakefulness.isAwake());
        assertNotNull(wakefulness.waking(), "not awake for the next who asks either");
        assertEquals(1, attempts.size(), "one attempt for all who ask");

        attempts.get(0).complete("read");

        assertTrue(waking.toCompletableFuture().join());
        assertTrue(wakefulness.isAwake());
        assertNull(wakefulness.waking());
    }

    @Test
    void aMachineThatWasPausedMayShowItByTheTimeOfDayAlone() {
        millis += Wakefulness.NAP.toMillis() + 1;

        assertNotNull(wakefulness.waking());
    }

    @Test
    void whatFailsIsTriedAgain() {
        pass(Duration.ofMinutes(1));
        CompletionStage<Boolean> first = wakefulness.waking();
        assertNotNull(first);
        attempts.get(0).completeExceptionally(new StoreException(StoreException.Kind.UNAVAILABLE, "away"));

        assertFalse(first.toCompletableFuture().join());
        assertFalse(wakefulness.isAwake());
        assertNotNull(wakefulness.waking());
        assertEquals(1, attempts.size(), "not at once");
        pass(Wakefulness.TICK);
        assertNotNull(wakefulness.waking());
        attempts.get(1).complete("read");

        assertTrue(wakefulness.isAwake());
    }

    @Test
    void whatNeverAnswersIsNotWaitedForForEver() throws Exception {
        pass(Duration.ofMinutes(1));
        CompletionStage<Boolean> waking = wakefulness.waking();
        assertNotNull(waking);

        assertFalse(waking.toCompletableFuture().get(20, TimeUnit.SECONDS));
    }

    @Test
    void anAttemptThatTakesLongerThanAnybodyWaitsWakesItAllTheSame() throws Exception {
        pass(Duration.ofMinutes(1));
        CompletionStage<Boolean> waking = wakefulness.waking();
        assertNotNull(waking);
        tickFor(Duration.ofSeconds(3));
        assertFalse(waking.toCompletableFuture().get(20, TimeUnit.SECONDS));
        assertEquals(1, attempts.size(), "the one attempt goes on");
        CompletionStage<Boolean> late = wakefulness.waking();
        assertNotNull(late);

        attempts.get(0).complete("read");

        assertTrue(late.toCompletableFuture().join());
        assertTrue(wakefulness.isAwake());
    }

    @Test
    void whoIsNotAwakeForLongSaysSo() {
        wakefulness.doubt();
        tickFor(Wakefulness.LONG);
        assertFalse(wakefulness.isLongAsleep());

        tickFor(Wakefulness.TICK);
        assertTrue(wakefulness.isLongAsleep());

        attempts.get(0).complete("read");
        assertFalse(wakefulness.isLongAsleep());
    }

    @Test
    void whatWasReadBeforeADoubtIsReadAgain() {
        wakefulness.doubt();
        CompletionStage<Boolean> waking = wakefulness.waking();
        assertNotNull(waking);
        pass(Wakefulness.TICK);
        wakefulness.doubt();
        assertEquals(1, attempts.size());

        attempts.get(0).complete("read before");

        assertFalse(wakefulness.isAwake());
        assertFalse(waking.toCompletableFuture().isDone(), "the next attempt may be in time");
        attempts.get(1).complete("read after");
        assertTrue(wakefulness.isAwake());
        assertTrue(waking.toCompletableFuture().join());
    }

    @Test
    void aSleepInTheMidstOfAnAttemptIsOneToo() {
        wakefulness.doubt();
        pass(Wakefulness.NAP.plusMillis(1));

        attempts.get(0).complete("read before");

        assertFalse(wakefulness.isAwake());
        assertEquals(2, attempts.size());
        attempts.get(1).complete("read after");
        assertTrue(wakefulness.isAwake());
    }

    @Test
    void whoLostTouchIsNotAwake() {
        wakefulness.doubt();

        assertFalse(wakefulness.isAwake());
        attempts.get(0).complete("read");
        assertTrue(wakefulness.isAwake());
    }

    @Test
    void whoIsAloneSleepsWell() {
        Wakefulness alone = new Wakefulness(scheduler, () -> nanos, () -> millis);
        pass(Duration.ofHours(1));

        assertNull(alone.waking());
    }

    private void tickFor(Duration time) {
        for (long rest = time.toMillis(); rest > 0; rest -= Wakefulness.TICK.toMillis()) {
            pass(Wakefulness.TICK);
            wakefulness.tick();
        }
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        millis += time.toMillis();
    }
}
