package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The in-memory store keeps the contract, and of each room the newest messages. */
class MemoryStoreTest extends MessageStoreContract {

    private static final int KEPT = 100;
    private static final long PLENTY = Long.MAX_VALUE;

    @Override
    MessageStore open(Clock clock) {
        return new MemoryStore(2_000, PLENTY, clock);
    }

    @Test
    void aRoomKeepsItsNewestMessages() throws StoreException {
        store = new MemoryStore(KEPT, PLENTY, clock);

        for (int i = 1; i <= 1_000; i++) {
            Outcome.Stored outcome = (Outcome.Stored) append(draft(LOBBY, ANNA, "id-" + i));

            long first = Math.max(1, i - KEPT + 1);
            assertEquals(i, outcome.message().seq());
            assertEquals(first, outcome.first());
            assertEquals(first, store.state(LOBBY, 1).first());
            assertEquals(
                    LongStream.rangeClosed(first, i).boxed().toList(),
                    seqs(store.state(LOBBY, KEPT + 1).newest()));
        }
    }

    @Test
    void rangesEndAtWhatIsStillThere() throws StoreException {
        store = new MemoryStore(KEPT, PLENTY, clock);
        store.append(drafts(LOBBY, 1, 1_000));

        assertPage(List.of(901L, 902L), true, Range.following(0, 2));
        assertPage(List.of(901L, 902L), true, Range.following(900, 2));
        assertPage(List.of(901L, 902L), false, Range.preceding(903, 5));
        assertPage(List.of(), false, Range.preceding(901, 5));
        assertPage(List.of(), false, new Range(10, 20, 5, true));
        assertEquals(901, store.read(LOBBY, Range.preceding(50, 5)).first());
    }

    @Test
    void aForgottenIdIsForgotten() throws StoreException {
        store = new MemoryStore(KEPT, PLENTY, clock);
        append(draft(LOBBY, ANNA, "old"));
        store.append(drafts(LOBBY, 1, KEPT));

        assertEquals(KEPT + 2, stored(append(draft(LOBBY, ANNA, "old"))).seq());
        assertEquals(
                KEPT + 2,
                ((Outcome.Duplicate) append(draft(LOBBY, ANNA, "old")))
                        .message()
                        .seq());
    }

    @Test
    void aRoomThatKeepsOneMessageWorks() throws StoreException {
        store = new MemoryStore(1, PLENTY, clock);
        store.append(drafts(LOBBY, 1, 50));

        assertEquals(List.of(50L), seqs(store.state(LOBBY, 10).newest()));
        assertEquals(50, store.state(LOBBY, 10).first());
    }

    @Test
    void whenAllRoomsHoldTooMuchTheQuietestForgetFirst() throws StoreException {
        store = new MemoryStore(2_000, 100_000, clock);
        store.append(drafts(KITCHEN, 1, 100));
        assertEquals(1, store.state(KITCHEN, 0).first());

        store.append(drafts(LOBBY, 1, 600));

        assertEquals(new RoomState(100, 101, List.of()), store.state(KITCHEN, 10));
        RoomState lobby = store.state(LOBBY, 1_000);
        assertEquals(600, lobby.head());
        assertEquals(601 - lobby.newest().size(), lobby.first());
        assertTrue(
                lobby.newest().size() > 100,
                "the busy room kept " + lobby.newest().size());
        assertEquals(101, stored(append(draft(KITCHEN, ANNA, "new"))).seq(), "what is forgotten keeps its numbers");
        assertEquals(List.of(101L), seqs(store.state(KITCHEN, 10).newest()));
    }

    @Test
    void aStoreThatKeepsNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new MemoryStore(0, PLENTY, clock));
    }
}
