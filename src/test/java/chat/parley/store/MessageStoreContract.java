package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link MessageStore} promises, reading included. A backend's test extends this and says how an empty store is
 * opened.
 */
abstract class MessageStoreContract extends StoreReadingContract {

    // ---- numbers and order

    @Test
    void numbersOfARoomStartAtOneAndHaveNoHoles() throws StoreException {
        List<Long> seqs = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            seqs.add(stored(append(draft(LOBBY, ANNA, "a" + i))).seq());
        }

        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), seqs);
    }

    @Test
    void aBatchIsNumberedInItsOrder() throws StoreException {
        List<Draft> batch = drafts(LOBBY, 1, 100);

        List<Outcome> outcomes = store.append(batch);

        assertEquals(100, outcomes.size());
        for (int i = 0; i < 100; i++) {
            StoredMessage message = stored(outcomes.get(i));
            assertEquals(i + 1, message.seq());
            assertEquals(batch.get(i).id(), message.id());
        }
    }

    @Test
    void everyRoomHasItsOwnNumbers() throws StoreException {
        List<Outcome> outcomes = store.append(List.of(
                draft(LOBBY, ANNA, "1"),
                draft(KITCHEN, ANNA, "2"),
                draft(LOBBY, ANNA, "3"),
                draft(KITCHEN, BERT, "4")));

        assertEquals(
                List.of(1L, 1L, 2L, 2L),
                outcomes.stream().map(outcome -> stored(outcome).seq()).toList());
    }

    @Test
    void whatIsNotStoredTakesNoNumber() throws StoreException {
        store.append(List.of(draft(LOBBY, ANNA, "1", "one")));

        List<Outcome> outcomes = store.append(List.of(
                draft(LOBBY, ANNA, "1", "one"),
                draft(LOBBY, ANNA, "1", "other"),
                draft(LOBBY, ANNA, "2", "two"),
                draft(LOBBY, ANNA, "2", "other"),
                draft(LOBBY, ANNA, "3", "three")));

        assertEquals(2, stored(outcomes.get(2)).seq());
        assertEquals(3, stored(outcomes.get(4)).seq());
        assertEquals(3, store.state(LOBBY, 0).head());
    }

    @Test
    void whatIsReadIsWhatWasSaid() throws StoreException {
        String content = "line\nline\ttab \uD83D\uDE00 \u05E9\u05DC\u05D5\u05DD e\u0301 ' \" \\ %";
        Draft draft = new Draft(LOBBY, BERT, "b ~!", content);

        StoredMessage message = stored(append(draft));

        assertEquals(new StoredMessage(LOBBY, 1, BERT, "b ~!", content, SteppingClock.START), message);
        assertEquals(List.of(message), store.state(LOBBY, 10).newest());
        assertEquals(List.of(message), store.read(LOBBY, Range.following(0, 10)).messages());
    }

    @Test
    void anEmptyBatchIsFine() throws StoreException {
        assertEquals(List.of(), store.append(List.of()));
    }

    // ---- dedupe

    @Test
    void aResendIsAnsweredWithTheFirstMessage() throws StoreException {
        StoredMessage first = stored(append(draft(LOBBY, ANNA, "1")));
        append(draft(LOBBY, ANNA, "2"));
        clock.move(60_000);

        Outcome again = append(draft(LOBBY, ANNA, "1"));

        assertEquals(new Outcome.Duplicate(first), again);
        assertEquals(List.of(1L, 2L), seqs(store.read(LOBBY, Range.following(0, 10))));
    }

    @Test
    void aResendWithinOneBatchIsADuplicateToo() throws StoreException {
        List<Outcome> outcomes =
                store.append(List.of(draft(LOBBY, ANNA, "1"), draft(LOBBY, ANNA, "1"), draft(LOBBY, ANNA, "2")));

        assertEquals(new Outcome.Duplicate(stored(outcomes.get(0))), outcomes.get(1));
        assertEquals(2, stored(outcomes.get(2)).seq());
        assertEquals(List.of(1L, 2L), seqs(store.read(LOBBY, Range.following(0, 10))));
    }

    @Test
    void theSameIdOfAnotherPersonIsAnotherMessage() throws StoreException {
        List<Outcome> outcomes = store.append(List.of(draft(LOBBY, ANNA, "1", "hi"), draft(LOBBY, BERT, "1", "hi")));

        assertEquals(1, stored(outcomes.get(0)).seq());
        assertEquals(2, stored(outcomes.get(1)).seq());
    }

    @Test
    void theSameIdInAnotherRoomIsAnotherMessage() throws StoreException {
        append(draft(LOBBY, ANNA, "1", "hi"));

        assertEquals(1, stored(append(draft(KITCHEN, ANNA, "1", "hi"))).seq());
    }

    @Test
    void thePersonIsTheKeyAndNotTheName() throws StoreException {
        StoredMessage first = stored(append(draft(LOBBY, ANNA, "1")));
        Author renamed = new Author(ANNA.key(), "annabel", false);
        Author namesake = new Author("key-other", ANNA.name(), ANNA.guest());

        Outcome again = append(draft(LOBBY, renamed, "1"));
        assertEquals(
                first.seq(),
                assertInstanceOf(Outcome.Duplicate.class, again).message().seq());
        assertEquals(2, stored(append(draft(LOBBY, namesake, "1"))).seq());
    }

    @Test
    void idsThatDifferOnlyInCaseAreTwo() throws StoreException {
        append(draft(LOBBY, ANNA, "abc"));

        assertEquals(2, stored(append(draft(LOBBY, ANNA, "ABC"))).seq());
    }

    @Test
    void anIdUsedForOtherContentIsAConflictAndChangesNothing() throws StoreException {
        StoredMessage first = stored(append(draft(LOBBY, ANNA, "1", "one")));

        assertInstanceOf(Outcome.Conflict.class, append(draft(LOBBY, ANNA, "1", "two")));

        assertEquals(List.of(first), store.state(LOBBY, 10).newest());
    }

    @Test
    void aConflictWithinOneBatchIsFoundToo() throws StoreException {
        List<Outcome> outcomes = store.append(List.of(draft(LOBBY, ANNA, "1", "one"), draft(LOBBY, ANNA, "1", "two")));

        assertEquals("one", stored(outcomes.get(0)).content());
        assertInstanceOf(Outcome.Conflict.class, outcomes.get(1));
    }

    // ---- epoch and time

    @Test
    void theEpochIsConstantAndNoOtherStoreHasIt() throws Exception {
        String before = store.epoch();
        append(draft(LOBBY, ANNA, "1"));

        assertEquals(before, store.epoch());
        assertFalse(before.isEmpty());
        try (MessageStore other = openAnother()) {
            assertNotEquals(before, other.epoch());
        }
    }

    /** A store of its own, beside the one under test. */
    MessageStore openAnother() throws Exception {
        return open(clock);
    }

    @Test
    void timestampsOfARoomNeverDecreaseEvenIfTheClockDoes() throws StoreException {
        long first = stored(append(draft(LOBBY, ANNA, "1"))).timestamp();
        clock.move(-3_600_000);
        long second = stored(append(draft(LOBBY, ANNA, "2"))).timestamp();
        clock.move(3_600_000 + 5);
        long third = stored(append(draft(LOBBY, ANNA, "3"))).timestamp();

        assertEquals(SteppingClock.START, first);
        assertEquals(first, second);
        assertEquals(first + 5, third);
    }

    // ---- at the same time

    @Test
    void readersNeverSeeAHoleWhileOthersAppend() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> reading =
                    List.of(readers.submit(() -> readUntil(done)), readers.submit(() -> readUntil(done)));
            for (int i = 0; i < 200; i++) {
                List<Outcome> outcomes = store.append(drafts(LOBBY, 1 + 10 * i, 10));
                long last = stored(outcomes.get(9)).seq();
                assertEquals(last, store.state(LOBBY, 1).head(), "what was appended can be read at once");
            }
            done.set(true);
            for (Future<?> reader : reading) {
                reader.get(30, TimeUnit.SECONDS);
            }
        } finally {
            done.set(true);
            readers.shutdownNow();
        }
    }

    private Void readUntil(AtomicBoolean done) throws StoreException, ExecutionException {
        long head = 0;
        boolean last;
        do {
            last = done.get();
            RoomState state = store.state(LOBBY, 20);
            assertTrue(state.head() >= head, "the head went back");
            head = state.head();
            List<Long> newest = seqs(state.newest());
            assertEquals(
                    LongStream.rangeClosed(Math.max(1, head - 19), head).boxed().toList(), newest);
            List<Long> up = seqs(store.read(LOBBY, Range.following(0, 2_000)));
            assertEquals(LongStream.rangeClosed(1, up.size()).boxed().toList(), up);
            assertTrue(up.size() >= head, "what was seen once is gone");
        } while (!last);
        return null;
    }
}
