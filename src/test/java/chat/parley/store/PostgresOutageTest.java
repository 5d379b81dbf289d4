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
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections to PostgreSQL that end at the worst moment: nothing is lost, nothing is there twice. */
@Timeout(120)
class PostgresOutageTest {

    private static final String APPEND = "append_1";

    private final String url = Postgres.NEW.schema();

    @Test
    void aLostAnswerIsAskedForAgainAndFindsTheTruth() throws Exception {
        try (CuttingProxy proxy = proxy();
                MessageStore store = open(proxy)) {
            store.append(drafts(LOBBY, 1, 1));
            proxy.cut(APPEND, 1);

            List<Outcome> outcomes = store.append(drafts(LOBBY, 2, 3));

            assertEquals(0, proxy.left());
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        2 + i,
                        assertInstanceOf(Outcome.Unsure.class, outcomes.get(i))
                                .message()
                                .seq());
            }
            assertEquals(4, store.state(LOBBY, 0).head());
            assertInstanceOf(
                    Outcome.Duplicate.class, store.append(drafts(LOBBY, 2, 3)).get(0));
        }
    }

    @Test
    void whatWasThereLongBeforeALostAnswerIsADuplicate() throws Exception {
        try (CuttingProxy proxy = proxy();
                MessageStore store = open(proxy)) {
            store.append(drafts(LOBBY, 1, 1));
            TimeUnit.MILLISECONDS.sleep(2); // so that the next batch has another timestamp
            proxy.cut(APPEND, 1);

            List<Draft> batch = new ArrayList<>(drafts(LOBBY, 1, 2));
            batch.add(batch.get(1));
            List<Outcome> outcomes = store.append(batch);

            assertInstanceOf(Outcome.Duplicate.class, outcomes.get(0));
            assertInstanceOf(Outcome.Unsure.class, outcomes.get(1));
            assertInstanceOf(Outcome.Duplicate.class, outcomes.get(2)); // a resend, whoever stored it
        }
    }

    @Test
    void aStartWaitsForADatabaseThatIsNotUpYet() throws Exception {
        try (CuttingProxy proxy = proxy()) {
            proxy.goAway(true);
            String late = Postgres.by(url, proxy.address());
            StoreRefusedException refusal =
                    assertThrows(StoreRefusedException.class, () -> Stores.postgres(late, "", "", Clock.systemUTC()));
            assertTrue(refusal.isTemporary(), refusal::getMessage);

            CompletableFuture<MessageStore> opened = CompletableFuture.supplyAsync(
                    () -> Stores.postgres(late, "", "", Duration.ofMinutes(1), Clock.systemUTC()));
            TimeUnit.SECONDS.sleep(1);
            assertFalse(opened.isDone());
            proxy.goAway(false);

            try (MessageStore store = opened.get()) {
                store.append(drafts(LOBBY, 1, 1));
            }
        }
    }

    @Test
    void whenTheTruthCannotBeFoundItIsUnavailableAndTheResendFindsIt() throws Exception {
        try (CuttingProxy proxy = proxy();
                MessageStore store = open(proxy)) {
            store.append(drafts(LOBBY, 1, 1));
            proxy.cut(APPEND, Integer.MAX_VALUE);

            StoreException failure = assertThrows(StoreException.class, () -> store.append(drafts(LOBBY, 2, 1)));
            assertEquals(StoreException.Kind.UNAVAILABLE, failure.kind());
            proxy.cut(APPEND, 0);

            Outcome again = store.append(drafts(LOBBY, 2, 1)).get(0);
            assertEquals(
                    2,
                    assertInstanceOf(Outcome.Duplicate.class, again).message().seq());
        }
    }

    /** What is no append cannot be told from what somebody else did meanwhile, so it is not done again. */
    @Test
    void anyOtherCommitWhoseAnswerIsLostIsUnavailable() throws Exception {
        try (CuttingProxy proxy = proxy();
                MessageStore store = open(proxy)) {
            StoredAccount alice = new StoredAccount("u1", "alice", "alice", "hash", 1, null);
            StoredSession session = new StoredSession("s1", new byte[] {1}, "u1", 1, 100);
            proxy.cut("COMMIT", 1);

            StoreException failure =
                    assertThrows(StoreException.class, () -> store.accounts().add(alice, session));

            assertEquals(StoreException.Kind.UNAVAILABLE, failure.kind());
            assertNotNull(store.accounts().account("alice"), "it was committed");
        }
    }

    @Test
    void whatFailsBeforeItsCommitIsDoneAgain() throws Exception {
        try (CuttingProxy proxy = proxy();
                MessageStore store = open(proxy)) {
            proxy.cut("insert into account", 1);

            assertTrue(store.accounts()
                    .add(
                            new StoredAccount("u1", "alice", "alice", "hash", 1, null),
                            new StoredSession("s1", new byte[] {1}, "u1", 1, 100)));

            assertEquals(0, proxy.left());
            assertEquals(1, store.accounts().sessions(50).size());
        }
    }

    @Test
    void aReadWhoseConnectionEndsIsDoneAgain() throws Exception {
        try (CuttingProxy proxy = proxy();
                MessageStore store = open(proxy)) {
            store.append(drafts(LOBBY, 1, 2));
            proxy.cut("from room where name", 1);

            assertEquals(2, store.state(LOBBY, 10).newest().size());
            assertEquals(0, proxy.left());
        }
    }

    @Test
    void connectionsThatAreEndedInTheMiddleOfBatchesCostNobodyAMessage() throws Exception {
        Map<String, Long> promised = new LinkedHashMap<>();
        List<String> asked = new ArrayList<>();
        try (MessageStore store = Stores.postgres(url, "", "", Clock.systemUTC());
                GroupCommit commits = new GroupCommit(store, 10_000)) {
            commits.start(outcome -> {});
            Thread killer = killer();
            killer.start();
            for (int round = 0; round < 60; round++) {
                Map<String, CompletableFuture<Outcome>> waiting = new LinkedHashMap<>();
                for (int i = 0; i < 50; i++) {
                    String id = "m-" + round + "-" + i;
                    asked.add(id);
                    waiting.put(id, said(commits, id));
                }
                await(waiting, promised);
            }
            killer.interrupt();
            killer.join();
            assertTrue(promised.size() > asked.size() / 2, () -> "only " + promised.size() + " went through");

            // Who was told unavailable sends again, and hears what is true.
            for (String id : asked) {
                if (!promised.containsKey(id)) {
                    Map<String, CompletableFuture<Outcome>> again = new LinkedHashMap<>();
                    again.put(id, said(commits, id));
                    await(again, promised);
                }
            }
            assertEquals(asked.size(), promised.size());
            List<StoredMessage> log =
                    store.read(LOBBY, Range.following(0, 10_000)).messages();
            assertEquals(LongStream.rangeClosed(1, asked.size()).boxed().toList(), seqs(log));
            log.forEach(message -> assertEquals(promised.get(message.id()), message.seq(), message::id));
        }
    }

    @Test
    void aDatabaseThatIsAwayIsNoticedAndComesBackByItself() throws Exception {
        try (CuttingProxy proxy = proxy();
                MessageStore store = open(proxy);
                GroupCommit commits = new GroupCommit(store, 100)) {
            commits.start(outcome -> {});
            assertEquals(1, stored(said(commits, "1").get(30, TimeUnit.SECONDS)).seq());

            proxy.goAway(true);
            awaitAvailable(commits, false);
            assertUnavailable(said(commits, "2"));
            proxy.goAway(false);
            awaitAvailable(commits, true);

            assertEquals(2, stored(said(commits, "2").get(30, TimeUnit.SECONDS)).seq());
        }
    }

    @Test
    void aDatabaseThatStandsStillIsNoticedAndWhatItWasAskedIsThereOnce() throws Exception {
        try (CuttingProxy proxy = proxy();
                MessageStore store = open(proxy);
                GroupCommit commits = new GroupCommit(store, 100)) {
            commits.start(outcome -> {});
            assertEquals(1, stored(said(commits, "1").get(30, TimeUnit.SECONDS)).seq());

            proxy.standStill(true);
            assertUnavailable(said(commits, "2"));
            proxy.standStill(false);
            awaitAvailable(commits, true);

            Outcome again = said(commits, "2").get(30, TimeUnit.SECONDS);
            long seq = seq(again);
            assertEquals(2, seq);
            assertEquals(2, store.state(LOBBY, 0).head());
        }
    }

    /** A pool that was told otherwise after the start would acknowledge what may be lost. */
    @Test
    void nothingIsStoredByAConnectionThatDoesNotWaitForTheDisk() throws Exception {
        ForgetfulPool pool = new ForgetfulPool(url);
        try (MessageStore store = Stores.hosted(pool, "java:comp/env/jdbc/parley", Clock.systemUTC())) {
            store.append(drafts(LOBBY, 1, 1));
            pool.tell("set synchronous_commit = local");

            StoreException failure = assertThrows(StoreException.class, () -> store.append(drafts(LOBBY, 2, 1)));

            assertEquals(StoreException.Kind.UNAVAILABLE, failure.kind());
            assertTrue(String.valueOf(failure.getMessage()).contains("synchronous_commit"), failure::getMessage);
            assertEquals(1, store.state(LOBBY, 0).head());
        }
    }

    @Test
    void noStatementOutlivesItsTransaction() throws Exception {
        ForgetfulPool pool = new ForgetfulPool(url);
        try (MessageStore store = Stores.hosted(pool, "java:comp/env/jdbc/parley", Clock.systemUTC())) {
            for (int i = 0; i < 20; i++) {
                assertEquals(
                        1 + i,
                        stored(store.append(drafts(LOBBY, 1 + i, 1)).get(0)).seq());
                store.state(LOBBY, 10);
            }
            assertEquals(0, pool.mostPrepared());
        }
    }

    /** Text that PostgreSQL does not keep is refused by itself. */
    @Test
    void aMessageThatTheDatabaseDoesNotTakeCostsNobodyElseTheirs() throws Exception {
        try (MessageStore store = Stores.postgres(url, "", "", Clock.systemUTC());
                GroupCommit commits = new GroupCommit(store, 100)) {
            CompletableFuture<Outcome> good = said(commits, "1");
            CompletableFuture<Outcome> bad =
                    commits.append(draft(LOBBY, ANNA, "2", "a\u0000b")).toCompletableFuture();
            CompletableFuture<Outcome> goodToo = said(commits, "3");
            commits.start(outcome -> {});

            assertEquals(1, stored(good.get(30, TimeUnit.SECONDS)).seq());
            assertEquals(2, stored(goodToo.get(30, TimeUnit.SECONDS)).seq());
            ExecutionException refused = assertThrows(ExecutionException.class, () -> bad.get(30, TimeUnit.SECONDS));
            assertEquals(StoreException.Kind.REFUSED, ((StoreException) refused.getCause()).kind());
        }
    }

    private static void assertUnavailable(CompletableFuture<Outcome> said) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> said.get(60, TimeUnit.SECONDS));
        assertEquals(StoreException.Kind.UNAVAILABLE, ((StoreException) failed.getCause()).kind());
    }

    private static void awaitAvailable(GroupCommit commits, boolean expected) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (commits.isAvailable() != expected) {
            assertTrue(System.nanoTime() < end, expected ? "it does not recover" : "it is not noticed");
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Ends the store's connections again and again, but not those of whom it asks. */
    private Thread killer() {
        String kill = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '"
                + Postgres.said(url, "ApplicationName") + "' and pid <> pg_backend_pid()";
        return new Thread(() -> {
            try {
                while (true) {
                    TimeUnit.MILLISECONDS.sleep(60);
                    Postgres.execute(url, kill);
                }
            } catch (InterruptedException e) {
                // The end.
            }
        });
    }

    private static CompletableFuture<Outcome> said(GroupCommit commits, String id) {
        return commits.append(draft(LOBBY, ANNA, id)).toCompletableFuture();
    }

    private static void await(Map<String, CompletableFuture<Outcome>> waiting, Map<String, Long> promised)
            throws Exception {
        for (Map.Entry<String, CompletableFuture<Outcome>> each : waiting.entrySet()) {
            try {
                Outcome outcome = each.getValue().get(60, TimeUnit.SECONDS);
                long seq = seq(outcome);
                assertNull(promised.put(each.getKey(), seq));
            } catch (ExecutionException e) {
                StoreException failure = assertInstanceOf(StoreException.class, e.getCause());
                assertEquals(StoreException.Kind.UNAVAILABLE, failure.kind(), failure::getMessage);
            }
        }
    }

    /** Of what is in the log, whoever stored it. */
    private static long seq(Outcome outcome) {
        if (outcome instanceof Outcome.Duplicate duplicate) {
            return duplicate.message().seq();
        }
        return outcome instanceof Outcome.Unsure unsure
                ? unsure.message().seq()
                : stored(outcome).seq();
    }

    private CuttingProxy proxy() throws Exception {
        return new CuttingProxy(URI.create(url.substring("jdbc:".length())).getPort());
    }

    private MessageStore open(CuttingProxy proxy) {
        return Stores.postgres(Postgres.by(url, proxy.address()), "", "", Clock.systemUTC());
    }
}
