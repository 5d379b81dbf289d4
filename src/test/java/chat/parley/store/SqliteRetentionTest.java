package chat.parley.store;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

/** SQLite deletes as every store does. */
class SqliteRetentionTest extends RetentionContract {

    @TempDir
    private Path folder;

    @Override
    MessageStore open(Clock clock) {
        return Stores.sqlite(folder.resolve("parley.db"), clock);
    }
}
