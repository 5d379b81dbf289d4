package chat.parley.store;

import static chat.parley.store.StoreReadingContract.ANNA;
import static chat.parley.store.StoreReadingContract.BERT;
import static chat.parley.store.StoreReadingContract.KITCHEN;
import static chat.parley.store.StoreReadingContract.LOBBY;
import static chat.parley.store.StoreReadingContract.draft;
import static chat.parley.store.StoreReadingContract.drafts;
import static chat.parley.store.StoreReadingContract.seqs;
import static chat.parley.store.StoreReadingContract.stored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.RoomName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several servers over one PostgreSQL: one order, one truth, and nobody waits long for one that stands still. */
@Timeout(120)
class PostgresNodesTest {

    private final String url = Postgres.NEW.schema();
    private final List<MessageStore> open = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        open.forEach(MessageStore::close);
    }

    @Test
    void allThatStartAtOnceOverAnEmptyDatabaseAreOneLog() throws Exception {
        List<Future<MessageStore>> starting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starting.add(threads.submit(() -> Stores.postgres(url, "", "", Clock.systemUTC())));
        }
        Set<String> epochs = new HashSet<>();
        for (Future<MessageStore> each : starting) {
            MessageStore store = each.get(60, TimeUnit.SECONDS);
            open.add(store);
            epochs.add(store.epoch());
        }

        assertEquals(1, epochs.size());
    }

    @Test
    void whatTwoAppendAtOnceIsInOneOrderOnce() throws Exception {
        List<RoomName> rooms = List.of(LOBBY, KITCHEN, new RoomName("attic"));
        MessageStore one = open(Clock.systemUTC());
        MessageStore two = open(Clock.systemUTC());
        List<Draft> all = new ArrayList<>();
        for (RoomName room : rooms) {
            all.addAll(drafts(room, 1, 300));
        }

        Future<Map<Draft, Outcome>> first = threads.submit(saying(one, all, 1));
        Future<Map<Draft, Outcome>> second = threads.submit(saying(two, all, 2));
        Map<Draft, Outcome> heard = first.get(60, TimeUnit.SECONDS);
        Map<Draft, Outcome> heardToo = second.get(60, TimeUnit.SECONDS);

        for (RoomName room : rooms) {
            List<StoredMessage> log = one.read(room, Range.following(0, 1_000)).messages();
            assertEquals(LongStream.rangeClosed(1, 300).boxed().toList(), seqs(log));
            assertEquals(300, log.stream().map(StoredMessage::id).distinct().count());
            assertEquals(log, two.read(room, Range.following(0, 1_000)).messages());
        }
        int both = 0;
        for (Draft draft : all) {
            StoredMessage message = message(heard.get(draft));
            assertEquals(message, message(heardToo.get(draft)), "both were told the same");
            assertNotEquals(
                    heard.get(draft) instanceof Outcome.Stored,
                    heardToo.get(draft) instanceof Outcome.Stored,
                    "one stored it, the other found it");
            both += heard.get(draft) instanceof Outcome.Stored ? 1 : 0;
        }
        assertTrue(both > 0 && both < all.size(), "they did not meet: " + both);
    }

    @Test
    void theHeadsOfMoreRoomsThanOneQueryAsksForAreAllTold() throws Exception {
        MessageStore store = open(Clock.systemUTC());
        Postgres.execute(
                url,
                "insert into room (name, head, first, last_timestamp)"
                        + " select 'room-' || n, n, 1, 0 from generate_series(1, 20001) n");
        List<RoomName> rooms = new ArrayList<>();
        for (int i = 1; i <= 20_002; i++) {
            rooms.add(new RoomName("room-" + i));
        }

        Map<RoomName, LogEnds> heads = store.heads(rooms);

        assertEquals(20_001, heads.size(), "one is not there");
        for (int i = 1; i <= 20_001; i++) {
            assertEquals(new LogEnds(i, 1), heads.get(new RoomName("room-" + i)));
        }
    }

    @Test
    void whatAnotherStoredUnderTheIdIsAConflictWhenItReadsOtherwise() throws Exception {
        MessageStore one = open(Clock.systemUTC());
        MessageStore two = open(Clock.systemUTC());

        one.append(List.of(draft(LOBBY, ANNA, "1", "one")));

        assertInstanceOf(
                Outcome.Conflict.class,
                two.append(List.of(draft(LOBBY, ANNA, "1", "two"))).get(0));
        assertEquals(1, two.state(LOBBY, 0).head());
    }

    @Test
    void timestampsNeverDecreaseThoughClocksAreApart() throws Exception {
        SteppingClock late = new SteppingClock();
        late.move(-60_000);
        MessageStore one = open(new SteppingClock());
        MessageStore two = open(late);

        long first = stored(one.append(drafts(LOBBY, 1, 1)).get(0)).timestamp();
        long second = stored(two.append(drafts(LOBBY, 2, 1)).get(0)).timestamp();

        assertEquals(first, second);
        assertEquals(2, two.rooms(1).size() + one.rooms(1).size());
    }

    @Test
    void aNameThatChangedElsewhereIsTheOneThatIsReadUntilItChangesAgain() throws Exception {
        MessageStore one = open(Clock.systemUTC());
        MessageStore two = open(Clock.systemUTC());
        Author renamed = new Author(ANNA.key(), "annabel", ANNA.guest());

        one.append(List.of(draft(LOBBY, ANNA, "1")));
        two.append(List.of(draft(LOBBY, renamed, "2")));
        assertEquals(renamed, two.state(LOBBY, 1).newest().get(0).author());
        one.append(List.of(draft(LOBBY, ANNA, "3")));

        assertEquals(ANNA, two.state(LOBBY, 1).newest().get(0).author());
    }

    /** It holds the room as a server does that is paused before its transaction ends; the database throws it out. */
    @Test
    void whoStandsStillWithinATransactionIsOutlasted() throws Exception {
        MessageStore store = open(Clock.systemUTC());
        store.append(drafts(LOBBY, 1, 1));
        try (Connection paused = Postgres.connect(url);
                Statement statement = paused.createStatement()) {
            paused.setAutoCommit(false);
            statement.execute(PostgresSql.BOUND_TRANSACTION);
            statement.execute("select 1 from room where name = 'lobby' for update");

            assertEquals(2, stored(store.append(drafts(LOBBY, 2, 1)).get(0)).seq());

            assertThrows(SQLException.class, paused::commit);
        }
    }

    /** A stranger need not be bound as we are; then the room fails, and the others go on. */
    @Test
    void aRoomThatAStrangerHoldsIsUnavailableAndOthersAreNot() throws Exception {
        MessageStore store = open(Clock.systemUTC());
        store.append(drafts(LOBBY, 1, 1));
        try (Connection stranger = Postgres.connect(url);
                Statement statement = stranger.createStatement()) {
            stranger.setAutoCommit(false);
            statement.execute("select 1 from room where name = 'lobby' for update");

            StoreException failure = assertThrows(StoreException.class, () -> store.append(drafts(LOBBY, 2, 1)));
            assertEquals(StoreException.Kind.UNAVAILABLE, failure.kind());
            assertEquals(1, stored(store.append(drafts(KITCHEN, 1, 1)).get(0)).seq());
            stranger.rollback();
        }

        assertEquals(2, stored(store.append(drafts(LOBBY, 2, 1)).get(0)).seq());
    }

    /** Somebody locks in another order than batches do; the database ends one of both, and a batch is done again. */
    @Test
    void aDeadlockCostsABatchNothing() throws Exception {
        MessageStore store = open(Clock.systemUTC());
        store.append(List.of(draft(KITCHEN, ANNA, "1"), draft(LOBBY, ANNA, "1")));
        try (Connection stranger = Postgres.connect(url);
                Statement statement = stranger.createStatement()) {
            stranger.setAutoCommit(false);
            statement.execute("select 1 from room where name = 'lobby' for update");
            Future<List<Outcome>> batch =
                    threads.submit(() -> store.append(List.of(draft(KITCHEN, ANNA, "2"), draft(LOBBY, ANNA, "2"))));
            awaitWaiting();

            try {
                statement.execute("select 1 from room where name = 'kitchen' for update");
            } catch (SQLException e) {
                assertEquals("40P01", e.getSQLState());
            }
            stranger.rollback();

            batch.get(30, TimeUnit.SECONDS)
                    .forEach(outcome -> assertEquals(2, stored(outcome).seq()));
        }
    }

    /** Until one of the store's connections waits for a lock. */
    private void awaitWaiting() throws Exception {
        String waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and application_name = '"
                + Postgres.said(url, "ApplicationName") + "'";
        try (Connection connection = Postgres.connect(url);
                Statement statement = connection.createStatement()) {
            for (int count = 0; count == 0; ) {
                try (ResultSet row = statement.executeQuery(waiting)) {
                    row.next();
                    count = row.getInt(1);
                }
            }
        }
    }

    @Test
    void twoThatDeleteWhatIsOldMeetWithoutHarm() throws Exception {
        SteppingClock clock = new SteppingClock();
        MessageStore one = open(clock);
        MessageStore two = open(clock);
        one.append(drafts(LOBBY, 1, 1_500));
        one.append(drafts(KITCHEN, 1, 700));
        clock.move(1_000);
        one.append(drafts(LOBBY, 1_501, 5));

        Future<Boolean> first = threads.submit(expiringAll(one, clock.millis()));
        Future<Boolean> second = threads.submit(expiringAll(two, clock.millis()));
        assertTrue(first.get(60, TimeUnit.SECONDS) && second.get(60, TimeUnit.SECONDS));

        assertEquals(1_501, two.state(LOBBY, 0).first());
        assertEquals(
                LongStream.rangeClosed(1_501, 1_505).boxed().toList(),
                seqs(two.state(LOBBY, 100).newest()));
        assertEquals(new RoomState(700, 701, List.of()), one.state(KITCHEN, 10));
    }

    @Test
    void aFarewellIsCarriedOutOnce() throws Exception {
        MessageStore one = open(Clock.systemUTC());
        MessageStore two = open(Clock.systemUTC());
        one.accounts().add(account(BERT), session(BERT));
        one.append(drafts(LOBBY, 1, 1_400));
        one.accounts().tombstone(BERT.key(), "deleted-1", true, 5);

        Future<Boolean> first = threads.submit(retouchingAll(one));
        Future<Boolean> second = threads.submit(retouchingAll(two));
        assertTrue(first.get(60, TimeUnit.SECONDS) && second.get(60, TimeUnit.SECONDS));

        for (StoredMessage said : two.state(LOBBY, 2_000).newest()) {
            boolean gone = said.author().key().equals(BERT.key());
            assertEquals(gone ? "deleted-1" : ANNA.name(), said.author().name());
            assertEquals(gone, said.content().isEmpty());
        }
    }

    /** As of a server that was paused while the account was deleted, and goes on when all is done. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsStoredLongAfterAFarewellIsUnderItToo(boolean erases) throws Exception {
        MessageStore one = open(Clock.systemUTC());
        MessageStore late = open(Clock.systemUTC());
        Author guest = new Author("guest-of-bert", "bert", true);
        Author silent = new Author("key-silent", "silent", false);
        one.accounts().add(account(BERT), session(BERT), guest.key());
        one.accounts().add(account(silent), session(silent));
        one.append(List.of(draft(LOBBY, BERT, "1"), draft(LOBBY, guest, "1"), draft(LOBBY, ANNA, "1")));
        one.accounts().tombstone(BERT.key(), "deleted-1", erases, 5);
        one.accounts().tombstone(silent.key(), "deleted-2", erases, 5);
        retouchAll(one);

        late.append(List.of(
                draft(LOBBY, BERT, "2"),
                draft(KITCHEN, guest, "2"),
                draft(KITCHEN, silent, "2"),
                draft(KITCHEN, ANNA, "2")));

        assertEquals(Set.of(LOBBY, KITCHEN), retouchAll(one));
        assertEquals(
                erases
                        ? List.of("deleted-1: ", "deleted-1: ", "anna: content of 1", "deleted-1: ")
                        : List.of(
                                "deleted-1: content of 1",
                                "deleted-1: content of 1",
                                "anna: content of 1",
                                "deleted-1: content of 2"),
                lines(one, LOBBY));
        assertEquals(
                erases
                        ? List.of("deleted-1: ", "deleted-2: ", "anna: content of 2")
                        : List.of("deleted-1: content of 2", "deleted-2: content of 2", "anna: content of 2"),
                lines(one, KITCHEN));
        assertEquals(Set.of(), retouchAll(one), "done");
    }

    @Test
    void whatIsStoredWhereAFarewellHasBeenAlreadyIsEmptiedToo() throws Exception {
        MessageStore one = open(Clock.systemUTC());
        one.accounts().add(account(BERT), session(BERT));
        one.append(List.of(draft(LOBBY, BERT, "1")));
        for (int i = 0; i < JdbcRetouch.ROOMS_A_BITE; i++) {
            one.append(List.of(draft(new RoomName("room-" + i), ANNA, "1")));
        }
        one.accounts().tombstone(BERT.key(), "deleted-1", true, 5);
        assertFalse(one.retouch(6).done());

        one.append(List.of(draft(LOBBY, BERT, "2")));
        retouchAll(one);

        assertEquals(List.of("deleted-1: ", "deleted-1: "), lines(one, LOBBY));
    }

    @Test
    void aLookIsOnePersonsWhicheverServerTheyComeTo() throws Exception {
        AccountStore one = open(Clock.systemUTC()).accounts();
        AccountStore two = open(Clock.systemUTC()).accounts();
        for (int i = 0; i < 30; i++) {
            String look = "look-" + i;
            StoredAccount account = new StoredAccount("a" + i, look, look, "hash", 1, null);
            StoredSession session = new StoredSession("s" + i, new byte[] {1}, "a" + i, 1, 100);
            StoredExternalUser external = new StoredExternalUser(look, look, "x" + i, 1);

            Future<Boolean> here = threads.submit(() -> one.add(account, session));
            Future<Boolean> there = threads.submit(() -> two.keep(external));

            assertNotEquals(here.get(30, TimeUnit.SECONDS), there.get(30, TimeUnit.SECONDS), look);
        }
    }

    @Test
    void oneBanOfAUserIsThereWhoeverMadeItLast() throws Exception {
        ModerationStore one = open(Clock.systemUTC()).moderation();
        ModerationStore two = open(Clock.systemUTC()).moderation();
        StoredBan ban = new StoredBan(0, "u1", "troll", false, null, "spam", 1, null, "alice");
        StoredAct act = new StoredAct(0, 1, "k", "alice", "ban", "troll", "u1", "spam", null, 0L);
        for (int i = 0; i < 20; i++) {
            Future<StoredBan> here = threads.submit(() -> one.ban(ban, act));
            Future<StoredBan> there = threads.submit(() -> two.ban(ban, act));
            here.get(30, TimeUnit.SECONDS);
            there.get(30, TimeUnit.SECONDS);

            assertEquals(1, one.bans().size());
        }
    }

    @Test
    void whoHasTheLogOpenWritesNothingMoreOnceItHasAnotherEpoch() throws Exception {
        MessageStore store = open(Clock.systemUTC());
        store.append(drafts(LOBBY, 1, 1));
        try (JdbcStore other = Stores.postgres(url, "", "", Clock.systemUTC())) {
            other.setEpoch("another");
        }

        StoreException failure = assertThrows(StoreException.class, () -> store.append(drafts(LOBBY, 2, 1)));

        assertTrue(String.valueOf(failure.getMessage()).contains("another epoch"), failure::getMessage);
        assertThrows(StoreException.class, () -> store.probe(true), "it is not ready until it is started again");
        assertThrows(StoreException.class, () -> store.probe(false));
        assertEquals("another", open(Clock.systemUTC()).epoch());
    }

    private MessageStore open(Clock clock) {
        MessageStore store = Stores.postgres(url, "", "", clock);
        open.add(store);
        return store;
    }

    /** Says it all in an order of its own, in batches of every size. */
    private static Callable<Map<Draft, Outcome>> saying(MessageStore store, List<Draft> all, int seed) {
        return () -> {
            Random random = new Random(seed);
            List<Draft> drafts = new ArrayList<>(all);
            Collections.shuffle(drafts, random);
            Map<Draft, Outcome> outcomes = new HashMap<>();
            for (int from = 0; from < drafts.size(); ) {
                List<Draft> batch = drafts.subList(from, Math.min(drafts.size(), from + 1 + random.nextInt(20)));
                List<Outcome> told = store.append(batch);
                for (int i = 0; i < batch.size(); i++) {
                    outcomes.put(batch.get(i), told.get(i));
                }
                from += batch.size();
            }
            return outcomes;
        };
    }

    private static Callable<Boolean> expiringAll(MessageStore store, long before) {
        return () -> {
            boolean done = false;
            while (!done) {
                done = store.expire(before).done();
            }
            return done;
        };
    }

    private static Callable<Boolean> retouchingAll(MessageStore store) {
        return () -> {
            // Done is also said while another server is at it.
            for (int i = 0; i < 200; i++) {
                Retouched unused = store.retouch(6);
            }
            return store.retouch(6).done();
        };
    }

    /** Until nobody is left; the rooms that it told of. */
    private static Set<RoomName> retouchAll(MessageStore store) throws StoreException {
        Set<RoomName> touched = new HashSet<>();
        for (boolean done = false; !done; ) {
            Retouched bite = store.retouch(6);
            touched.addAll(bite.rooms());
            done = bite.done();
        }
        return touched;
    }

    private static List<String> lines(MessageStore store, RoomName room) throws StoreException {
        return store.state(room, 10).newest().stream()
                .map(said -> said.author().name() + ": " + said.content())
                .toList();
    }

    private static StoredAccount account(Author author) {
        return new StoredAccount(author.key(), author.name(), author.name(), "hash", 1, null);
    }

    private static StoredSession session(Author author) {
        return new StoredSession("s." + author.key(), new byte[] {1}, author.key(), 1, 100);
    }

    private static StoredMessage message(Outcome outcome) {
        return outcome instanceof Outcome.Duplicate duplicate ? duplicate.message() : stored(outcome);
    }
}
