package chat.parley.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.parley.config.Network;
import chat.parley.config.Settings;
import chat.parley.identity.Admins;
import chat.parley.identity.Guests;
import chat.parley.identity.Identity;
import chat.parley.identity.Pass;
import chat.parley.moderation.ModerationException.Reason;
import chat.parley.protocol.UserName;
import chat.parley.store.GuestLedger;
import chat.parley.store.GuestSession;
import chat.parley.store.MemoryStore;
import chat.parley.store.MessageStore;
import chat.parley.store.ModerationStore;
import chat.parley.store.StoreException;
import chat.parley.store.StoreTasks;
import chat.parley.store.StoredAct;
import chat.parley.store.StoredExternalUser;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModerationTest {

    private final Clock clock = Clock.systemUTC();
    private final MessageStore messages = new MemoryStore(1, 1_000, clock);
    private final ModerationStore store = messages.moderation();
    private final Tasks tasks = new Tasks();
    private final Here here = new Here();
    private final Bans bans = new Bans(clock);
    private final Guests guests = new Guests(Duration.ofHours(1), clock, new NoLedger());
    private final Moderation moderation = new Moderation(
            new Admins(new Settings.Admins(List.of("boss", "second"), "")),
            bans,
            guests,
            here,
            messages.accounts(),
            store,
            tasks,
            tasks,
            false,
            clock);
    private final Admin boss = new Admin(pass("u0", "boss", false), "192.0.2.1");

    @Test
    void aBanIsDoneInTheStoreInMemoryAndToWhoIsHere() throws Exception {
        here.comes("u1", "troll", "198.51.100.7");
        here.comes("u1", "troll", "198.51.100.8");
        here.comes("u2", "bystander", "198.51.100.7");

        Moderation.Done done = get(moderation.ban(boss, "Troll", null, " spam ", null));

        assertEquals(List.of("troll: spam", "troll: spam"), here.ended);
        assertEquals(2, done.connections());
        assertEquals(List.of("198.51.100.7", "198.51.100.8"), done.addresses());
        assertEquals(done.ban(), bans.of(new Identity("u1", new UserName("troll"), false)));
        assertEquals(List.of(done.ban().stored()), store.bans());
        StoredAct act = store.acts(Long.MAX_VALUE, 10).get(0);
        assertEquals(
                new StoredAct(
                        1,
                        done.ban().created(),
                        "u0",
                        "boss",
                        "ban",
                        "troll",
                        "u1",
                        "spam",
                        null,
                        done.ban().id()),
                act);
    }

    @Test
    void somebodyFromElsewhereIsFoundWhileTheyAreAway() throws Exception {
        messages.accounts().keep(new StoredExternalUser("dora", "dora", "x.1", 1));

        get(moderation.ban(boss, "Dora", null, "spam", null));

        assertNotNull(bans.of(new Identity("x.1", new UserName("dora"), false)));
    }

    @Test
    void whatTheStoreDoesNotTakeIsNotDone() {
        here.comes("u1", "troll", "198.51.100.7");
        tasks.failure = new StoreException(StoreException.Kind.UNAVAILABLE, "the disk is full");

        assertThrows(
                CompletionException.class,
                () -> moderation
                        .ban(boss, "troll", null, "spam", null)
                        .toCompletableFuture()
                        .join());
        assertThrows(
                CompletionException.class,
                () -> moderation
                        .kick(boss, "troll", null, "spam")
                        .toCompletableFuture()
                        .join());

        assertEquals(List.of(), here.ended);
        assertEquals(List.of(), bans.before(Long.MAX_VALUE, 10));
    }

    @Test
    void aKickOfNobodyIsNoAct() throws Exception {
        assertRefused(Reason.NOT_FOUND, moderation.kick(boss, null, "198.51.100.7", "spam"));
        assertRefused(Reason.NOT_FOUND, moderation.kick(boss, "nobody", null, "spam"));

        assertEquals(List.of(), store.acts(Long.MAX_VALUE, 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "192.0.2.0/24", "192.0.0.0/8", "::ffff:192.0.2.1"})
    void nobodyBansTheirOwnAddress(String address) {
        assertRefused(Reason.YOURSELF, moderation.ban(boss, null, address, "spam", null));
        assertRefused(Reason.YOURSELF, moderation.kick(boss, null, address, "spam"));
    }

    @Test
    void nobodyBansThemselves() {
        here.comes("u0", "boss", "198.51.100.7");

        assertRefused(Reason.YOURSELF, moderation.ban(boss, "boss", null, "spam", null));
        assertRefused(Reason.YOURSELF, moderation.ban(boss, null, "198.51.100.0/24", "spam", null));
    }

    @Test
    void nobodyBansAnotherAdminNorWhereOneIs() {
        here.comes("u1", "second", "198.51.100.7");
        here.visits.add(new Visit(9, new Pass(id("f1", "vouched", false), "s", true, null), "203.0.113.1", 0, 0));

        assertRefused(Reason.IS_ADMIN, moderation.ban(boss, "second", null, "spam", null));
        assertRefused(Reason.IS_ADMIN, moderation.kick(boss, "vouched", null, "spam"));
        assertRefused(Reason.IS_ADMIN, moderation.ban(boss, null, "198.51.100.7", "spam", null));
        assertRefused(Reason.IS_ADMIN, moderation.ban(boss, null, "203.0.113.0/24", "spam", null));
        assertEquals(List.of(), here.ended);
    }

    @ParameterizedTest
    @CsvSource({
        ",,spam",
        "troll,198.51.100.7,spam",
        "troll,,",
        "a b,,spam",
        ",not-an-address,spam",
        ",198.51.100.7/33,spam",
        ",198.51.100.7/24,spam",
        ",128.0.0.0/7,spam",
        ",0.0.0.0/0,spam",
        ",2000::/15,spam",
    })
    void whatMakesNoSenseIsRefused(String user, String address, String reason) {
        here.comes("u1", "troll", "198.51.100.7");

        assertRefused(Reason.BAD_REQUEST, moderation.ban(boss, user, address, reason, null));
        assertEquals(List.of(), here.ended);
    }

    @Test
    void aGuestWhoIsAwayIsFoundAndBannedForGood() throws Exception {
        var guest = assertInstanceOf(chat.parley.identity.GuestAdmission.Admitted.class, guests.admit("drifter", null));

        Moderation.Done done = get(moderation.ban(boss, "drifter", null, "spam", null));

        assertEquals(Target.User.of(guest.identity()), done.target());
        assertEquals(0, guests.size(), "nobody comes back by the secret");
        Moderation.Done again = get(moderation.ban(boss, "drifter", null, "more spam", Duration.ofHours(1)));
        assertEquals(List.of(again.ban()), moderation.bans(Long.MAX_VALUE, 10), "who is gone is found by the ban");
    }

    @Test
    void beyondWhatCanBeKeptABanIsRefusedAndAnEndMakesRoom() throws Exception {
        for (int i = 0; i < Bans.MOST; i++) {
            bans.put(new Ban(
                    -1 - i, new Target.User("k" + i, "n", false), "spam", 0, i == 0 ? Long.MAX_VALUE : null, "x"));
        }

        assertRefused(Reason.TOO_MANY_BANS, moderation.ban(boss, null, "198.51.100.7", "spam", null));
        assertEquals(List.of(), store.acts(Long.MAX_VALUE, 10));

        bans.put(new Ban(-1, new Target.User("k0", "n", false), "spam", 0, 1L, "x")); // it is over
        get(moderation.ban(boss, null, "198.51.100.7", "spam", null));
    }

    @Test
    void aBanIsLiftedOnce() throws Exception {
        Ban ban =
                get(moderation.ban(boss, null, "198.51.100.0/24", "spam", null)).ban();

        assertEquals(ban, get(moderation.lift(boss, ban.id(), "sorry")));

        assertRefused(Reason.NOT_FOUND, moderation.lift(boss, ban.id(), "sorry"));
        assertRefused(Reason.BAD_REQUEST, moderation.lift(boss, ban.id(), ""));
        assertEquals(List.of(), store.bans());
        assertEquals(
                List.of("lift 198.51.100.0/24 sorry", "ban 198.51.100.0/24 spam"),
                store.acts(Long.MAX_VALUE, 10).stream()
                        .map(act -> act.act() + " " + act.object() + " " + act.reason())
                        .toList());
    }

    @Test
    void bansComeBackAfterARestartAndThoseThatAreOverGo() throws Exception {
        Ban holds =
                get(moderation.ban(boss, null, "198.51.100.0/24", "spam", null)).ban();
        store.ban(
                new Ban(0, new Target.Addresses(Network.parse("203.0.113.1")), "spam", 0, 1L, "boss").stored(),
                store.acts(Long.MAX_VALUE, 1).get(0));
        bans.remove(holds);

        moderation.restore();
        moderation.sweep();

        assertEquals(List.of(holds), moderation.bans(Long.MAX_VALUE, 10));
        assertEquals(List.of(holds.stored()), store.bans());
    }

    @Test
    void howeverManyBansAnotherServerMadeTheConnectionsAreLookedAtOnce() throws Exception {
        here.comes("u1", "troll", "198.51.100.7");
        here.comes("u2", "bystander", "198.51.100.8");
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            made.add(Long.toString(banElsewhere(new Target.User("u" + (i == 0 ? 1 : i + 100), "n", false))));
        }

        moderation.rereadBans(made);

        assertEquals(List.of("troll: spam"), here.ended);
        assertEquals(1, here.walks);
        moderation.rereadBans(List.of("4711"));
        assertEquals(1, here.walks, "nobody new is banned");
    }

    @Test
    void afterALossWhoLooksAtAllConnectionsEndsThem() throws Exception {
        here.comes("u1", "troll", "198.51.100.7");
        var guest = assertInstanceOf(chat.parley.identity.GuestAdmission.Admitted.class, guests.admit("drifter", null));
        banElsewhere(new Target.User("u1", "troll", false));
        banElsewhere(Target.User.of(guest.identity()));

        moderation.rereadAll();

        assertEquals(0, here.walks, "one walk is theirs");
        assertEquals(0, guests.size(), "nobody comes back by the secret");
        here.expelBanned();
        assertEquals(List.of("troll: spam"), here.ended);
    }

    @ParameterizedTest
    @CsvSource({"u1,troll", ",198.51.100.0/24"})
    void whoCameBackAfterAKickOnAnotherServerStays(String key, String object) throws Exception {
        here.visits.add(new Visit(1, pass("u1", "troll", false), "198.51.100.7", 999, 1));
        here.visits.add(new Visit(2, pass("u1", "troll", false), "198.51.100.7", 1_001, 1));
        long id = store.add(new StoredAct(0, 1_000, "u0", "boss", "kick", object, key, "spam", null, null));

        moderation.repeat(List.of(Long.toString(id)));
        here.visits.remove(0);
        moderation.repeat(List.of(Long.toString(id)));

        assertEquals(List.of("troll: kicked: spam"), here.ended);
    }

    private long banElsewhere(Target target) throws Exception {
        StoredAct act = new StoredAct(0, 1, "u0", "boss", "ban", target.name(), null, "spam", null, null);
        return store.ban(new Ban(0, target, "spam", 1, null, "boss").stored(), act)
                .id();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static void assertRefused(Reason reason, CompletionStage<?> stage) {
        CompletionException failure = assertThrows(
                CompletionException.class, () -> stage.toCompletableFuture().join());
        assertEquals(
                reason,
                assertInstanceOf(ModerationException.class, failure.getCause()).reason());
    }

    private static Identity id(String key, String name, boolean guest) {
        return new Identity(key, new UserName(name), guest);
    }

    private static Pass pass(String key, String name, boolean guest) {
        return new Pass(id(key, name, guest), "s", null);
    }

    /** Who is here, and who had to go. */
    private final class Here implements Visits {
        private final List<Visit> visits = new ArrayList<>();
        private final List<String> ended = new ArrayList<>();
        private int walks;

        void comes(String key, String name, String address) {
            visits.add(new Visit(visits.size() + 1, pass(key, name, false), address, 0, 1));
        }

        @Override
        public List<Visit> visits() {
            return visits;
        }

        @Override
        public void expelBanned() {
            walks++;
            for (Visit visit : visits) {
                Ban ban = bans.of(visit.pass().identity(), visit.address());
                if (ban != null) {
                    ended.add(visit.pass().identity().name() + ": " + ban.reason());
                }
            }
        }

        @Override
        public void expel(Predicate<Visit> which, String why) {
            walks++;
            visits.stream()
                    .filter(which)
                    .forEach(visit -> ended.add(visit.pass().identity().name() + ": " + why));
        }
    }

    /** Does everything at once, or fails. */
    private static final class Tasks implements StoreTasks {
        private StoreException failure;

        @Override
        public <T> CompletionStage<T> submit(Task<T> task) {
            try {
                if (failure != null) {
                    throw failure;
                }
                return CompletableFuture.completedFuture(task.run());
            } catch (StoreException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }

    private static final class NoLedger implements GuestLedger {
        @Override
        public void keep(GuestSession guest) {}

        @Override
        public void forget(String key) {}
    }
}
