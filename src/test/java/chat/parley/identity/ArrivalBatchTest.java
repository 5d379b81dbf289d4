package chat.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.store.GuestClaims;
import chat.parley.store.GuestSession;
import chat.parley.store.StoreException;
import chat.parley.store.StoreTasks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ArrivalBatchTest {

    private final Asked store = new Asked();
    private final Later reader = new Later();
    private final ArrivalBatch batch = new ArrivalBatch(store, reader);

    @Test
    void thousandsWhoComeAtOnceAreTwoQueries() {
        List<CompletionStage<GuestClaims.Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            answers.add(batch.ask(Set.of("guest" + i), null, Map.of()));
        }

        reader.runAll();

        for (int i = 0; i < 2_000; i++) {
            assertTrue(answers.get(i).toCompletableFuture().join().known().containsKey("guest" + i));
        }
        assertEquals(List.of(1, 1_999), store.asked, "the first at once, the others together");
    }

    @Test
    void oneTransactionIsBounded() {
        for (int i = 0; i < 5_001; i++) {
            CompletionStage<GuestClaims.Answer> unused = batch.ask(Set.of("guest" + i), null, Map.of());
        }

        reader.runAll();

        assertEquals(List.of(1, 2_000, 2_000, 1_000), store.asked);
    }

    @Test
    void aTicketThatTwoBringAtOnceIsForOne() {
        CompletionStage<GuestClaims.Answer> first = batch.ask(Set.of("somebody"), null, Map.of());
        CompletionStage<GuestClaims.Answer> one = batch.ask(Set.of(), null, Map.of("ticket", 1L));
        CompletionStage<GuestClaims.Answer> two = batch.ask(Set.of(), null, Map.of("ticket", 1L));

        reader.runAll();

        assertTrue(first.toCompletableFuture().join().known().containsKey("somebody"));
        int redeemed = 0;
        for (CompletionStage<GuestClaims.Answer> each : List.of(one, two)) {
            redeemed += each.toCompletableFuture().join().redeemed().remove("ticket") ? 1 : 0;
        }
        assertEquals(1, redeemed);
    }

    @Test
    void whatFailsFailsForAllWhoAskedAndNobodyElse() {
        store.failure = new StoreException(StoreException.Kind.UNAVAILABLE, "away");
        CompletionStage<GuestClaims.Answer> early = batch.ask(Set.of("early"), null, Map.of());
        reader.runAll();
        store.failure = null;
        CompletionStage<GuestClaims.Answer> late = batch.ask(Set.of("late"), null, Map.of());
        reader.runAll();

        assertThrows(
                CompletionException.class, () -> early.toCompletableFuture().join());
        assertTrue(late.toCompletableFuture().join().known().containsKey("late"));
    }

    @Test
    void whatTheStoreRefusesOfOneIsRefusedToThemAlone() {
        store.poison = "poison";
        List<CompletionStage<GuestClaims.Answer>> good = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            good.add(batch.ask(Set.of("guest" + i), null, Map.of("ticket" + i, 1L)));
        }
        CompletionStage<GuestClaims.Answer> bad = batch.ask(Set.of("poison"), null, Map.of());
        good.add(batch.ask(Set.of("guest9"), null, Map.of("ticket9", 1L)));

        reader.runAll();

        for (int i = 0; i < 10; i++) {
            GuestClaims.Answer answer = good.get(i).toCompletableFuture().join();
            assertTrue(answer.known().containsKey("guest" + i));
            assertTrue(answer.redeemed().remove("ticket" + i));
        }
        CompletionException failure = assertThrows(
                CompletionException.class, () -> bad.toCompletableFuture().join());
        assertEquals(StoreException.Kind.REFUSED, ((StoreException) failure.getCause()).kind());
    }

    /** Knows everybody. */
    private static final class Asked implements GuestClaims {

        private final List<Integer> asked = new ArrayList<>();
        private StoreException failure;
        private String poison = "";

        @Override
        public Answer arrive(Collection<String> keys, Collection<Claim> claims, Map<String, Long> tickets)
                throws StoreException {
            if (failure != null) {
                throw failure;
            }
            if (keys.contains(poison)) {
                throw new StoreException(StoreException.Kind.REFUSED, poison);
            }
            asked.add(keys.size());
            Map<String, GuestSession> known = new HashMap<>();
            keys.forEach(key -> known.put(key, new GuestSession(key, key, new byte[0], null)));
            return new Answer(known, Set.of(), new HashSet<>(tickets.keySet()));
        }

        @Override
        public Set<String> hold(Collection<String> keys) {
            return Set.copyOf(keys);
        }

        @Override
        public void sweep() {}
    }

    /** Does what it is asked when the test says so. */
    private static final class Later implements StoreTasks {

        private final List<Runnable> tasks = new ArrayList<>();

        @Override
        public <T> CompletionStage<T> submit(Task<T> task) {
            CompletableFuture<T> result = new CompletableFuture<>();
            tasks.add(() -> {
                try {
                    result.complete(task.run());
                } catch (StoreException e) {
                    result.completeExceptionally(e);
                }
            });
            return result;
        }

        void runAll() {
            while (!tasks.isEmpty()) {
                tasks.remove(0).run();
            }
        }
    }
}
