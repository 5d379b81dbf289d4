package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two servers over one PostgreSQL agree whose a guest's name is. */
@Timeout(120)
class GuestClaimsTest {

    private static final Duration RESERVE = Duration.ofHours(1);
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final List<MessageStore> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(MessageStore::close);
    }

    @ParameterizedTest
    @EnumSource
    void aLookIsOneGuests(Postgres version) throws Exception {
        String url = version.schema();
        GuestClaims one = claims(url, RESERVE);
        GuestClaims two = claims(url, RESERVE);

        assertEquals(Set.of("a"), claim(one, "a", "anna"));
        assertEquals(Set.of(), claim(two, "b", "anna"));
        assertEquals(Set.of(), claim(one, "c", "anna"));
        assertEquals(Set.of("d"), claim(two, "d", "berta"));
    }

    @Test
    void ofMoreThanOneAtATimeOneIsFirst() throws Exception {
        String url = Postgres.NEW.schema();
        List<GuestClaims> nodes = List.of(claims(url, RESERVE), claims(url, RESERVE), claims(url, RESERVE));
        ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
        try {
            for (int race = 0; race < 100; race++) {
                String look = "look" + race;
                List<Callable<Set<String>>> rivals = new ArrayList<>();
                for (int i = 0; i < nodes.size(); i++) {
                    GuestClaims node = nodes.get(i);
                    String key = look + "-" + i;
                    // In no order that would spare them to wait for each other.
                    List<GuestClaims.Claim> wanted = i % 2 == 0
                            ? List.of(wish(key, look), wish(key + "x", look + "x"))
                            : List.of(wish(key + "x", look + "x"), wish(key, look));
                    rivals.add(() -> node.arrive(List.of(), wanted, Map.of()).claimed());
                }
                int had = 0;
                for (Future<Set<String>> each : threads.invokeAll(rivals)) {
                    had += each.get().size();
                }
                assertEquals(2, had, "of two looks, each once");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatItCannotKeepIsRefusedAndNoOutage() throws Exception {
        GuestClaims one = claims(Postgres.NEW.schema(), RESERVE);

        StoreException failure =
                assertThrows(StoreException.class, () -> one.arrive(List.of("a", "\0"), List.of(), Map.of()));

        assertEquals(StoreException.Kind.REFUSED, failure.kind(), failure::getMessage);
    }

    @Test
    void whoComesBackIsKnownOnTheOther() throws Exception {
        String url = Postgres.NEW.schema();
        GuestClaims one = claims(url, RESERVE);
        GuestClaims two = claims(url, RESERVE);
        claim(one, "a", "anna");

        Map<String, GuestSession> known =
                two.arrive(List.of("a", "stranger"), List.of(), Map.of()).known();

        assertEquals(Set.of("a"), known.keySet());
        assertEquals("anna", Objects.requireNonNull(known.get("a")).name());
        assertEquals(1, Objects.requireNonNull(known.get("a")).secretHash()[0]);
    }

    @Test
    void whoLeavesTheOnlyServerThatHadThemHasTheReserveAndNoMore() throws Exception {
        String url = Postgres.NEW.schema();
        MessageStore one = open(url);
        GuestClaims claims = Objects.requireNonNull(one.guestClaims(Duration.ZERO, PERIOD));
        claim(claims, "a", "anna");
        one.saveGuests(List.of(here("a")), List.of());
        assertEquals(Set.of(), claim(claims, "b", "anna"));

        one.saveGuests(List.of(gone("a")), List.of());

        assertEquals(Set.of("c"), claim(claims, "c", "anna"));
    }

    @Test
    void whoLeavesOneOfTwoServersKeepsTheName() throws Exception {
        String url = Postgres.NEW.schema();
        MessageStore one = open(url);
        MessageStore two = open(url);
        GuestClaims here = Objects.requireNonNull(one.guestClaims(Duration.ZERO, PERIOD));
        GuestClaims there = Objects.requireNonNull(two.guestClaims(Duration.ZERO, PERIOD));
        claim(here, "a", "anna");
        one.saveGuests(List.of(here("a")), List.of());
        there.arrive(List.of("a"), List.of(), Map.of());
        two.saveGuests(List.of(here("a")), List.of());

        one.saveGuests(List.of(gone("a")), List.of("a"));

        assertEquals(Set.of(), claim(here, "b", "anna"));
        assertEquals(Set.of("a"), there.hold(List.of("a")));
    }

    @Test
    void aServerThatIsGoneHoldsNoNameForEver() throws Exception {
        String url = Postgres.NEW.schema();
        MessageStore one = open(url);
        GuestClaims claims = Objects.requireNonNull(one.guestClaims(Duration.ZERO, Duration.ofMillis(50)));
        claim(claims, "a", "anna");
        Postgres.execute(url, "update guest set free_at = 0"); // as if the minute to connect were over
        claims.hold(List.of("a"));

        GuestClaims two = claims(url, RESERVE);
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        Set<String> had = Set.of();
        while (had.isEmpty() && System.nanoTime() < end) {
            had = claim(two, "b", "anna");
        }

        assertEquals(Set.of("b"), had);
        assertEquals(Set.of(), claims.hold(List.of("a")), "which the other hears when it comes back");
    }

    @Test
    void anAccountAndAGuestNeverShareALook() throws Exception {
        String url = Postgres.NEW.schema();
        MessageStore one = open(url);
        GuestClaims claims = claims(url, RESERVE);
        claim(claims, "a", "anna");
        AccountStore accounts = one.accounts();

        assertFalse(accounts.add(account("u.x", "anna"), session("u.x"), null));
        assertFalse(accounts.add(account("u.x", "anna"), session("u.x"), "another"));
        assertTrue(accounts.add(account("u.x", "anna"), session("u.x"), "a"), "the guest themselves may");
        one.endGuests(List.of("a"));
        assertEquals(Set.of(), claim(claims, "b", "anna"));
    }

    @Test
    void somebodyFromElsewhereHasTheNameOfAGuestWhoGivesWay() throws Exception {
        String url = Postgres.NEW.schema();
        MessageStore one = open(url);
        GuestClaims claims = claims(url, RESERVE);
        claim(claims, "a", "anna");

        assertTrue(one.accounts().keep(new StoredExternalUser("anna", "anna", "x.1", 1)));

        assertEquals(Set.of(), claims.hold(List.of("a")));
        assertEquals(Set.of(), claim(claims, "b", "anna"));
        assertEquals(
                List.of(StoredChange.Kind.GUEST, StoredChange.Kind.EXTERNAL),
                one.journal().after(0, 10).next().stream()
                        .map(StoredChange::kind)
                        .toList());
    }

    @Test
    void whoIsEndedIsToldToTheOthersOnce() throws Exception {
        String url = Postgres.NEW.schema();
        MessageStore one = open(url);
        claim(claims(url, RESERVE), "a", "anna");

        one.endGuests(List.of("a", "stranger"));
        one.endGuests(List.of("a"));

        List<StoredChange> told = open(url).journal().after(0, 10).next();
        assertEquals(List.of(new StoredChange(1, StoredChange.Kind.GUEST, "a")), told);
    }

    @Test
    void aTicketIsUsedOnce() throws Exception {
        String url = Postgres.NEW.schema();
        Map<String, Long> ticket = Map.of("t", Long.MAX_VALUE);

        assertEquals(
                Set.of("t"),
                claims(url, RESERVE).arrive(List.of(), List.of(), ticket).redeemed());
        assertEquals(
                Set.of(),
                claims(url, RESERVE).arrive(List.of(), List.of(), ticket).redeemed());
    }

    @Test
    void aTicketWhoseUseMayBeForgottenIsNotTakenHoweverLateAServersClockIs() throws Exception {
        GuestClaims claims = claims(Postgres.NEW.schema(), RESERVE);
        long now = System.currentTimeMillis(); // the database's clock too: it is of this machine
        Map<String, Long> tickets = Map.of("over", now - 61_000, "nearly", now - 30_000, "good", now + 30_000);

        assertEquals(
                Set.of("nearly", "good"),
                claims.arrive(List.of(), List.of(), tickets).redeemed());
        claims.sweep();
        assertEquals(
                Set.of(), claims.arrive(List.of(), List.of(), tickets).redeemed(), "nor what was used is taken again");
    }

    @Test
    void twoThousandComeBackByOneCall() throws Exception {
        GuestClaims claims = claims(Postgres.NEW.schema(), RESERVE);
        List<GuestClaims.Claim> many = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            many.add(wish("key" + i, "look" + i));
            keys.add("key" + i);
        }

        assertEquals(2_000, claims.arrive(List.of(), many, Map.of()).claimed().size());
        assertEquals(2_000, claims.arrive(keys, List.of(), Map.of()).known().size());
        assertEquals(2_000, claims.hold(keys).size());
    }

    @ParameterizedTest
    @EnumSource
    void thousandsOfNamesAreFewLocks(Postgres version) throws Exception {
        try (Connection connection = Postgres.connect(version.schema());
                PreparedStatement each = connection.prepareStatement(PostgresSql.LOCK_NAME)) {
            connection.setAutoCommit(false);
            lock(connection, looks());
            int locks = advisoryLocks(connection);

            for (String look : looks()) {
                each.setString(1, look);
                each.execute();
            }

            assertTrue(locks > 1 && locks <= 256, locks + " locks");
            assertEquals(locks, advisoryLocks(connection), "one name alone is locked as among others");
        }
    }

    @Test
    void whoLocksTheSameNamesInAnotherOrderDoesNotMeetInACircle() throws Exception {
        String url = Postgres.NEW.schema();
        Callable<Integer> rival = () -> {
            List<String> looks = looks();
            Random random = new Random();
            int rounds = 0;
            try (Connection connection = Postgres.connect(url)) {
                connection.setAutoCommit(false);
                for (; rounds < 100; rounds++) {
                    Collections.shuffle(looks, random);
                    lock(connection, looks.subList(0, 500));
                    connection.commit();
                }
            }
            return rounds;
        };
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            for (Future<Integer> each : threads.invokeAll(List.of(rival, rival, rival))) {
                assertEquals(100, each.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Whoever has the names may want the row of a guest next. */
    @Test
    void whoWaitsForANameHoldsNoGuestMeanwhile() throws Exception {
        String url = Postgres.NEW.schema();
        GuestClaims claims = claims(url, RESERVE);
        claim(claims, "a", "anna");
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection watcher = Postgres.connect(url);
                Connection other = Postgres.connect(url);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            lock(other, List.of("berta"));
            Future<GuestClaims.Answer> arriving =
                    threads.submit(() -> claims.arrive(List.of("a"), List.of(wish("b", "berta")), Map.of()));
            while (count(
                            watcher,
                            "select count(*) from pg_stat_activity where wait_event = 'advisory' and application_name = '"
                                    + Postgres.said(url, "ApplicationName") + "'")
                    == 0) {
                Thread.onSpinWait();
            }

            statement.execute("select 1 from guest where sender_key = 'a' for update nowait");
            other.rollback();

            GuestClaims.Answer answer = arriving.get();
            assertEquals(Set.of("a"), answer.known().keySet());
            assertEquals(Set.of("b"), answer.claimed());
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> looks() {
        return new ArrayList<>(
                IntStream.range(0, 2_000).mapToObj(i -> "look" + i).toList());
    }

    private static void lock(Connection connection, List<String> looks) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(PostgresSql.LOCK_NAMES)) {
            lock.setArray(1, connection.createArrayOf("text", looks.toArray()));
            lock.execute();
        }
    }

    private static int advisoryLocks(Connection connection) throws SQLException {
        return count(
                connection, "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()");
    }

    private static int count(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }

    private MessageStore open(String url) {
        MessageStore store = Stores.postgres(url, "", "", Clock.systemUTC());
        opened.add(store);
        return store;
    }

    private GuestClaims claims(String url, Duration reserve) {
        return Objects.requireNonNull(open(url).guestClaims(reserve, PERIOD));
    }

    private static Set<String> claim(GuestClaims claims, String key, String look) throws StoreException {
        Collection<GuestClaims.Claim> wanted = List.of(wish(key, look));
        return claims.arrive(List.of(), wanted, Map.of()).claimed();
    }

    private static GuestClaims.Claim wish(String key, String look) {
        return new GuestClaims.Claim(new GuestSession(key, look, new byte[] {1}, null), look);
    }

    private static GuestSession here(String key) {
        return new GuestSession(key, "anna", new byte[] {1}, null);
    }

    private static GuestSession gone(String key) {
        return new GuestSession(key, "anna", new byte[] {1}, 1L);
    }

    private static StoredAccount account(String key, String name) {
        return new StoredAccount(key, name, name, "hash", 1, null);
    }

    private static StoredSession session(String account) {
        return new StoredSession("s." + account, new byte[] {1}, account, 1, Long.MAX_VALUE);
    }
}
