package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which data sources of an application server are taken, and what becomes of their connections. */
class HostPoolTest {

    private static final String NAME = "java:comp/env/jdbc/parley";

    @TempDir
    private Path folder;

    private Path path;
    private ServerPool pool;

    @BeforeEach
    void start() {
        path = folder.resolve("chat.db");
        pool = new ServerPool(path);
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void everyConnectionSyncsEachCommit() throws Exception {
        try (Database database = new Database(SqliteFile.behind(pool.source(), NAME))) {
            assertEquals(List.of("wal", "2"), database.read(HostPoolTest::modes));
            assertEquals(List.of("wal", "2"), database.write(statements -> modes(statements.connection())));
        }
    }

    @Test
    void betweenTransactionsThePoolHasAllButOne() throws Exception {
        try (JdbcStore store = Stores.hosted(pool.source(), NAME, Clock.systemUTC())) {
            assertEquals(
                    1,
                    store.append(StoreReadingContract.drafts(StoreReadingContract.LOBBY, 1, 1))
                            .size());
            assertEquals(1, pool.taken(), "the one that keeps the write-ahead log");
        }
        assertEquals(0, pool.taken());
    }

    @Test
    void theDatabaseIsKnownToBeTakenByWhateverWay() throws Exception {
        try (JdbcStore store = Stores.hosted(pool.source(), NAME, Clock.systemUTC())) {
            assertTrue(refusal(() -> Stores.hosted(pool.source(), NAME, Clock.systemUTC()))
                    .contains("is in use by another server"));
            assertTrue(refusal(() -> Stores.sqlite(path, Clock.systemUTC())).contains("is in use by another server"));
        }
        Stores.sqlite(path, Clock.systemUTC()).close();
    }

    @Test
    void nothingIsWrittenOnceTheFileIsAnother() throws Exception {
        try (Database database = new Database(SqliteFile.behind(pool.source(), NAME))) {
            Files.move(path, folder.resolve("elsewhere.db"));

            StoreException refused = assertThrows(StoreException.class, () -> database.write(HostPoolTest::nothing));

            assertTrue(String.valueOf(refused.getMessage()).contains("was moved, removed or replaced"));
        }
    }

    @Test
    void aDatabaseOfAnotherProgramIsRefusedAndStaysAsItIs() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = other.createStatement()) {
            statement.execute("create table recipe (name text)");
        }
        byte[] before = Files.readAllBytes(path);

        String line = refusal(() -> Stores.hosted(pool.source(), NAME, Clock.systemUTC()));

        assertTrue(line.contains("belongs to another program") && line.contains("parley.store.jndi"), line);
        assertArrayEquals(before, Files.readAllBytes(path), "the file was changed");
    }

    @Test
    void aDatabaseInMemoryIsRefused() {
        try (ServerPool memory = new ServerPool("jdbc:sqlite::memory:")) {
            assertTrue(refusal(() -> Stores.hosted(memory.source(), NAME, Clock.systemUTC()))
                    .contains("keeps its database in memory"));
        }
    }

    @Test
    void anotherKindOfDatabaseIsRefusedByItsName() {
        DatabaseMetaData data = stub(DatabaseMetaData.class, "getDatabaseProductName", "Oracle");
        Connection connection = stub(Connection.class, "getMetaData", data);
        DataSource source = stub(DataSource.class, "getConnection", connection);

        assertEquals(
                "the data source " + NAME
                        + " leads to Oracle, and messages are kept in SQLite or PostgreSQL alone (parley.store.jndi)",
                refusal(() -> Stores.hosted(source, NAME, Clock.systemUTC())));
    }

    private static String refusal(Runnable opening) {
        return String.valueOf(
                assertThrows(StoreRefusedException.class, opening::run).getMessage());
    }

    private static <T> T nothing(Statements statements) {
        throw new AssertionError("it was written");
    }

    private static List<String> modes(Connection connection) throws SQLException {
        return List.of(value(connection, "pragma journal_mode"), value(connection, "pragma synchronous"));
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Answers one method, and nothing to the others. */
    private static <T> T stub(Class<T> type, String method, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, called, arguments) -> called.getName().equals(method) ? answer : null));
    }
}
