package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.parley.protocol.RoomName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Guests are written down before their first message is, and a failure loses none of them. */
@Timeout(60)
class GuestChangesTest {

    @TempDir
    private Path folder;

    private JdbcStore store;

    @BeforeEach
    void open() {
        store = Stores.sqlite(folder.resolve("guests.db"), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theNewestCounts() throws StoreException {
        GuestChanges changes = new GuestChanges();
        changes.keep(guest("a", null));
        changes.keep(guest("b", null));
        changes.keep(guest("a", 7L));
        changes.forget("b");
        changes.save(store);

        assertEquals(List.of("a"), keys());
        assertEquals(7L, store.guests().get(0).lastSeen());
    }

    @Test
    void whoIsForgottenMayComeAgain() throws StoreException {
        GuestChanges changes = new GuestChanges();
        changes.keep(guest("a", 1L));
        changes.save(store);
        changes.forget("a");
        changes.save(store);
        assertEquals(List.of(), keys());

        changes.keep(guest("a", null));
        changes.save(store);

        assertEquals(List.of("a"), keys());
    }

    @Test
    void whatCouldNotBeSavedIsSavedLaterUnlessItHasChanged() throws StoreException {
        GuestChanges changes = new GuestChanges();
        changes.keep(guest("a", null));
        changes.keep(guest("b", null));
        MessageStore broken = new Broken();

        assertThrows(StoreException.class, () -> changes.save(broken));
        changes.keep(guest("b", 9L));
        changes.save(store);

        assertEquals(List.of("a", "b"), keys());
        assertEquals(9L, store.guests().get(1).lastSeen());
    }

    @Test
    void aGuestIsThereWhenTheirFirstMessageIs() throws Exception {
        try (GroupCommit commits = new GroupCommit(store, 100, Duration.ZERO, Clock.systemUTC())) {
            commits.start(outcome -> {});
            for (int i = 0; i < 50; i++) {
                String key = "guest-" + i;
                commits.keep(guest(key, null));
                CompletableFuture<List<String>> known = commits.append(
                                new Draft(new RoomName("lobby"), new Author(key, key, true), "1", "hello"))
                        .thenApply(outcome -> keys())
                        .toCompletableFuture();
                assertEquals(i + 1, known.get(30, TimeUnit.SECONDS).size());
            }
        }
    }

    @Test
    void whoWasEndedIsGoneOnceItIsSaidToBeSaved() throws Exception {
        try (GroupCommit commits = new GroupCommit(store, 100, Duration.ZERO, Clock.systemUTC())) {
            commits.start(outcome -> {});
            for (int i = 0; i < 50; i++) {
                commits.keep(guest("guest", null));
                assertEquals(List.of("guest"), keysWhenSaved(commits));
                commits.end("guest");
                assertEquals(List.of(), keysWhenSaved(commits));
            }
        }
    }

    private List<String> keysWhenSaved(GuestLedger ledger) throws Exception {
        return ledger.saved().thenApply(done -> keys()).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private List<String> keys() {
        try {
            return store.guests().stream().map(GuestSession::key).sorted().toList();
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    private static GuestSession guest(String key, Long lastSeen) {
        return new GuestSession(key, "name-" + key, new byte[] {1, 2, 3}, lastSeen);
    }

    private static final class Broken implements MessageStore {

        @Override
        public String epoch() {
            return "";
        }

        @Override
        public List<Outcome> append(List<Draft> batch) throws StoreException {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "broken as told");
        }

        @Override
        public RoomState state(RoomName room, int newest) {
            return new RoomState(0, 1, List.of());
        }

        @Override
        public Page read(RoomName room, Range range) {
            return new Page(List.of(), false, 1);
        }

        @Override
        public void saveGuests(Collection<GuestSession> kept, Collection<String> forgotten) throws StoreException {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "broken as told");
        }

        @Override
        public void close() {}
    }
}
