package chat.parley.store;

import chat.parley.config.Settings;
import java.nio.file.Path;
import java.time.Clock;

/** Opens the store that the settings name. */
public final class Stores {

    /** What {@code parley.store.url} begins with when the store is a SQLite file. */
    private static final String SQLITE = "jdbc:sqlite:";

    private Stores() {}

    /**
     * Opens it; whoever asks closes it.
     *
     * @throws StoreRefusedException when it cannot be opened as it is
     */
    public static MessageStore open(Settings.Store settings, Clock clock) {
        if (settings.url().startsWith(SQLITE)) {
            return sqlite(Path.of(settings.url().substring(SQLITE.length())), clock);
        }
        return new MemoryStore(settings.memoryMessages(), settings.memoryBytes(), clock);
    }

    static JdbcStore sqlite(Path path, Clock clock) {
        Database database = new Database(SqliteFile.open(path));
        try {
            return new JdbcStore(database, clock);
        } catch (StoreException e) {
            database.close();
            throw new StoreRefusedException(
                    "the database " + path + " cannot be used: " + e.getMessage()
                            + "; see that the disk has room, that the file is not read-only, and that nobody else locks it",
                    e);
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }
}
