package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was appended is on the disk when that is said, not in the memory of the operating system. */
class SqliteSyncTest {

    private static final String FULL = "2";

    @TempDir
    private Path folder;

    @Test
    void everyNewConnectionSyncsEachCommit() throws Exception {
        try (SqliteFile file = SqliteFile.open(folder.resolve("parley.db"));
                ConnectionPool pool = file.pool("parley-test", 2);
                Connection writing = pool.take();
                Connection reading = pool.take()) {
            assertEquals(List.of("wal", FULL), modes(writing));
            assertEquals(List.of("wal", FULL), modes(reading));
        }
    }

    @Test
    void everyConnectionOfThePoolsSyncsEachCommit() throws Exception {
        try (Database database = new Database(SqliteFile.open(folder.resolve("parley.db")))) {
            assertEquals(List.of("wal", FULL), database.write(statements -> modes(statements.connection())));
            // The second is asked for while the first is held: so it is another one.
            List<String> both = database.read(first -> {
                List<String> modes = new ArrayList<>(modes(first));
                modes.addAll(readAgain(database));
                return modes;
            });
            assertEquals(List.of("wal", FULL, "wal", FULL), both);
        }
    }

    @Test
    @Timeout(120)
    void theDiskIsWaitedForWithinEachAppend() throws Exception {
        Path trace = folder.resolve("trace");
        assumeTrue(canTrace(), "there is no strace that may watch a process");
        List<String> command = List.of(
                "strace",
                "-f",
                "-o",
                trace.toString(),
                "-e",
                "trace=write,fsync,fdatasync",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                SyncedAppends.class.getName(),
                folder.resolve("traced.db").toString(),
                folder.resolve("marks").toString());

        Process process = new ProcessBuilder(command)
                .inheritIO()
                .directory(folder.toFile())
                .start();
        assertTrue(process.waitFor(90, TimeUnit.SECONDS), "still runs");
        assertEquals(0, process.exitValue());

        List<Integer> syncs = syncsWithinEachAppend(Files.readAllLines(trace));
        assertEquals(SyncedAppends.COMMITS, syncs.size());
        assertTrue(syncs.stream().allMatch(count -> count >= 1), syncs::toString);
    }

    /** How many syncs were done and had succeeded between the two marks of each append. */
    private static List<Integer> syncsWithinEachAppend(List<String> trace) {
        List<Integer> counts = new ArrayList<>();
        int count = 0;
        for (String line : trace) {
            if (line.contains(SyncedAppends.BEGIN)) {
                count = 0;
            } else if (line.contains(SyncedAppends.END)) {
                counts.add(count);
            } else if (line.matches(".*\\b(fsync|fdatasync)(\\(| resumed>).*= 0")) {
                count++;
            }
        }
        return counts;
    }

    private static List<String> readAgain(Database database) throws SQLException {
        try {
            return database.read(SqliteSyncTest::modes);
        } catch (StoreException e) {
            throw new SQLException(e);
        }
    }

    private static List<String> modes(Connection connection) throws SQLException {
        return List.of(pragma(connection, "journal_mode"), pragma(connection, "synchronous"));
    }

    private static String pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    private boolean canTrace() throws InterruptedException {
        try {
            Process process = new ProcessBuilder(
                            "strace", "-f", "-o", folder.resolve("try").toString(), "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
