package chat.parley.store;

import static chat.parley.store.StoreReadingContract.ANNA;
import static chat.parley.store.StoreReadingContract.LOBBY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A SQLite store behind its writer, that remembers what it was told is stored. One test thread uses it. */
final class RunningStore implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path path;
    private final Map<String, Long> promised;
    private final Database database;
    private final JdbcStore store;
    private final GroupCommit commits;
    private boolean closed;

    RunningStore(Path path) throws StoreException {
        this(path, Map.of());
    }

    /** Opens what was there before, with what was promised then. */
    RunningStore(Path path, Map<String, Long> promised) throws StoreException {
        this.path = path;
        this.promised = new LinkedHashMap<>(promised);
        this.database = new Database(SqliteFile.open(path));
        this.store = new JdbcStore(database, new SteppingClock());
        this.commits = new GroupCommit(store, 1_000);
        commits.start(outcome -> {});
    }

    Map<String, Long> promised() {
        return promised;
    }

    boolean isAvailable() {
        return commits.isAvailable();
    }

    void awaitAvailable(boolean expected) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (isAvailable() != expected) {
            assertTrue(System.nanoTime() < end, expected ? "it does not recover" : "it is not noticed");
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Has so many messages stored. */
    void say(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            assertInstanceOf(Outcome.Stored.class, outcome("said-" + promised.size(), "something"));
        }
    }

    StoreException failure(String id, String content) throws Exception {
        return assertInstanceOf(StoreException.class, outcome(id, content));
    }

    /** An {@link Outcome}, or the {@link StoreException} in its place. */
    Object outcome(String id, String content) throws Exception {
        try {
            Outcome outcome = commits.append(new Draft(LOBBY, ANNA, id, content))
                    .toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (outcome instanceof Outcome.Stored stored) {
                promised.put(id, stored.message().seq());
            }
            return outcome;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /** What was promised can be read. */
    void canBeRead() throws StoreException {
        List<StoredMessage> messages =
                store.read(LOBBY, Range.following(0, 10_000)).messages();
        Map<String, Long> there = new LinkedHashMap<>();
        for (int i = 0; i < messages.size(); i++) {
            assertEquals(i + 1, messages.get(i).seq(), "a hole");
            there.put(messages.get(i).id(), messages.get(i).seq());
        }
        promised.forEach((id, seq) -> assertEquals(seq, there.get(id), () -> id + " was promised"));
        assertTrue(store.state(LOBBY, 0).head() >= promised.size());
    }

    /** What was promised can be read, and also after a restart. */
    void keepsItsPromises() throws StoreException {
        canBeRead();
        close();
        try (RunningStore again = new RunningStore(path, promised)) {
            again.canBeRead();
        }
    }

    /** Does something on the connection that writes. */
    void asWriter(Database.Reading<Boolean> work) throws StoreException {
        Boolean unused = database.write(statements -> work.run(statements.connection()));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            commits.close();
            store.close();
        }
    }
}
