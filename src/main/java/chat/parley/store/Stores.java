package chat.parley.store;

import chat.parley.config.Settings;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collections;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

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
        if (!settings.jndi().isEmpty()) {
            return hosted(lookedUp(settings.jndi()), settings.jndi(), clock);
        }
        if (settings.url().startsWith(SQLITE)) {
            return sqlite(Path.of(settings.url().substring(SQLITE.length())), clock);
        }
        return new MemoryStore(settings.memoryMessages(), settings.memoryBytes(), clock);
    }

    /**
     * Takes back what the drivers of this class loader have told the process, which would keep the class loader. For
     * whoever unloads it, after every store is closed. The application's own class loader stays, and so do they.
     */
    public static void unload() {
        if (Stores.class.getClassLoader() == ClassLoader.getSystemClassLoader()) {
            return;
        }
        // To look is to load: where the server has a driver of this name, ours is registered by the first look.
        Collections.list(DriverManager.getDrivers());
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver.getClass().getClassLoader() == Stores.class.getClassLoader()) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (SQLException e) {
                    throw new IllegalStateException("a driver of our own cannot be taken back", e);
                }
            }
        }
    }

    static JdbcStore sqlite(Path path, Clock clock) {
        return jdbc(SqliteFile.open(path), path.toString(), clock);
    }

    static JdbcStore hosted(DataSource source, String name, Clock clock) {
        return jdbc(SqliteFile.behind(source, name), name, clock);
    }

    @SuppressWarnings("BanJNDI") // the name is the operator's, and of this server: the settings see to that
    private static DataSource lookedUp(String name) {
        Object found;
        try {
            found = new InitialContext().lookup(name);
        } catch (NamingException e) {
            throw new StoreRefusedException(
                    "there is no data source " + name + " (parley.store.jndi) in this application server: " + e, e);
        }
        if (found instanceof DataSource source) {
            return source;
        }
        throw new StoreRefusedException("what is called " + name + " (parley.store.jndi) is no data source but a "
                + found.getClass().getName());
    }

    private static JdbcStore jdbc(SqliteFile file, String name, Clock clock) {
        Database database = new Database(file);
        try {
            return new JdbcStore(database, clock);
        } catch (StoreException e) {
            database.close();
            throw new StoreRefusedException(
                    "the database " + name + " cannot be used: " + e.getMessage()
                            + "; see that the disk has room, that the file is not read-only, and that nobody else locks it",
                    e);
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }
}
