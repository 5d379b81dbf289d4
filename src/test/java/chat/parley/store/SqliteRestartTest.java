package chat.parley.store;

import static chat.parley.store.StoreReadingContract.ANNA;
import static chat.parley.store.StoreReadingContract.BERT;
import static chat.parley.store.StoreReadingContract.KITCHEN;
import static chat.parley.store.StoreReadingContract.LOBBY;
import static chat.parley.store.StoreReadingContract.draft;
import static chat.parley.store.StoreReadingContract.drafts;
import static chat.parley.store.StoreReadingContract.seqs;
import static chat.parley.store.StoreReadingContract.stored;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a store in a file still knows when it is opened again. */
@Timeout(120)
class SqliteRestartTest {

    @TempDir
    private Path folder;

    private final SteppingClock clock = new SteppingClock();
    private MessageStore store;

    @BeforeEach
    void open() {
        store = Stores.sqlite(folder.resolve("parley.db"), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void messagesAreStillThere() throws StoreException {
        List<StoredMessage> said = store.append(drafts(LOBBY, 1, 300)).stream()
                .map(StoreReadingContract::stored)
                .toList();

        restart();

        assertEquals(said, all());
        assertEquals(new RoomState(300, 1, said.subList(290, 300)), store.state(LOBBY, 10));
    }

    @Test
    void numbersGoOnInEveryRoom() throws StoreException {
        store.append(drafts(LOBBY, 1, 5));
        store.append(drafts(KITCHEN, 1, 2));

        restart();

        assertEquals(6, say(draft(LOBBY, ANNA, "new")).seq());
        assertEquals(3, say(draft(KITCHEN, ANNA, "new")).seq());
    }

    @Test
    void itIsTheSameLog() {
        String before = store.epoch();

        restart();

        assertEquals(before, store.epoch());
        try (MessageStore other = Stores.sqlite(folder.resolve("other.db"), clock)) {
            assertNotEquals(before, other.epoch());
        }
    }

    @Test
    void timestampsNeverDecreaseAlthoughTheClockDid() throws StoreException {
        long before = say(draft(LOBBY, ANNA, "1")).timestamp();

        clock.move(-3_600_000);
        restart();
        long after = say(draft(LOBBY, ANNA, "2")).timestamp();
        clock.move(3_600_000 + 7);
        long later = say(draft(LOBBY, ANNA, "3")).timestamp();

        assertEquals(before, after);
        assertEquals(before + 7, later);
    }

    @Test
    void aResendIsKnownAndAnotherMessageOfTheSameIdIsAConflict() throws StoreException {
        StoredMessage first = say(draft(LOBBY, ANNA, "1", "one"));

        restart();

        assertEquals(
                List.of(new Outcome.Duplicate(first), new Outcome.Conflict()),
                store.append(List.of(draft(LOBBY, ANNA, "1", "one"), draft(LOBBY, ANNA, "1", "two"))));
        assertEquals(2, say(draft(LOBBY, BERT, "1", "two")).seq());
    }

    @Test
    void guestsAreStillKnownAndThoseForgottenAreNot() throws StoreException {
        store.saveGuests(
                List.of(guest("a", "anna", null), guest("b", "bert", 5L), guest("c", "carl", Long.MAX_VALUE)),
                List.of());
        store.saveGuests(List.of(guest("b", "bertram", 0L)), List.of("c", "nobody"));

        restart();

        List<GuestSession> guests = store.guests().stream()
                .sorted(Comparator.comparing(GuestSession::key))
                .toList();
        assertEquals(List.of("a", "b"), guests.stream().map(GuestSession::key).toList());
        assertEquals(
                List.of("anna", "bertram"),
                guests.stream().map(GuestSession::name).toList());
        assertNull(guests.get(0).lastSeen());
        assertEquals(0L, guests.get(1).lastSeen());
        assertArrayEquals(secretOf("b"), guests.get(1).secretHash());
    }

    @Test
    void whatAKilledProcessHadStoredIsThere() throws Exception {
        store.close();
        try (StoreProcess other = StoreProcess.start(folder.resolve("parley.db"), 700)) {
            other.kill();
        }

        open();

        assertEquals(LongStream.rangeClosed(1, 700).boxed().toList(), seqs(all()));
        assertInstanceOf(
                Outcome.Duplicate.class, store.append(drafts(LOBBY, 700, 1)).get(0));
    }

    private void restart() {
        store.close();
        open();
    }

    private List<StoredMessage> all() throws StoreException {
        return store.read(LOBBY, Range.following(0, Integer.MAX_VALUE)).messages();
    }

    private StoredMessage say(Draft draft) throws StoreException {
        return stored(store.append(List.of(draft)).get(0));
    }

    private static GuestSession guest(String key, String name, Long lastSeen) {
        return new GuestSession(key, name, secretOf(key), lastSeen);
    }

    private static byte[] secretOf(String key) {
        return new byte[] {0, -1, (byte) key.charAt(0)};
    }
}
