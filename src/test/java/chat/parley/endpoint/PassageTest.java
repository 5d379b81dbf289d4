package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PassageTest {

    private static final int MOST = 100;

    private final HoldingBudget budget = new HoldingBudget(1_000_000);
    private final Passage passage = new Passage(3, budget, Runnable::run);
    private final List<String> passed = new ArrayList<>();

    @Test
    void whatComesWhileItIsOpenPassesAtOnce() {
        offer("a");

        assertEquals(List.of("a"), passed);
    }

    @Test
    void whatIsHeldPassesBeforeWhatComesLater() {
        passage.shut();
        offer("a");
        assertTrue(passage.offer(
                frame("b", null, () -> offer("c")), // while it is being opened
                1,
                MOST));
        assertEquals(List.of(), passed);

        passage.open();
        offer("d");

        assertEquals(List.of("a", "b", "c", "d"), passed);
    }

    @Test
    void itHoldsSoManyAndSoMuch() {
        passage.shut();
        assertFalse(passage.offer(frame("large"), 101, MOST));
        offer("a");
        offer("b");
        offer("c");

        assertFalse(passage.offer(frame("d"), 1, MOST));

        passage.open();
        assertEquals(List.of("a", "b", "c"), passed);
    }

    @Test
    void allTogetherHoldNoMoreThanTheirBudget() {
        HoldingBudget small = new HoldingBudget(10);
        Passage one = new Passage(100, small, Runnable::run);
        Passage two = new Passage(100, small, Runnable::run);
        one.shut();
        two.shut();
        assertTrue(one.offer(frame("a"), 6, MOST));

        assertFalse(two.offer(frame("b"), 6, MOST));
        one.open();
        assertTrue(two.offer(frame("c"), 6, MOST), "what passed is given back");
        two.discard();
        one.shut();
        assertTrue(one.offer(frame("d"), 10, MOST), "what is discarded too");
        one.open();

        assertEquals(List.of("a", "d"), passed);
    }

    @Test
    void whatIsHeldIsLookedUpWhenItIsItsTurn() {
        CompletableFuture<Boolean> lookup = new CompletableFuture<>();
        passage.shut();
        offer("a");
        assertTrue(passage.offer(frame("auth", lookup, () -> {}), 1, MOST));
        offer("b");

        passage.open();
        assertEquals(List.of("a"), passed);

        lookup.complete(true);
        assertEquals(List.of("a", "auth", "b"), passed);
    }

    @Test
    void whatWaitsForNothingThatComesIsPutOffWithAllBehindIt() {
        CompletableFuture<Boolean> waking = new CompletableFuture<>();
        assertTrue(passage.offer(frame("a", waking, () -> {}), 1, MOST));
        assertTrue(passage.offer(frame("b", new CompletableFuture<>(), () -> {}), 1, MOST));
        assertEquals(List.of(), passed);

        waking.complete(false);
        offer("c");

        assertEquals(List.of("not a", "not b", "c"), passed);
    }

    @Test
    void whatWaitedIsNotCarriedOutByTheThreadItWaitedFor() {
        List<Runnable> handed = new ArrayList<>();
        Passage own = new Passage(3, budget, handed::add);
        CompletableFuture<Boolean> waking = new CompletableFuture<>();
        assertTrue(own.offer(frame("a", waking, () -> {}), 1, MOST));

        waking.complete(true);

        assertEquals(List.of(), passed);
        handed.remove(0).run();
        assertEquals(List.of("a"), passed);
    }

    @Test
    @Timeout(30)
    void theOrderHoldsWhoeverOpensIt() throws Exception {
        for (int round = 0; round < 500; round++) {
            Passage busy = new Passage(1_000, budget, Runnable::run);
            ConcurrentLinkedQueue<Integer> seen = new ConcurrentLinkedQueue<>();
            busy.shut();
            Thread opener = new Thread(busy::open);
            opener.start();
            for (int i = 0; i < 200; i++) {
                int number = i;
                assertTrue(busy.offer(frame(() -> seen.add(number)), 1, 1_000));
            }
            opener.join();

            assertEquals(IntStream.range(0, 200).boxed().toList(), List.copyOf(seen));
        }
    }

    private void offer(String name) {
        assertTrue(passage.offer(frame(name), 1, MOST));
    }

    private Passage.Frame frame(String name) {
        return frame(name, null, () -> {});
    }

    private Passage.Frame frame(Runnable carryOut) {
        return frame("", null, carryOut);
    }

    private Passage.Frame frame(String name, CompletionStage<Boolean> first, Runnable then) {
        return new Passage.Frame() {
            @Override
            public CompletionStage<Boolean> first() {
                return first;
            }

            @Override
            public void carryOut() {
                if (!name.isEmpty()) {
                    passed.add(name);
                }
                then.run();
            }

            @Override
            public void putOff() {
                passed.add("not " + name);
            }
        };
    }
}
