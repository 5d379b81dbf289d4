package chat.parley.store;

import static chat.parley.store.StoreReadingContract.LOBBY;
import static chat.parley.store.StoreReadingContract.drafts;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which files are opened as a store, which are refused, and that a refusal changes nothing. */
@Timeout(120)
class SqliteFileTest {

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("parley.db");
    }

    // ---- made

    @Test
    void aFolderThatIsNotThereIsMadeForThisUserOnly() throws IOException {
        path = folder.resolve("var/parley/log.db");

        open().close();

        assertEquals("rwx------", permissions(path.getParent()));
        assertEquals("rwx------", permissions(folder.resolve("var")));
        assertEquals("rw-------", permissions(path));
    }

    @Test
    void aFolderThatIsThereStaysAsItIs() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));

        open().close();

        assertEquals("rwxr-x---", permissions(folder));
    }

    @Test
    void whatWasLeftOfAFileHalfMadeIsNoHindrance() throws Exception {
        Files.writeString(folder.resolve("parley.db.new"), "half");
        Files.writeString(folder.resolve("parley.db.new-wal"), "of it");

        try (JdbcStore store = open()) {
            say(store, 1, 3);
            assertEquals(3, store.state(LOBBY, 0).head());
        }

        assertFalse(Files.exists(folder.resolve("parley.db.new")));
        assertFalse(Files.exists(folder.resolve("parley.db.new-wal")));
    }

    @Test
    void aLinkToTheFileIsAsGoodAsTheFile() throws Exception {
        try (JdbcStore store = open()) {
            say(store, 1, 3);
        }
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), path);

        try (JdbcStore store = Stores.sqlite(link, new SteppingClock())) {
            say(store, 4, 1);
            assertEquals(4, store.state(LOBBY, 0).head());
            assertTrue(refusal(path).contains("in use"));
        }
    }

    // ---- in use

    @Test
    void theSameFileTwiceInOneProcessIsRefused() throws Exception {
        try (JdbcStore store = open()) {
            String line = refusal();

            assertTrue(line.contains("in use by another server"), line);
            assertThrows(
                    AssertionError.class,
                    () -> StoreProcess.start(path, 0).close(),
                    "a refused server took the lock of the first with it");
            say(store, 1, 1);
        }
        open().close();
    }

    @Test
    void whoeverReadsTheFileDuringAStartIsNoDamage() throws Exception {
        try (JdbcStore store = open()) {
            say(store, 1, 10);
        }
        try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = reader.createStatement()) {
            statement.execute("begin");
            statement.executeQuery("select count(*) from message").close();
            try (JdbcStore store = open()) {
                say(store, 11, 2_000);
            }

            try (JdbcStore store = open()) {
                assertEquals(2_010, store.state(LOBBY, 0).head());
            }
        }
    }

    @Test
    void aFileThatAnotherProcessHasOpenIsRefusedUntilThatEnds() throws Exception {
        try (StoreProcess other = StoreProcess.start(path, 0)) {
            String line = refusal();

            assertTrue(line.contains("in use by another server"), line);
            assertEquals(
                    other.pid(),
                    Long.parseLong(
                            Files.readString(folder.resolve("parley.db.lock")).trim()));
            other.kill();
        }
        open().close();
    }

    // ---- refused

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws Exception {
        Files.write(path, "Dear diary, today I was a text file. ".repeat(500).getBytes(StandardCharsets.US_ASCII));

        String line = unchangingRefusal();

        assertTrue(line.contains("is damaged or no SQLite database"), line);
    }

    @Test
    void anEmptyFileIsRefused() throws Exception {
        Files.createFile(path);

        String line = unchangingRefusal();

        assertTrue(line.contains("is empty"), line);
    }

    @Test
    void aFileThatLostItsEndIsRefused() throws Exception {
        try (JdbcStore store = open()) {
            say(store, 1, 5_000);
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2 / 4096 * 4096);
        }

        String line = unchangingRefusal();

        assertTrue(line.contains("restore it from a backup"), line);
    }

    @Test
    void aFileCutWithinAPageIsRefused() throws Exception {
        try (JdbcStore store = open()) {
            say(store, 1, 500);
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 100);
        }

        String line = unchangingRefusal();

        assertTrue(line.contains("restore it from a backup"), line);
    }

    @Test
    void aDatabaseOfANewerParleyIsRefused() throws Exception {
        open().close();
        execute("insert into schema_history select 99, '99', 'later', type, 'V99__later.sql', 1, installed_by,"
                + " installed_on, 1, 1 from schema_history where installed_rank = 1");

        String line = unchangingRefusal();

        assertTrue(line.contains("newer Parley") && line.contains("99"), line);
    }

    @Test
    void aDatabaseOfSomethingElseIsRefused() throws Exception {
        execute("create table recipe (name text)", "insert into recipe values ('soup')");

        String line = unchangingRefusal();

        assertTrue(line.contains("parley.store.url"), line);
    }

    @Test
    void aPathThatIsAFolderIsRefused() throws Exception {
        Files.createDirectory(path);

        refusal();

        try (var inside = Files.list(path)) {
            assertEquals(List.of(), inside.toList());
        }
    }

    @Test
    void aFolderThatIsAFileIsRefused() throws Exception {
        path = Files.createFile(folder.resolve("file")).resolve("parley.db");

        String line = refusal();

        assertTrue(line.contains("parley.store.url"), line);
    }

    /** It has messages that would be taken into a new file which they do not belong to. */
    @Test
    void aWriteAheadLogWithoutItsFileIsRefused() throws Exception {
        Path wal = folder.resolve("parley.db-wal");
        try (StoreProcess other = StoreProcess.start(path, 500)) {
            other.kill();
        }
        assertTrue(Files.size(wal) > 0);
        Files.move(path, folder.resolve("elsewhere.db"));
        byte[] before = Files.readAllBytes(wal);

        String line = refusal();

        assertTrue(line.contains("parley.db-wal"), line);
        assertArrayEquals(before, Files.readAllBytes(wal));
        assertFalse(Files.exists(path));
        Files.move(folder.resolve("elsewhere.db"), path);
        try (JdbcStore store = open()) {
            assertEquals(500, store.state(LOBBY, 0).head());
        }
    }

    // ---- in the words of the tests

    private JdbcStore open() {
        return Stores.sqlite(path, new SteppingClock());
    }

    private static void say(JdbcStore store, int from, int count) throws StoreException {
        store.append(drafts(LOBBY, from, count));
    }

    private String refusal() {
        return refusal(path);
    }

    /** The line of a refusal, which is the same the second time: nothing is held after the first. */
    private static String refusal(Path path) {
        String line = refusedOnce(path);
        assertEquals(line, refusedOnce(path));
        assertEquals(1, line.lines().count(), line);
        assertTrue(line.contains(path.toString()), line);
        return line;
    }

    private static String refusedOnce(Path path) {
        SteppingClock clock = new SteppingClock();
        return assertThrows(
                        StoreRefusedException.class,
                        () -> Stores.sqlite(path, clock).close())
                .getMessage();
    }

    private String unchangingRefusal() throws IOException {
        byte[] before = Files.readAllBytes(path);
        String line = refusal();
        assertArrayEquals(before, Files.readAllBytes(path), "the file was changed");
        return line;
    }

    private void execute(String... sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            for (String each : sql) {
                statement.execute(each);
            }
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
