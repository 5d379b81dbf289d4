package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.RoomName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The accounts in SQLite keep the contract, over restarts too. */
class SqliteAccountStoreTest extends AccountStoreContract {

    @TempDir
    private Path folder;

    @Override
    MessageStore open() {
        return Stores.sqlite(folder.resolve("parley.db"), Clock.systemUTC());
    }

    @Test
    void accountsSessionsAndKeysOutliveARestart() throws Exception {
        Path file = folder.resolve("another.db");
        StoredAccount alice = new StoredAccount("u1", "alice", "alice", "hash", 1, null);
        try (MessageStore store = Stores.sqlite(file, Clock.systemUTC())) {
            store.accounts().add(alice, new StoredSession("s1", new byte[] {1}, "u1", 1, 100));
            store.accounts().add(new StoredSigningKey("k1", new byte[] {1}, 1, null));
        }

        try (MessageStore store = Stores.sqlite(file, Clock.systemUTC())) {
            assertEquals(alice, store.accounts().account("alice"));
            assertEquals(1, store.accounts().sessions(50).size());
            assertEquals(1, store.accounts().keys().size());
        }
    }

    @Test
    void anErasureGoesOnAfterARestart() throws Exception {
        RoomName lobby = RoomName.parse("lobby");
        int many = JdbcRetouch.MESSAGES_A_BITE + 5;
        Path file = folder.resolve("said.db");
        try (MessageStore store = Stores.sqlite(file, Clock.systemUTC())) {
            store.accounts()
                    .add(
                            new StoredAccount("u1", "alice", "alice", "hash", 1, null),
                            new StoredSession("s1", new byte[] {1}, "u1", 1, 100));
            Author alice = new Author("u1", "alice", false);
            store.append(IntStream.range(0, many)
                    .mapToObj(i -> new Draft(lobby, alice, "m" + i, "hello"))
                    .toList());
            store.accounts().tombstone("u1", "deleted-1", true, 5);
            assertFalse(store.retouch(6).done());
            // As if a message had been on its way when the account went: it must not bring the name back.
            store.append(List.of(new Draft(lobby, alice, "z-late", "hello")));
        }

        try (MessageStore store = Stores.sqlite(file, Clock.systemUTC())) {
            while (!store.retouch(6).done()) {
                assertEquals(many + 1, store.state(lobby, 1).head());
            }
            for (StoredMessage said : store.state(lobby, 2 * many).newest()) {
                assertEquals(new Author("u1", "deleted-1", false), said.author());
                assertEquals("", said.content(), said.id());
            }
        }
    }

    @Test
    void theWriterCarriesOutWorkBetweenItsBatchesAndBeforeItEnds() throws Exception {
        try (MessageStore store = Stores.sqlite(folder.resolve("work.db"), Clock.systemUTC())) {
            AccountStore accounts = store.accounts();
            GroupCommit writer = new GroupCommit(store, 10);
            var early = writer.submit(() -> Thread.currentThread().getName());
            writer.start(outcome -> {});
            assertEquals("parley-writer", early.toCompletableFuture().get(30, TimeUnit.SECONDS));

            var added = writer.submit(() -> accounts.add(
                    new StoredAccount("u1", "alice", "alice", "hash", 1, null),
                    new StoredSession("s1", new byte[] {1}, "u1", 1, 100)));
            writer.close();

            assertTrue(added.toCompletableFuture().get(30, TimeUnit.SECONDS));
            assertTrue(writer.submit(() -> 1).toCompletableFuture().isCompletedExceptionally());
        }
    }
}
