package chat.parley.store;

import static chat.parley.store.StoreReadingContract.ANNA;
import static chat.parley.store.StoreReadingContract.KITCHEN;
import static chat.parley.store.StoreReadingContract.LOBBY;
import static chat.parley.store.StoreReadingContract.draft;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A row that the database does not take is refused by itself, and costs nobody else anything. */
@Timeout(60)
class RefusedRowTest {

    private static final String POISON = "poison";

    @TempDir
    private Path folder;

    private MessageStore store;
    private GroupCommit commits;

    @BeforeEach
    void open() throws Exception {
        Path path = folder.resolve("parley.db");
        store = Stores.sqlite(path, new SteppingClock());
        commits = new GroupCommit(store, 1_000);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            statement.execute("create trigger t before insert on message when new.content = 'poison'"
                    + " begin select raise(abort, 'no'); end");
        }
    }

    @AfterEach
    void close() {
        commits.close();
        store.close();
    }

    @Test
    void ofABatchOnlyThatOneFails() throws Exception {
        List<CompletableFuture<Outcome>> appends = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            appends.add(append(draft(LOBBY, ANNA, "id-" + i, i % 20 == 7 ? POISON : "content " + i)));
        }

        commits.start(outcome -> {}); // takes all of them as one batch

        long seq = 0;
        List<String> stored = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            CompletableFuture<Outcome> append = appends.get(i - 1);
            if (i % 20 == 7) {
                assertRefused(append);
            } else {
                assertEquals(++seq, seq(append));
                stored.add("id-" + i);
            }
        }
        assertEquals(57, seq);
        List<StoredMessage> there = store.read(LOBBY, Range.following(0, 100)).messages();
        assertEquals(stored, there.stream().map(StoredMessage::id).toList());
        assertEquals(LongStream.rangeClosed(1, 57).boxed().toList(), StoreReadingContract.seqs(there));
        assertTrue(commits.isAvailable(), "one row is no outage");
    }

    @Test
    void theFirstMessageOfARoomAndOfASenderMayBeIt() throws Exception {
        Author carl = new Author("key-carl", "carl", true);
        List<CompletableFuture<Outcome>> appends = List.of(
                append(draft(KITCHEN, carl, "1", POISON)),
                append(draft(KITCHEN, carl, "2", "wholesome")),
                append(draft(LOBBY, carl, "1", "wholesome")));

        commits.start(outcome -> {});

        assertRefused(appends.get(0));
        assertEquals(1, seq(appends.get(1)));
        assertEquals(1, seq(appends.get(2)));
        assertEquals(carl, store.state(KITCHEN, 1).newest().get(0).author());
    }

    @Test
    void whatIsRefusedAloneIsRefusedAgainAndTheNextIsStored() throws Exception {
        commits.start(outcome -> {});

        assertRefused(append(draft(LOBBY, ANNA, "1", POISON)));
        assertRefused(append(draft(LOBBY, ANNA, "1", POISON)));
        assertEquals(1, seq(append(draft(LOBBY, ANNA, "1", "wholesome"))));
    }

    private CompletableFuture<Outcome> append(Draft draft) {
        return commits.append(draft).toCompletableFuture();
    }

    private static long seq(CompletableFuture<Outcome> append) throws Exception {
        return StoreReadingContract.stored(append.get(30, TimeUnit.SECONDS)).seq();
    }

    private static void assertRefused(CompletableFuture<Outcome> append) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> append.get(30, TimeUnit.SECONDS));
        assertEquals(
                StoreException.Kind.REFUSED,
                assertInstanceOf(StoreException.class, failure.getCause()).kind());
    }
}
