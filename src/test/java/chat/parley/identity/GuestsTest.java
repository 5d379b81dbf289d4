package chat.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.identity.GuestAdmission.Admitted;
import chat.parley.identity.GuestAdmission.BadName;
import chat.parley.identity.GuestAdmission.NameTaken;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestsTest {
    private static final Duration RESERVE = Duration.ofHours(1);

    private final SettableClock clock = new SettableClock();
    private final KeptGuests ledger = new KeptGuests();
    private final Guests guests = new Guests(RESERVE, clock, ledger);

    @Test
    void anAddressHasNoMoreNamesThanItMayHaveUntilOneIsFree() {
        Guests two = new Guests(RESERVE, 2, clock, new KeptGuests());
        Admitted first = (Admitted) two.admit("first", null, "192.0.2.1");
        two.admit("second", null, "192.0.2.1");

        assertInstanceOf(GuestAdmission.TooManyNames.class, two.admit("third", null, "192.0.2.1"));
        assertInstanceOf(GuestAdmission.TooManyNames.class, two.admit(null, null, "192.0.2.1"));
        assertInstanceOf(Admitted.class, two.admit("third", null, "192.0.2.2"));
        assertInstanceOf(Admitted.class, two.admit("first", first.session(), "192.0.2.1"));
        clock.goOn(Duration.ofMinutes(2)); // nobody came
        assertInstanceOf(Admitted.class, two.admit("fourth", null, "192.0.2.1"));
    }

    @Test
    void aReservedNameCountsToItsAddress() {
        Guests one = new Guests(RESERVE, 1, clock, new KeptGuests());
        Admitted first = (Admitted) one.admit("first", null, "192.0.2.1");
        one.tryOpen(first.identity(), 0);
        one.closed(first.identity());
        clock.goOn(RESERVE.minusMillis(1));
        one.sweep();

        assertInstanceOf(GuestAdmission.TooManyNames.class, one.admit("second", null, "192.0.2.1"));
        clock.goOn(Duration.ofMillis(1));
        one.sweep();
        assertInstanceOf(Admitted.class, one.admit("second", null, "192.0.2.1"));
    }

    @Test
    void guestGetsTheNameAskedForInItsCanonicalForm() {
        Admitted alice = admitted("Alice", null);

        assertEquals("alice", alice.identity().name().value());
        assertTrue(alice.identity().guest());
    }

    @Test
    void secretBringsTheSamePersonBackOnFurtherConnectionsAndAfterADrop() {
        Admitted alice = opened("alice");

        assertEquals(alice, admitted("alice", alice.session()));
        guests.closed(alice.identity());
        clock.goOn(RESERVE.minusMillis(1));
        assertEquals(alice, admitted("ALICE", alice.session()));
    }

    @Test
    void secretAloneIsThatPerson() {
        Admitted alice = opened("alice");

        assertEquals(alice, admitted(null, alice.session()));
        assertEquals(alice, admitted("", alice.session()));
    }

    @Test
    void secretWithAnotherNameIsAsNoSecret() {
        Admitted alice = opened("alice");

        Admitted bob = admitted("bob", alice.session());

        assertNotEquals(alice.identity().key(), bob.identity().key());
        assertNotEquals(alice.session(), bob.session());
        assertEquals(1, guests.connections(alice.identity()));
    }

    @Test
    void wrongSecretWithAFreeNameIsANewPerson() {
        Admitted alice = opened("alice");

        Admitted bob = admitted("bob", tampered(alice.session()));

        assertNotEquals(alice.identity(), bob.identity());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", ".", "x.", ".x", "x.y", "x.y.z", "\ud800", "\u0000"})
    void wrongSecretDoesNotOpenATakenName(String session) {
        Admitted alice = opened("alice");

        assertInstanceOf(NameTaken.class, guests.admit("alice", session));
        assertInstanceOf(NameTaken.class, guests.admit("alice", alice.identity().key() + "." + session));
        assertInstanceOf(NameTaken.class, guests.admit("alice", tampered(alice.session())));
        assertInstanceOf(NameTaken.class, guests.admit("alice", alice.session() + "x".repeat(100_000)));
        assertInstanceOf(NameTaken.class, guests.admit("alice", null));
    }

    @Test
    void nameThatLooksLikeAnotherIsTaken() {
        opened("alice");

        assertInstanceOf(NameTaken.class, guests.admit("\u0430lice", null));
        assertInstanceOf(NameTaken.class, guests.admit("a1ice", null));
        assertInstanceOf(Admitted.class, guests.admit("alina", null));
    }

    @Test
    void nameIsFreeWhenTheReserveAfterTheLastConnectionIsOver() {
        Admitted alice = opened("alice");
        assertTrue(guests.tryOpen(alice.identity(), 0));
        guests.closed(alice.identity());
        clock.goOn(RESERVE.multipliedBy(10));
        assertInstanceOf(NameTaken.class, guests.admit("alice", null));

        guests.closed(alice.identity());
        clock.goOn(RESERVE.minusMillis(1));
        assertInstanceOf(NameTaken.class, guests.admit("alice", null));
        clock.goOn(Duration.ofMillis(1));

        Admitted another = admitted("alice", alice.session());
        assertNotEquals(alice.identity().key(), another.identity().key());
        assertInstanceOf(NameTaken.class, guests.admit("alice", alice.session()));
    }

    @Test
    void whoIsAdmittedAndNeverComesLosesTheNameAfterAMinute() {
        Admitted alice = admitted("alice", null);
        clock.goOn(Duration.ofSeconds(59));
        assertInstanceOf(NameTaken.class, guests.admit("alice", null));

        clock.goOn(Duration.ofSeconds(1));

        assertEquals(1, guests.sweep());
        assertFalse(guests.tryOpen(alice.identity(), 0));
        assertInstanceOf(Admitted.class, guests.admit("alice", null));
    }

    @Test
    void whoComesBackInTheLastMomentIsStillThatPersonWhenTheConnectionOpens() {
        Admitted alice = opened("alice");
        guests.closed(alice.identity());
        clock.goOn(RESERVE.minusMillis(1));
        admitted("alice", alice.session());

        clock.goOn(Duration.ofSeconds(30));

        assertEquals(0, guests.sweep());
        assertTrue(guests.tryOpen(alice.identity(), 0));
    }

    @Test
    void reserveOfZeroFreesTheNameAtOnce() {
        Guests forgetful = new Guests(Duration.ZERO, clock, new KeptGuests());
        Admitted alice = (Admitted) forgetful.admit("alice", null);
        assertTrue(forgetful.tryOpen(alice.identity(), 0));
        assertInstanceOf(NameTaken.class, forgetful.admit("alice", null));

        forgetful.closed(alice.identity());

        assertInstanceOf(Admitted.class, forgetful.admit("alice", null));
    }

    @Test
    void connectionsAreCountedUpToTheLimit() {
        Admitted alice = admitted("alice", null);

        assertTrue(guests.tryOpen(alice.identity(), 2));
        assertTrue(guests.tryOpen(alice.identity(), 2));
        assertFalse(guests.tryOpen(alice.identity(), 2));
        assertEquals(2, guests.connections(alice.identity()));

        guests.closed(alice.identity());
        assertTrue(guests.tryOpen(alice.identity(), 2));
        assertTrue(guests.tryOpen(alice.identity(), 0));
    }

    @Test
    void closingMoreThanWasOpenedIsABug() {
        Admitted alice = opened("alice");
        guests.closed(alice.identity());

        assertThrows(IllegalStateException.class, () -> guests.closed(alice.identity()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "ADMIN", "\u0430dmin", "parley", "par1ey", "system", "server", "r00t"})
    void nobodyCanSpeakForTheHouse(String name) {
        assertInstanceOf(BadName.class, guests.admit(name, null));
    }

    @Test
    void badNameSaysWhy() {
        assertEquals(new BadName("A name has no spaces."), guests.admit("alice smith", null));
    }

    @Test
    void namesAreMadeUpForThoseWhoAskForNone() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 5000; i++) {
            String name = admitted(null, null).identity().name().value();
            assertTrue(name.matches("[a-z]+-[a-z]+-[0-9]+"), name);
            names.add(name);
        }

        assertEquals(5000, names.size());
    }

    @Test
    void secretIsLongAndNowhereToBeSeen() {
        Admitted alice = opened("alice");
        String secret = alice.session().substring(alice.session().indexOf('.') + 1);

        assertTrue(secret.matches("[A-Za-z0-9_-]{22,}"), "base64url of 128 bits or more");
        assertFalse(alice.toString().contains(secret));
        assertFalse(alice.identity().toString().contains(secret));
        assertFalse(String.valueOf(SessionSecret.parse(alice.session())).contains(secret));
    }

    @Test
    void tooManyWhoAreAwayMakeRoomForEachOther() {
        Guests few = new Guests(RESERVE, clock, new KeptGuests(), 3);
        Admitted here = (Admitted) few.admit("here-all-the-time", null);
        assertTrue(few.tryOpen(here.identity(), 0));
        for (String name : new String[] {"anna", "berta", "clara", "dora"}) {
            Admitted guest = (Admitted) few.admit(name, null);
            assertTrue(few.tryOpen(guest.identity(), 0));
            few.closed(guest.identity());
            clock.goOn(Duration.ofSeconds(1));
        }

        assertEquals(4, few.size());
        assertInstanceOf(Admitted.class, few.admit("anna", null));
        assertInstanceOf(NameTaken.class, few.admit("berta", null));
        assertInstanceOf(NameTaken.class, few.admit("here-all-the-time", null));
    }

    @Test
    void nothingIsLeftOfThoseWhoseTimeIsOver() {
        for (int i = 0; i < 1000; i++) {
            Admitted guest = admitted(null, null);
            assertTrue(guests.tryOpen(guest.identity(), 0));
            guests.closed(guest.identity());
        }
        assertEquals(1000, guests.size());
        clock.goOn(RESERVE);

        assertEquals(1000, guests.sweep());
        assertEquals(0, guests.size());
    }

    @Test
    void whoWasHereOrAwayComesBackAfterARestart() {
        Admitted here = opened("bertha");
        Admitted away = opened("away");
        guests.closed(away.identity());
        clock.goOn(RESERVE.dividedBy(2));

        Guests restarted = restarted();

        assertEquals(here, restarted.admit("bertha", here.session()));
        assertEquals(away, restarted.admit("away", away.session()));
        assertInstanceOf(NameTaken.class, restarted.admit("bertha", null));
        assertInstanceOf(NameTaken.class, restarted.admit("\u0430way", null));
    }

    @Test
    void aRestartDoesNotMakeAReserveLonger() {
        Admitted away = opened("away");
        Admitted here = opened("bertha");
        guests.closed(away.identity());
        clock.goOn(RESERVE.dividedBy(2));
        Guests restarted = restarted();
        clock.goOn(RESERVE.dividedBy(2));

        assertNotEquals(away, restarted.admit("away", away.session()));
        assertEquals(here, restarted.admit("bertha", here.session()));
        clock.goOn(RESERVE);
        restarted.sweep();
        assertEquals(0, ledger.all().size(), "forgotten guests stay written down");
    }

    @Test
    void whoIsNotSeenAgainIsForgottenHoweverOftenTheServerRestarts() {
        opened("alice");
        restarted();
        clock.goOn(RESERVE.dividedBy(2));
        restarted();
        clock.goOn(RESERVE.dividedBy(2));

        restarted();

        assertEquals(0, ledger.all().size());
    }

    @Test
    void aClockThatWasAheadReservesNothingForLonger() {
        Admitted alice = opened("alice");
        clock.goOn(RESERVE.multipliedBy(1_000));
        guests.closed(alice.identity());
        clock.goOn(RESERVE.multipliedBy(-1_000));

        Guests restarted = restarted();
        assertInstanceOf(NameTaken.class, restarted.admit("alice", null));
        clock.goOn(RESERVE);

        assertInstanceOf(Admitted.class, restarted.admit("alice", null));
    }

    @Test
    void onlyWhoWasHereIsWrittenDown() {
        admitted("never", null);
        Admitted alice = opened("alice");

        assertEquals(1, ledger.all().size());
        assertEquals(alice.identity().key(), ledger.all().get(0).key());
    }

    private Guests restarted() {
        Guests restarted = new Guests(RESERVE, clock, ledger);
        restarted.restore(ledger.all());
        return restarted;
    }

    @Test
    void oneOfManyWhoAskAtOnceGetsTheName() throws InterruptedException {
        AtomicInteger winners = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 8; i++) {
            String name = i % 2 == 0 ? "alice" : "\u0430lice";
            threads.execute(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                if (guests.admit(name, null) instanceof Admitted) {
                    winners.incrementAndGet();
                }
            });
        }

        start.countDown();
        threads.shutdown();

        assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS));
        assertEquals(1, winners.get());
    }

    @Test
    void aLookThatWasAskedForIsNotGivenBackOnceItIsAnAccounts() {
        assertTrue(guests.tryReserve("alice", null));
        assertTrue(guests.tryReserve("bob", null));
        guests.yieldTo("alice"); // another server made one

        guests.release("alice");
        guests.release("bob");

        assertInstanceOf(NameTaken.class, guests.admit("alice", null));
        assertInstanceOf(Admitted.class, guests.admit("bob", null));
    }

    private Admitted opened(String name) {
        Admitted guest = admitted(name, null);
        assertTrue(guests.tryOpen(guest.identity(), 0));
        return guest;
    }

    private Admitted admitted(@Nullable String name, @Nullable String session) {
        return assertInstanceOf(Admitted.class, guests.admit(name, session));
    }

    private static String tampered(String session) {
        return session.substring(0, session.length() - 1) + (session.endsWith("A") ? "B" : "A");
    }
}
