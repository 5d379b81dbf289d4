package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.RoomName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The writer thread: order, durability before completion, bounded waiting, and failures that hit exactly their batch. */
@Timeout(60)
class GroupCommitTest {

    private static final RoomName LOBBY = new RoomName("lobby");
    private static final Author ANNA = new Author("key-anna", "anna", true);

    private final GatedStore store = new GatedStore();
    private GroupCommit commits = new GroupCommit(store, 100);

    @AfterEach
    void close() {
        store.open();
        commits.close();
    }

    @Test
    void appendsAreCommittedAndCompletedInTheirOrder() throws Exception {
        List<String> completed = new CopyOnWriteArrayList<>();
        store.shut();
        commits.start(outcome -> {});

        List<CompletableFuture<Outcome>> appends = appendAll(1, 50, completed);
        store.open();

        for (int i = 0; i < 50; i++) {
            assertEquals(i + 1, seq(appends.get(i)));
        }
        assertEquals(ids(1, 50), completed);
    }

    @Test
    void nothingIsCompletedBeforeItsBatchIsCommitted() throws Exception {
        store.shut();
        commits.start(outcome -> {});

        CompletableFuture<Outcome> append = append("1");
        store.awaitCall(1);
        assertFalse(append.isDone(), "completed while the store was still at it");
        store.open();

        assertEquals(1, seq(append));
        assertEquals(1, store.state(LOBBY, 1).head());
    }

    @Test
    void whatWaitsWhileTheStoreIsBusyBecomesOneBatch() throws Exception {
        store.shut();
        commits.start(outcome -> {});

        CompletableFuture<Outcome> first = append("0");
        store.awaitCall(1);
        List<CompletableFuture<Outcome>> rest = appendAll(1, 30, new ArrayList<>());
        store.open();

        seq(first);
        seq(rest.get(29));
        assertEquals(List.of(1, 30), store.batchSizes());
    }

    @Test
    void aBatchIsBounded() throws Exception {
        commits = new GroupCommit(store, 10_000);
        store.shut();
        commits.start(outcome -> {});

        append("0");
        store.awaitCall(1);
        List<CompletableFuture<Outcome>> rest = appendAll(1, 9_000, new ArrayList<>());
        store.open();

        seq(rest.get(8_999));
        assertTrue(store.batchSizes().stream().allMatch(size -> size <= 4_000), store.batchSizes()::toString);
        assertEquals(9_001, store.batchSizes().stream().mapToInt(size -> size).sum());
    }

    @Test
    void aStoreThatHangsIsNotAvailableUntilItGoesOn() throws Exception {
        store.shut();
        commits.start(outcome -> {});
        CompletableFuture<Outcome> append = append("1");
        store.awaitCall(1);
        assertTrue(commits.isAvailable());

        for (int i = 0; i < 300 && commits.isAvailable(); i++) {
            Thread.sleep(100);
        }

        assertFalse(commits.isAvailable(), "it hangs for half a minute");
        store.open();
        assertEquals(1, seq(append));
        for (int i = 0; i < 300 && !commits.isAvailable(); i++) {
            Thread.sleep(100);
        }
        assertTrue(commits.isAvailable());
    }

    @Test
    void aFullQueueIsBusyAtOnce() throws Exception {
        commits = new GroupCommit(store, 3);
        store.shut();
        commits.start(outcome -> {});
        CompletableFuture<Outcome> underWay = append("0");
        store.awaitCall(1);

        List<CompletableFuture<Outcome>> waiting = appendAll(1, 3, new ArrayList<>());
        CompletableFuture<Outcome> tooMuch = append("4");

        assertTrue(tooMuch.isDone(), "the caller was kept waiting");
        assertEquals(StoreException.Kind.BUSY, failure(tooMuch).kind());
        store.open();
        assertEquals(1, seq(underWay));
        assertEquals(4, seq(waiting.get(2)));
        assertEquals(5, seq(append("5")), "works again");
    }

    @Test
    void aStoreFailureFailsExactlyItsBatch() throws Exception {
        StoreException broken = new StoreException(StoreException.Kind.UNAVAILABLE, "no disk");
        store.shut();
        commits.start(outcome -> {});
        CompletableFuture<Outcome> before = append("0");
        store.awaitCall(1);
        List<CompletableFuture<Outcome>> hit = appendAll(1, 10, new ArrayList<>());
        store.failCall(2, broken);

        store.open();

        assertEquals(1, seq(before));
        for (CompletableFuture<Outcome> append : hit) {
            assertEquals(broken, failure(append));
        }
        assertEquals(2, seq(append("11")), "goes on after the failure");
    }

    @Test
    void aStoreThatThrowsWhatItMustNotIsUnavailable() throws Exception {
        store.failCall(1, new IllegalStateException("a bug"));
        commits.start(outcome -> {});

        StoreException failure = failure(append("0"));

        assertEquals(StoreException.Kind.UNAVAILABLE, failure.kind());
        assertEquals("a bug", failure.getCause().getMessage());
        assertEquals(1, seq(append("1")), "goes on after the failure");
    }

