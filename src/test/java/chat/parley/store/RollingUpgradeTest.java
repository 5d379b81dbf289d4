package chat.parley.store;

import static chat.parley.store.StoreReadingContract.ANNA;
import static chat.parley.store.StoreReadingContract.LOBBY;
import static chat.parley.store.StoreReadingContract.draft;
import static chat.parley.store.StoreReadingContract.drafts;
import static chat.parley.store.StoreReadingContract.seqs;
import static chat.parley.store.StoreReadingContract.stored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * This version beside the one after it, over one PostgreSQL: it goes on, and starts again, on tables that are one step
 * newer. What the next may do to the tables is played here by what is likely: columns, a table, an index, a function's
 * next number.
 */
@Timeout(120)
class RollingUpgradeTest {

    private static final int OURS = Migrations.files(Dialect.POSTGRES).size();

    /** As Flyway does it: in one transaction. */
    private static final List<String> NEXT = List.of(
            "alter table message add column edited_at bigint",
            "alter table room add column topic text not null default ''",
            "create table reaction (room bigint not null, seq bigint not null, sender bigint not null, what text not null,"
                    + " primary key (room, seq, sender, what))",
            "create index message_by_time on message (timestamp)",
            "create function append_2(in_epoch text) returns integer language sql as 'select 2'");

    private final String url = Postgres.NEW.schema();
    private final List<MessageStore> open = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        open.forEach(MessageStore::close);
    }

    /** What each migration begins with: an append looks at this table before any other, so that neither waits for the other. */
    private static final String FIRST = "lock table store in access exclusive mode";

    @Test
    void whoRunsGoesOnWhileTheNextVersionChangesTheTables() throws Exception {
        MessageStore old = start();
        AtomicBoolean done = new AtomicBoolean();
        Future<Integer> talk = threads.submit(() -> {
            int count = 0;
            while (!done.get() || count < 100) {
                count++;
                assertEquals(
                        count,
                        stored(old.append(drafts(LOBBY, count, 1)).get(0)).seq());
            }
            return count;
        });

        step(1);
        done.set(true);
        int count = talk.get(60, TimeUnit.SECONDS);
        old.append(drafts(LOBBY, count + 1, 10));

        assertEquals(
                LongStream.rangeClosed(count + 1, count + 10).boxed().toList(),
                seqs(old.read(LOBBY, Range.following(count, 100)).messages()));
    }

    @Test
    void whoIsStartedAgainBesideTheNextVersionFindsEverything() throws Exception {
        MessageStore before = start();
        before.append(drafts(LOBBY, 1, 3));
        step(1);

        MessageStore again = start();
        again.append(drafts(LOBBY, 4, 2));

        assertEquals(before.epoch(), again.epoch());
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L),
                seqs(again.read(LOBBY, Range.following(0, 100)).messages()));
        assertInstanceOf(
                Outcome.Conflict.class,
                again.append(List.of(draft(LOBBY, ANNA, "id", "one"), draft(LOBBY, ANNA, "id", "two")))
                        .get(1));
        assertEquals(OURS + 1, Integer.parseInt(newest()), "nothing was taken back");
    }

    @Test
    void twoStepsAreRefusedByAClearSentence() {
        start().close();
        open.clear();
        step(1);
        step(2);

        String line = String.valueOf(
                assertThrows(StoreRefusedException.class, this::start).getMessage());

        assertTrue(
                line.contains("was written by a newer Parley (its schema is " + (OURS + 2) + ", this one knows " + OURS
                        + " and runs beside " + (OURS + 1) + "): start that Parley"),
                line);
    }

    @Test
    void noFileTakesAwayWhatTheVersionBeforeItNeeds() throws IOException {
        for (String file : Migrations.files(Dialect.POSTGRES)) {
            try (InputStream in = Migrations.class.getResourceAsStream(Dialect.POSTGRES.migrations() + file)) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("--.*", "");
                assertFalse(
                        text.matches(
                                "(?is).*\\b(drop|rename|truncate|or\\s+replace|set\\s+not\\s+null|set\\s+data\\s+type)\\b.*"),
                        file);
            }
        }
    }

    private MessageStore start() {
        MessageStore store = Stores.postgres(url, "", "", Clock.systemUTC());
        open.add(store);
        return store;
    }

    /** What the version that many steps ahead does when it starts. */
    private void step(int ahead) {
        List<String> all = new ArrayList<>(List.of("begin", FIRST));
        if (ahead == 1) {
            all.addAll(NEXT);
        }
        all.add("insert into schema_history select installed_rank + " + ahead + ", '" + (OURS + ahead)
                + "', 'next', type, 'next', checksum, installed_by, installed_on, execution_time, success"
                + " from schema_history where version = '" + OURS + "'");
        all.add("commit");
        Postgres.execute(url, all.toArray(String[]::new));
    }

    private String newest() throws Exception {
        try (Connection connection = Postgres.connect(url);
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select max(cast(version as integer)) from schema_history")) {
            row.next();
            return row.getString(1);
        }
    }
}
