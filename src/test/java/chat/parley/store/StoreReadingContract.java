package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import chat.parley.protocol.RoomName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link MessageStore} promises to those who read. Part of {@link MessageStoreContract}. */
abstract class StoreReadingContract {

    static final RoomName LOBBY = new RoomName("lobby");
    static final RoomName KITCHEN = new RoomName("kitchen");
    static final Author ANNA = new Author("key-anna", "anna", true);
    static final Author BERT = new Author("key-bert", "bert", false);

    final SteppingClock clock = new SteppingClock();
    MessageStore store;

    /** An empty store that keeps at least 2,000 messages a room; the test closes it. */
    abstract MessageStore open(Clock clock) throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open(clock);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    // ---- reading

    @Test
    void aRoomNobodySpokeInIsEmpty() throws StoreException {
        append(draft(KITCHEN, ANNA, "1"));

        assertEquals(new RoomState(0, 1, List.of()), store.state(LOBBY, 50));
        assertEquals(new Page(List.of(), false, 1), store.read(LOBBY, Range.following(0, 50)));
        assertEquals(new Page(List.of(), false, 1), store.read(LOBBY, Range.preceding(Long.MAX_VALUE, 50)));
    }

    @Test
    void theEndsOfManyRoomsAreToldAtOnce() throws StoreException {
        assertEquals(Map.of(), store.heads(List.of()));
        for (int i = 1; i <= 3; i++) {
            append(draft(LOBBY, ANNA, "a" + i));
        }
        append(draft(KITCHEN, ANNA, "1"));
        RoomName silent = new RoomName("silent");

        assertEquals(
                Map.of(LOBBY, new LogEnds(3, 1), KITCHEN, new LogEnds(1, 1)),
                store.heads(List.of(LOBBY, silent, KITCHEN)));
        assertEquals(Map.of(LOBBY, new LogEnds(3, 1)), store.heads(Set.of(LOBBY)));
    }

    @Test
    void theRoomsStandInTheOrderOfTheirNewestMessages() throws StoreException {
        assertEquals(List.of(), store.rooms(10));
        append(draft(KITCHEN, ANNA, "1"));
        clock.move(1_000);
        append(draft(LOBBY, ANNA, "1"));
        assertEquals(List.of(LOBBY, KITCHEN), store.rooms(10));
        clock.move(1_000);
        append(draft(KITCHEN, ANNA, "2"));

        assertEquals(List.of(KITCHEN, LOBBY), store.rooms(10));
        assertEquals(List.of(KITCHEN), store.rooms(1));
    }

    @Test
    void theStateHasTheNewestMessagesAscending() throws StoreException {
        store.append(drafts(LOBBY, 1, 20));

        assertEquals(
                List.of(16L, 17L, 18L, 19L, 20L), seqs(store.state(LOBBY, 5).newest()));
        assertEquals(
                LongStream.rangeClosed(1, 20).boxed().toList(),
                seqs(store.state(LOBBY, 50).newest()));
        assertEquals(List.of(), store.state(LOBBY, 0).newest());
        assertEquals(20, store.state(LOBBY, 0).head());
        assertEquals(1, store.state(LOBBY, 5).first());
    }

    @Test
    void upwardsStartsBehindAfterAndSaysWhetherThereIsMore() throws StoreException {
        store.append(drafts(LOBBY, 1, 10));

        assertPage(List.of(4L, 5L, 6L), true, Range.following(3, 3));
        assertPage(List.of(8L, 9L, 10L), false, Range.following(7, 3));
        assertPage(List.of(8L, 9L, 10L), false, Range.following(7, 4));
        assertPage(List.of(), false, Range.following(10, 3));
        assertPage(List.of(), false, Range.following(99, 3));
    }

    @Test
    void downwardsEndsBelowBeforeAndSaysWhetherThereIsMore() throws StoreException {
        store.append(drafts(LOBBY, 1, 10));

        assertPage(List.of(5L, 6L, 7L), true, Range.preceding(8, 3));
        assertPage(List.of(1L, 2L, 3L), false, Range.preceding(4, 3));
        assertPage(List.of(1L, 2L, 3L), false, Range.preceding(4, 9));
        assertPage(List.of(9L, 10L), true, Range.preceding(Long.MAX_VALUE, 2));
        assertPage(List.of(), false, Range.preceding(1, 3));
    }

    @Test
    void bothBoundsAreExclusiveInEitherDirection() throws StoreException {
        store.append(drafts(LOBBY, 1, 10));

        assertPage(List.of(4L, 5L, 6L), false, new Range(3, 7, 3, true));
        assertPage(List.of(4L, 5L), true, new Range(3, 7, 2, true));
        assertPage(List.of(4L, 5L, 6L), false, new Range(3, 7, 3, false));
        assertPage(List.of(5L, 6L), true, new Range(3, 7, 2, false));
        assertPage(List.of(), false, new Range(3, 4, 2, true));
        assertPage(List.of(), false, new Range(7, 3, 2, false));
    }

    @Test
    void rangesWithoutBoundsAreUnderstoodAtTheirExtremes() throws StoreException {
        store.append(drafts(LOBBY, 1, 3));

        assertPage(List.of(1L, 2L, 3L), false, new Range(0, Long.MAX_VALUE, Integer.MAX_VALUE, true));
        assertPage(List.of(1L, 2L, 3L), false, new Range(0, Long.MAX_VALUE, Integer.MAX_VALUE, false));
        assertPage(List.of(), false, Range.following(Long.MAX_VALUE, 3));
    }

    @Test
    void outcomesTellTheLowestSeqThatIsStillThere() throws StoreException {
        assertEquals(1, ((Outcome.Stored) append(draft(LOBBY, ANNA, "1"))).first());
        assertEquals(1, store.read(LOBBY, Range.following(0, 1)).first());
    }

    // ---- in the words of the tests

    static Draft draft(RoomName room, Author author, String id) {
        return draft(room, author, id, "content of " + id);
    }

    static Draft draft(RoomName room, Author author, String id, String content) {
        return new Draft(room, author, id, content);
    }

    static List<Draft> drafts(RoomName room, int from, int count) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            drafts.add(draft(room, i % 2 == 0 ? ANNA : BERT, "id-" + i));
        }
        return drafts;
    }

    Outcome append(Draft draft) throws StoreException {
        return store.append(List.of(draft)).get(0);
    }

    static StoredMessage stored(Outcome outcome) {
        return assertInstanceOf(Outcome.Stored.class, outcome).message();
    }

    static List<Long> seqs(List<StoredMessage> messages) {
        return messages.stream().map(StoredMessage::seq).toList();
    }

    static List<Long> seqs(Page page) {
        return seqs(page.messages());
    }

    void assertPage(List<Long> seqs, boolean more, Range range) throws StoreException {
        Page page = store.read(LOBBY, range);
        assertEquals(seqs, seqs(page), range::toString);
        assertEquals(more, page.more(), range::toString);
    }
}