    @Test
    void aStoreThatAnswersTooLittleFailsItsBatchAndNothingElse() throws Exception {
        store.forgetOutcomesOfCall(1);
        commits.start(outcome -> {});

        assertEquals(StoreException.Kind.UNAVAILABLE, failure(append("0")).kind());
        assertEquals(2, seq(append("1")), "goes on after the failure");
    }

    @Test
    void theListenerHearsEachOutcomeBeforeItsStageCompletesAndInOrder() throws Exception {
        List<String> happened = new CopyOnWriteArrayList<>();
        store.shut();
        commits.start(outcome ->
                happened.add("heard " + ((Outcome.Stored) outcome).message().id()));

        List<CompletableFuture<Outcome>> appends = new ArrayList<>();
        for (String id : ids(1, 5)) {
            CompletableFuture<Outcome> append = append(id);
            append.thenRun(() -> happened.add("completed " + id));
            appends.add(append);
        }
        store.open();
        seq(appends.get(4));
        close();

        List<String> expected = new ArrayList<>();
        for (String id : ids(1, 5)) {
            expected.add("heard " + id);
            expected.add("completed " + id);
        }
        assertEquals(expected, happened);
    }

    @Test
    void aListenerThatThrowsCostsNobodyAnAnswer() throws Exception {
        commits.start(outcome -> {
            throw new IllegalStateException("a bug");
        });

        assertEquals(1, seq(append("1")));
        assertEquals(2, seq(append("2")));
    }

    @Test
    void closeCommitsWhatWaits() throws Exception {
        store.shut();
        commits.start(outcome -> {});
        List<CompletableFuture<Outcome>> appends = appendAll(1, 20, new ArrayList<>());
        store.awaitCall(1);

        Thread closing = new Thread(() -> commits.close(Duration.ofSeconds(30)));
        closing.start();
        store.open();
        closing.join(30_000);

        assertFalse(closing.isAlive());
        for (CompletableFuture<Outcome> append : appends) {
            assertTrue(append.isDone(), "closed with an append under way");
            seq(append);
        }
        assertEquals(20, store.state(LOBBY, 1).head());
    }

    @Test
    void closeDoesNotWaitForAStoreThatHangs() throws Exception {
        store.shut();
        commits.start(outcome -> {});
        append("0");
        store.awaitCall(1);
        CompletableFuture<Outcome> waiting = append("1");

        commits.close(Duration.ofMillis(50));

        assertEquals(StoreException.Kind.UNAVAILABLE, failure(waiting).kind());
    }

    @Test
    void anAppendAfterCloseIsUnavailableAtOnce() {
        commits.start(outcome -> {});
        commits.close();

        CompletableFuture<Outcome> late = append("1");

        assertTrue(late.isDone());
        assertEquals(StoreException.Kind.UNAVAILABLE, failure(late).kind());
    }

    @Test
    void anAppendToAWriterThatNeverStartedFailsWhenItIsClosed() {
        CompletableFuture<Outcome> append = append("1");

        commits.close();

        assertEquals(StoreException.Kind.UNAVAILABLE, failure(append).kind());
    }

    @Test
    void noAppendIsLostInARaceWithClose() throws Exception {
        for (int round = 0; round < 100; round++) {
            GroupCommit racing = new GroupCommit(new MemoryStore(1_000, Long.MAX_VALUE, new SteppingClock()), 1_000);
            racing.start(outcome -> {});
            CyclicBarrier start = new CyclicBarrier(3);
            List<CompletableFuture<Outcome>> appends = new CopyOnWriteArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                String prefix = t + "-";
                threads.add(new Thread(() -> {
                    await(start);
                    for (int i = 0; i < 20; i++) {
                        appends.add(racing.append(draft(prefix + i)).toCompletableFuture());
                    }
                }));
            }
            threads.forEach(Thread::start);
            await(start);
            racing.close(Duration.ofSeconds(30));
            for (Thread thread : threads) {
                thread.join(30_000);
            }

            assertEquals(40, appends.size());
            for (CompletableFuture<Outcome> append : appends) {
                append.handle((outcome, failure) -> "answered").get(30, TimeUnit.SECONDS);
            }
        }
    }

    // ---- in the words of the tests

    private CompletableFuture<Outcome> append(String id) {
        return commits.append(draft(id)).toCompletableFuture();
    }

    private List<CompletableFuture<Outcome>> appendAll(int from, int count, List<String> completed) {
        List<CompletableFuture<Outcome>> appends = new ArrayList<>();
        for (String id : ids(from, count)) {
            appends.add(append(id).whenComplete((outcome, failure) -> completed.add(id)));
        }
        return appends;
    }

    private static List<String> ids(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(String::valueOf).toList();
    }

    private static Draft draft(String id) {
        return new Draft(LOBBY, ANNA, id, "content of " + id);
    }

    private static long seq(CompletableFuture<Outcome> append) throws Exception {
        return assertInstanceOf(Outcome.Stored.class, append.get(30, TimeUnit.SECONDS))
                .message()
                .seq();
    }

    private static StoreException failure(CompletableFuture<Outcome> append) {
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> append.get(30, TimeUnit.SECONDS));
        return assertInstanceOf(StoreException.class, thrown.getCause());
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
