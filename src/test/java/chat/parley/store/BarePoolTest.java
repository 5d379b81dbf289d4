package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pool of an application server need do nothing for its connections, and gets them back as good as they were. */
class BarePoolTest {

    private static final String NAME = "java:comp/env/jdbc/parley";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectionsAreTakenInWhateverStateTheyAre(boolean autoCommit) throws Exception {
        try (BarePool pool = new BarePool(path(), autoCommit);
                Database database = new Database(SqliteFile.behind(pool.source(), NAME))) {
            for (int i = 1; i <= 3; i++) {
                long time = i;
                database.write(statements -> probed(statements, time));
                assertEquals(time, database.read(BarePoolTest::probe));
            }
        }
    }

    @Test
    void connectionsAreGivenBackInAutoCommit() throws Exception {
        try (BarePool pool = new BarePool(path(), true)) {
            try (Database database = new Database(SqliteFile.behind(pool.source(), NAME))) {
                database.write(statements -> probed(statements, 1));
                database.read(BarePoolTest::probe);
            }

            assertFalse(pool.connections().isEmpty());
            for (Connection each : pool.connections()) {
                assertTrue(each.getAutoCommit());
            }
        }
    }

    @Test
    void noStatementStaysOpen() throws Exception {
        try (BarePool pool = new BarePool(path(), true);
                Database database = new Database(SqliteFile.behind(pool.source(), NAME))) {
            database.write(statements -> probed(statements, 1));
            assertThrows(StoreException.class, () -> database.write(statements -> broken(statements)));

            assertEquals(0, pool.openStatements());
        }
    }

    @Test
    void aTransactionThatCannotBeTakenBackDoesNotKeepTheLock() throws Exception {
        try (BarePool pool = new BarePool(path(), true);
                Database database = new Database(SqliteFile.behind(pool.source(), NAME))) {
            database.write(statements -> probed(statements, 1));
            pool.failRollbacks();

            StoreException failure =
                    assertThrows(StoreException.class, () -> database.write(statements -> broken(statements)));

            assertEquals("broken", failure.getMessage());
            try (Connection stranger = DriverManager.getConnection("jdbc:sqlite:" + path());
                    Statement statement = stranger.createStatement()) {
                statement.execute("begin immediate");
                assertEquals(1, probe(stranger));
            }
        }
    }

    @Test
    void aConnectionWhoseTransactionTheDatabaseHasEndedIsAsGoodAsBefore() throws Exception {
        try (BarePool pool = new BarePool(path(), true);
                Database database = new Database(SqliteFile.behind(pool.source(), NAME))) {
            assertThrows(
                    StoreException.class,
                    () -> database.write(statements -> {
                        execute(statements.connection(), "rollback");
                        return broken(statements);
                    }));

            database.write(statements -> probed(statements, 2));
            assertEquals(2, database.read(BarePoolTest::probe));
            for (Connection each : pool.connections()) {
                assertFalse(each.isClosed());
            }
        }
    }

    private Path path() {
        return folder.resolve("chat.db");
    }

    private static int probed(Statements statements, long time) throws SQLException {
        var probe = statements.of(Sql.PROBE);
        probe.setLong(1, time);
        return probe.executeUpdate();
    }

    private static long probe(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("select probed_at from store")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Does something, and then fails. */
    private static int broken(Statements statements) throws SQLException {
        probed(statements, 9);
        throw new SQLException("broken");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
