package chat.parley.store;

import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/** The SQLite store keeps what every store promises. */
class SqliteStoreTest extends MessageStoreContract {

    @TempDir
    private Path folder;

    @Override
    MessageStore open(Clock clock) {
        return Stores.sqlite(folder.resolve(UUID.randomUUID() + ".db"), clock);
    }
}
