package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bans in SQLite keep the contract, over restarts too. */
class SqliteModerationStoreTest extends ModerationStoreContract {

    @TempDir
    private Path folder;

    @Override
    MessageStore open() {
        return Stores.sqlite(folder.resolve("parley.db"), Clock.systemUTC());
    }

    @Test
    void bansAndActsOutliveARestart() throws Exception {
        Path file = folder.resolve("another.db");
        StoredBan ban;
        List<StoredAct> acts;
        try (MessageStore store = Stores.sqlite(file, Clock.systemUTC())) {
            ban = store.moderation().ban(network("10.0.0.0/8"), act("ban", "10.0.0.0/8", null));
            acts = store.moderation().acts(Long.MAX_VALUE, 10);
        }

        try (MessageStore store = Stores.sqlite(file, Clock.systemUTC())) {
            assertEquals(List.of(ban), store.moderation().bans());
            assertEquals(acts, store.moderation().acts(Long.MAX_VALUE, 10));
        }
    }

    @Test
    void whenTheActCannotBeWrittenTheBanIsNot() throws Exception {
        Path file = folder.resolve("half.db");
        Stores.sqlite(file, Clock.systemUTC()).close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("create trigger deaf before insert on audit begin select raise(abort, 'deaf'); end");
        }
        try (MessageStore store = Stores.sqlite(file, Clock.systemUTC())) {
            assertThrows(
                    StoreException.class,
                    () -> store.moderation().ban(user("u1", "troll", null), act("ban", "troll", null)));

            assertEquals(List.of(), store.moderation().bans());
        }
    }
}
