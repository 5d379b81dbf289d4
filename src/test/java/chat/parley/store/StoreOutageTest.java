package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;

/**
 * What becomes of a running store whose file is taken away, locked or full: nothing is promised that is not kept, it can
 * be read, and it recovers by itself.
 */
@Timeout(120)
class StoreOutageTest {

    @TempDir
    private Path folder;

    private final OutageLog log = new OutageLog();
    private Path path;
    private RunningStore store;

    @BeforeEach
    void start() throws Exception {
        path = folder.resolve("parley.db");
        store = new RunningStore(path);
        store.say(10);
    }

    @AfterEach
    void close() {
        store.close();
        log.close();
    }

    // ---- the file is not at its place

    @Test
    void aFileThatWasMovedAwayAndBack() throws Exception {
        Path away = folder.resolve("away.db");

        Files.move(path, away);
        isDown();
        assertFalse(Files.exists(path), "a new file was made");
        Files.move(away, path);

        recovers();
    }

    @Test
    void aFolderThatWasMovedAwayAndBack() throws Exception {
        store.close();
        Path inner = folder.resolve("data");
        path = inner.resolve("parley.db");
        store = new RunningStore(path);
        store.say(10);

        Files.move(inner, folder.resolve("away"));
        isDown();
        assertFalse(Files.exists(inner), "a new folder was made");
        Files.move(folder.resolve("away"), inner);

        recovers();
    }

    @Test
    void aLossIsNoticedBeforeAnybodySpeaks() throws Exception {
        Files.move(path, folder.resolve("away.db"));

        store.awaitAvailable(false);
    }

    @Test
    void aFileThatWasRemovedAndIsBack() throws Exception {
        Path kept = Files.createLink(folder.resolve("kept.db"), path);

        Files.delete(path);
        isDown();
        assertFalse(Files.exists(path), "a new file was made");
        Files.createLink(path, kept);

        recovers();
    }

    @Test
    void aFileInPlaceOfWhichThereIsAnother() throws Exception {
        Path away = folder.resolve("away.db");
        Path other = folder.resolve("other.db");
        Stores.sqlite(other, new SteppingClock()).close();
        byte[] content = Files.readAllBytes(other);

        Files.move(path, away);
        Files.move(other, path);
        isDown();
        assertArrayEquals(content, Files.readAllBytes(path), "the other file was written to");
        Files.move(away, path, StandardCopyOption.REPLACE_EXISTING);

        recovers();
    }

    @Test
    void aCopyOfTheFileIsNotTheFile() throws Exception {
        Path away = folder.resolve("away.db");

        Files.move(path, away);
        Files.copy(away, path);
        isDown();
        Files.move(away, path, StandardCopyOption.REPLACE_EXISTING);

        recovers();
    }

    @Test
    void aWriteAheadLogThatWasMovedAwayAndBack() throws Exception {
        Path wal = folder.resolve("parley.db-wal");

        Files.move(wal, folder.resolve("away"));
        isDown();
        assertFalse(Files.exists(wal), "a new one was made");
        Files.move(folder.resolve("away"), wal);

        recovers();
    }

    @Test
    void aWriteAheadLogThatWasRemovedCostsNothingThatWasPromised() throws Exception {
        Files.delete(folder.resolve("parley.db-wal"));
        isDown();
        store.close();

        store = new RunningStore(path, store.promised());

        store.say(1);
        store.keepsItsPromises();
    }

    // ---- the file cannot be written

    @Test
    void aStrangerWhoLocksTheFile() throws Exception {
        try (Connection stranger = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = stranger.createStatement()) {
            statement.execute("begin immediate");
            isDown();
            statement.execute("rollback");
        }

        recovers();
    }

    @Test
    void aFileThatMayOnlyBeRead() throws Exception {
        AtomicReference<SQLiteConnection> writer = new AtomicReference<>();
        store.asWriter(connection -> {
            writer.set(connection.unwrap(SQLiteConnection.class));
            return true;
        });

        writer.get().getDatabase().exec("pragma query_only = 1", true);
        isDown();
        writer.get().getDatabase().exec("pragma query_only = 0", true);

        recovers();
    }

    @Test
    void aDatabaseThatMayNotGrow() throws Exception {
        store.asWriter(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("pragma max_page_count = 1"); // no less than it has
            }
        });
        int stored = 0;
        Object outcome;
        do {
            outcome = store.outcome("full-" + stored++, "x".repeat(3_000));
            assertTrue(stored < 1_000, "it has grown");
        } while (outcome instanceof Outcome.Stored);

        assertEquals(
                StoreException.Kind.UNAVAILABLE,
                assertInstanceOf(StoreException.class, outcome).kind());
        store.canBeRead();
        recovers(); // by another connection, which has no such bound
    }

    /** Needs to mount a file system, which only root may. */
    @Test
    void aDiskThatIsFull() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString());
        if (!mounted) {
            System.err.println("a full disk is not tested: no file system may be mounted here");
        }
        assumeTrue(mounted, "no file system may be mounted here");
        try {
            store.close();
            path = disk.resolve("parley.db");
            store = new RunningStore(path);
            store.say(10);
            Path ballast = disk.resolve("ballast");

            fill(ballast);
            isDown();
            Files.delete(ballast);

            recovers();
            store.close();
        } finally {
            store.close();
            run("umount", "-l", disk.toString());
        }
    }

    // ---- in the words of the tests

    /** Appends fail, reads work, it is known, it stays so, and it was logged once. */
    private void isDown() throws Exception {
        assertEquals(
                StoreException.Kind.UNAVAILABLE, store.failure("down-1", "one").kind());
        assertFalse(store.isAvailable());
        TimeUnit.MILLISECONDS.sleep(1_500); // longer than from one probe to the next
        assertFalse(store.isAvailable());
        assertEquals(
                StoreException.Kind.UNAVAILABLE, store.failure("down-2", "two").kind());
        store.canBeRead();
        assertEquals(1, log.lines().size(), () -> String.valueOf(log.lines()));
        assertTrue(
                log.lines().get(0).startsWith("ERROR the store cannot be written"), () -> String.valueOf(log.lines()));
    }

    /** By itself; what was not promised may be there, once, and what was promised is. */
    private void recovers() throws Exception {
        store.awaitAvailable(true);
        assertEquals(2, log.lines().size(), () -> String.valueOf(log.lines()));
        assertEquals("INFO the store can be written again", log.lines().get(1));
        store.say(10);
        store.outcome("down-1", "one");
        store.outcome("down-2", "two");
        store.keepsItsPromises();
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false; // no such command
        }
    }

    private static void fill(Path ballast) throws IOException {
        byte[] block = new byte[4_096];
        try (var out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // Nothing more fits.
        }
    }
}
