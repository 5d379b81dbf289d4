package chat.parley.store;

import chat.parley.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Opens the store that the settings name. */
public final class Stores {

    /** What {@code parley.store.url} begins with when the store is a SQLite file. */
    private static final String SQLITE = "jdbc:sqlite:";

    /** What it begins with when the store is a PostgreSQL database. */
    private static final String POSTGRES = "jdbc:postgresql:";

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
        if (settings.url().startsWith(POSTGRES)) {
            return postgres(settings.url(), settings.user(), settings.password(), settings.patience(), clock);
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
        // Twice: where the server has a driver of the same name, asking for the list is what makes ours register
        // itself.
        for (int pass = 0; pass < 2; pass++) {
            for (Driver driver : Collections.list(DriverManager.getDrivers())) {
                if (driver.getClass().getClassLoader() == Stores.class.getClassLoader()) {
                    takeBack(driver);
                }
            }
        }
    }

    private static void takeBack(Driver driver) {
        try {
            DriverManager.deregisterDriver(driver);
        } catch (SQLException e) {
            throw new IllegalStateException("a driver of our own cannot be taken back", e);
        }
    }

    static JdbcStore sqlite(Path path, Clock clock) {
        return jdbc(SqliteFile.open(path), path.toString(), clock);
    }

    static JdbcStore postgres(String url, String user, String password, Clock clock) {
        return postgres(url, user, password, Duration.ZERO, clock);
    }

    static JdbcStore postgres(String url, String user, String password, Duration patience, Clock clock) {
        PostgresServer server = PostgresServer.open(url, user, password, patience);
        return jdbc(server, server.toString(), clock);
    }

    static JdbcStore hosted(DataSource source, String name, Clock clock) {
        return jdbc(host(source, name), name, clock);
    }

    private static DatabaseHost host(DataSource source, String name) {
        String product;
        try (Connection connection = source.getConnection()) {
            product = connection.getMetaData().getDatabaseProductName();
        } catch (SQLException e) {
            throw new StoreRefusedException("the database of " + name + " cannot be used: " + e.getMessage(), e);
        }
        if (product.equalsIgnoreCase("SQLite")) {
            return SqliteFile.behind(source, name);
        }
        if (product.equalsIgnoreCase("PostgreSQL")) {
            return PostgresServer.behind(source, name);
        }
        throw new StoreRefusedException("the data source " + name + " leads to " + product
                + ", and messages are kept in SQLite or PostgreSQL alone (parley.store.jndi)");
    }

    /**
     * Gives the log another epoch, so that clients take it for another log; for whoever restored one in which messages are
     * missing that somebody has seen. No server must have it open.
     *
     * @return the new epoch
     * @throws StoreRefusedException when it cannot be done
     */
    public static String newEpoch(Settings.Store settings) {
        if (settings.isInMemory()) {
            throw new StoreRefusedException(
                    "parley.store.url is memory: such a log has another epoch at every start anyway");
        }
        if (settings.jndi().isEmpty() && settings.url().startsWith(SQLITE)) {
            Path file = Path.of(settings.url().substring(SQLITE.length()));
            if (!Files.exists(file)) {
                throw new StoreRefusedException("there is no database " + file + " (parley.store.url)");
            }
        }
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String epoch = HexFormat.of().formatHex(random);
        try (MessageStore store = open(settings, Clock.systemUTC())) {
            if (store instanceof JdbcStore database) {
                database.setEpoch(epoch);
            }
            return epoch;
        } catch (StoreException e) {
            throw new StoreRefusedException("the log could not be given another epoch: " + e.getMessage(), e);
        }
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

    private static JdbcStore jdbc(DatabaseHost host, String name, Clock clock) {
        Database database = new Database(host);
        try {
            return new JdbcStore(database, clock);
        } catch (StoreException e) {
            database.close();
            throw new StoreRefusedException(
                    "the database " + name + " cannot be used: " + e.getMessage()
                            + (host.dialect().isOfOneServer()
                                    ? "; see that the disk has room, that the file is not read-only, and that nobody else locks it"
                                    : ""),
                    e);
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }
}
