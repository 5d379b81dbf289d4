package chat.parley.store;

import static chat.parley.store.StoreReadingContract.ANNA;
import static chat.parley.store.StoreReadingContract.KITCHEN;
import static chat.parley.store.StoreReadingContract.LOBBY;
import static chat.parley.store.StoreReadingContract.draft;
import static chat.parley.store.StoreReadingContract.drafts;
import static chat.parley.store.StoreReadingContract.seqs;
import static chat.parley.store.StoreReadingContract.stored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.RoomName;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that are too old go, a bite at a time; their numbers do not come again. A backend's test extends this. */
@Timeout(60)
abstract class RetentionContract {

    private static final Duration DAY = Duration.ofDays(1);

    private record Expired(RoomName room, long first) {}

    final SteppingClock clock = new SteppingClock();
    MessageStore store;

    /** The store of this test, empty when it is opened for the first time. */
    abstract MessageStore open(Clock clock) throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = open(clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatIsOlderGoesAndWhatIsYoungerStays() throws StoreException {
        store.append(drafts(LOBBY, 1, 30));
        clock.move(DAY.toMillis());
        store.append(drafts(LOBBY, 31, 20));

        Expiry expiry = store.expire(clock.millis());

        assertEquals(new Expiry(Map.of(LOBBY, 31L), true), expiry);
        assertEquals(31, store.state(LOBBY, 1).first());
        assertEquals(50, store.state(LOBBY, 1).head());
        assertEquals(
                LongStream.rangeClosed(31, 50).boxed().toList(),
                seqs(store.state(LOBBY, 100).newest()));
        Page page = store.read(LOBBY, Range.following(0, 5));
        assertEquals(31, page.first());
        assertEquals(List.of(31L, 32L, 33L, 34L, 35L), seqs(page));
        assertTrue(page.more());
        assertEquals(new Page(List.of(), false, 31), store.read(LOBBY, Range.preceding(31, 5)));
    }

    @Test
    void whatIsExactlySoOldStays() throws StoreException {
        store.append(drafts(LOBBY, 1, 3));

        assertEquals(new Expiry(Map.of(), true), store.expire(clock.millis()));
        assertEquals(new Expiry(Map.of(LOBBY, 4L), true), store.expire(clock.millis() + 1));
    }

    @Test
    void aRoomThatLostEverythingKeepsItsNumbers() throws Exception {
        store.append(drafts(LOBBY, 1, 40));
        clock.move(DAY.toMillis());

        expireAll(clock.millis());

        assertEquals(new RoomState(40, 41, List.of()), store.state(LOBBY, 10));
        assertEquals(new Page(List.of(), false, 41), store.read(LOBBY, Range.following(0, 10)));
        assertEquals(new Page(List.of(), false, 41), store.read(LOBBY, Range.preceding(Long.MAX_VALUE, 10)));
        assertEquals(Map.of(), expireAll(clock.millis()), "there is nothing left to lose");
        close();
        open();
        Outcome.Stored next = (Outcome.Stored) append(draft(LOBBY, ANNA, "new"));
        assertEquals(41, next.message().seq());
        assertEquals(41, next.first());
        assertEquals(new RoomState(41, 41, List.of(next.message())), store.state(LOBBY, 10));
    }

    @Test
    void timestampsDoNotDecreaseBelowThatOfAMessageThatIsGone() throws StoreException {
        long gone = stored(append(draft(LOBBY, ANNA, "1"))).timestamp();
        expireAll(clock.millis() + 1);
        clock.move(-DAY.toMillis());

        assertEquals(gone, stored(append(draft(LOBBY, ANNA, "2"))).timestamp());
    }

    @Test
    void theIdOfAMessageThatIsGoneIsNotKnown() throws StoreException {
        append(draft(LOBBY, ANNA, "1", "one"));
        clock.move(DAY.toMillis());
        append(draft(LOBBY, ANNA, "2", "two"));
        expireAll(clock.millis());

        assertEquals(3, stored(append(draft(LOBBY, ANNA, "1", "another"))).seq());
        assertInstanceOf(Outcome.Duplicate.class, append(draft(LOBBY, ANNA, "1", "another")));
        assertInstanceOf(Outcome.Duplicate.class, append(draft(LOBBY, ANNA, "2", "two")));
    }

    @Test
    void aRoomOfManyMessagesIsDeletedInBites() throws StoreException {
        store.append(drafts(LOBBY, 1, 1_700));
        store.append(drafts(KITCHEN, 1, 10));
        clock.move(DAY.toMillis());
        store.append(drafts(LOBBY, 1_701, 5));

        long first = 1;
        int bites = 0;
        Expiry expiry;
        do {
            expiry = store.expire(clock.millis());
            RoomState state = store.state(LOBBY, 0);
            assertTrue(state.first() - first <= 500, "a bite of " + (state.first() - first));
            assertEquals(state.first(), expiry.firsts().getOrDefault(LOBBY, first));
            assertEquals(List.of(state.first()), seqs(store.read(LOBBY, Range.following(0, 1))));
            first = state.first();
            bites++;
        } while (!expiry.done());

        assertEquals(1_701, first);
        assertTrue(bites <= 6, bites + " bites");
        assertEquals(11, store.state(KITCHEN, 0).first(), "the next room has its turn");
    }

    @Test
    void manyRoomsAreDeletedInBitesAndYoungOnesStay() throws StoreException {
        for (int i = 0; i < 90; i++) {
            if (i == 45) {
                clock.move(DAY.toMillis());
            }
            store.append(drafts(room(i), 1, 3));
        }

        Map<RoomName, Long> firsts = expireAll(clock.millis());

        assertEquals(45, firsts.size());
        for (int i = 0; i < 90; i++) {
            assertEquals(i < 45 ? 4 : 1, store.state(room(i), 0).first(), "room " + i);
        }
        clock.move(DAY.toMillis());
        assertEquals(45, expireAll(clock.millis()).size(), "the next round begins at the beginning");
    }

    @Test
    void whoAppendsMeanwhileLosesNothing() throws StoreException {
        store.append(drafts(LOBBY, 1, 1_200));
        long before = clock.millis() + 1;
        clock.move(DAY.toMillis());
        int id = 1_201;
        Expiry expiry;
        do {
            expiry = store.expire(before);
            assertEquals(id, stored(append(draft(LOBBY, ANNA, "id-" + id))).seq());
            id++;
        } while (!expiry.done());

        assertEquals(1_201, store.state(LOBBY, 0).first());
        assertEquals(LongStream.range(1_201, id).boxed().toList(), seqs(store.read(LOBBY, Range.following(0, 2_000))));
    }

    @Test
    void theWriterDeletesByItselfAndSaysWhatIsLeft() throws Exception {
        store.append(drafts(LOBBY, 1, 1_100));
        for (int i = 0; i < 30; i++) {
            store.append(drafts(room(i), 1, 2));
        }
        clock.move(DAY.toMillis() + 1);
        store.append(drafts(LOBBY, 1_101, 1));
        BlockingQueue<Expired> heard = new LinkedBlockingQueue<>();

        try (GroupCommit commits = new GroupCommit(store, 10, DAY, clock)) {
            commits.start(outcome -> {}, (room, first) -> heard.add(new Expired(room, first)), room -> {});
            Map<RoomName, Long> firsts = new HashMap<>();
            List<Long> lobby = new ArrayList<>();
            while (firsts.size() < 31 || firsts.get(LOBBY) < 1_101) {
                Expired expired = heard.poll(30, TimeUnit.SECONDS);
                assertTrue(expired != null, () -> "heard only " + firsts);
                firsts.put(expired.room(), expired.first());
                if (expired.room().equals(LOBBY)) {
                    lobby.add(expired.first());
                }
            }

            assertEquals(List.of(501L, 1_001L, 1_101L), lobby);
            assertEquals(1_101, store.state(LOBBY, 0).first());
            assertEquals(3, store.state(room(29), 0).first());
        }
    }

    @Test
    void aWriterThatIsToKeepEverythingDoes() throws Exception {
        store.append(drafts(LOBBY, 1, 10));
        clock.move(Duration.ofDays(36_500).toMillis());

        try (GroupCommit commits = new GroupCommit(store, 10, Duration.ZERO, clock)) {
            commits.start(outcome -> {});
            commits.append(draft(LOBBY, ANNA, "new")).toCompletableFuture().get(30, TimeUnit.SECONDS);
            TimeUnit.MILLISECONDS.sleep(200);
        }

        assertEquals(1, store.state(LOBBY, 0).first());
    }

    /** All bites of a round; the last first of each room. */
    private Map<RoomName, Long> expireAll(long before) throws StoreException {
        Map<RoomName, Long> firsts = new HashMap<>();
        Expiry expiry;
        do {
            expiry = store.expire(before);
            firsts.putAll(expiry.firsts());
        } while (!expiry.done());
        return firsts;
    }

    private Outcome append(Draft draft) throws StoreException {
        return store.append(List.of(draft)).get(0);
    }

    private static RoomName room(int number) {
        return new RoomName("room-" + number);
    }
}
