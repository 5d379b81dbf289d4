package chat.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.identity.AccountException.Reason;
import chat.parley.identity.Entry.Entered;
import chat.parley.identity.GuestAdmission.Admitted;
import chat.parley.protocol.UserName;
import chat.parley.store.MemoryStore;
import chat.parley.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose name is whose, when somebody comes whom somebody else vouches for. */
class ExternalPeopleTest {

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void somebodyIsTheSameByIssuerAndSubjectAndNobodyElse() {
        Pass dora = entered("issuer", "1", "Dora");

        assertEquals("dora", dora.identity().name().value());
        assertFalse(dora.identity().guest());
        assertTrue(dora.identity().isExternal());
        assertEquals(dora.identity().key(), dora.session());
        assertEquals(dora, entered("issuer", "1", "dora"));
        assertInstanceOf(Entry.NameTaken.class, enter("issuer", "2", "dora"));
        assertInstanceOf(Entry.NameTaken.class, enter("other", "1", "d\u043era"));
        assertNotEquals(ExternalPeople.key("ab", "c"), ExternalPeople.key("a", "bc"));
        assertEquals("x.", ExternalPeople.key("i", "s").substring(0, 2));
        assertTrue(ExternalPeople.key("i".repeat(1_000), "s".repeat(1_000)).length() <= 64);
    }

    @Test
    void anAccountsNameIsTheAccounts() throws Exception {
        SignedIn alice = house.signUp("alice");
        assertInstanceOf(Entry.NameTaken.class, enter("issuer", "1", "alice"));
        assertInstanceOf(Entry.NameTaken.class, enter("issuer", "1", "\u0430lice"));

        House.get(house.accounts.delete(alice.pass(), House.PASSWORD, "a"));

        assertInstanceOf(Entry.NameTaken.class, enter("issuer", "1", "alice"), "a gone account keeps its name");
        assertTrue(alice.pass().identity().key().startsWith("u."));
    }

    @Test
    void whoWasRenamedOnAnotherServerIsHereByTheTicketOfThat() {
        Pass bob = entered("issuer", "1", "bob");
        Identity rob = new Identity(bob.identity().key(), new UserName("rob"), false);
        Pass renamed = new Pass(rob, rob.key(), false, null);

        house.externalPeople.vouchedFor(rob);
        assertNull(house.externalPeople.current(renamed), "that may have been before they came as bob");
        house.clock.goOn(Tickets.LIFETIME.plusMillis(1));
        house.externalPeople.vouchedFor(rob);

        assertEquals(renamed, house.externalPeople.current(renamed));
        assertNull(house.externalPeople.current(bob));
        assertEquals(List.of(rob.key()), house.ended);
    }

    @Test
    void aNameThatCannotBeIsRefused() {
        assertInstanceOf(Entry.BadName.class, enter("issuer", "1", "Dora Maar"));
        assertInstanceOf(Entry.BadName.class, enter("issuer", "1", ""));
        assertInstanceOf(Entry.BadName.class, enter("issuer", "1", "n".repeat(33)));
        assertInstanceOf(Entry.BadName.class, enter("issuer", "1", "r00t"));
    }

    @Test
    void aNameIsHeldForGoodAndOverARestart() throws Exception {
        entered("issuer", "1", "dora");
        house.clock.goOn(Duration.ofDays(1_000));
        house.guests.sweep();

        assertInstanceOf(GuestAdmission.NameTaken.class, house.guests.admit("d0ra", null));
        assertRefused(Reason.NAME_TAKEN, house);
        try (House restarted = new House(house.store)) {
            assertInstanceOf(GuestAdmission.NameTaken.class, restarted.guests.admit("dora", null));
            assertRefused(Reason.NAME_TAKEN, restarted);
            assertInstanceOf(Entry.NameTaken.class, restarted.externalPeople.enter("issuer", "2", "dora", false, null));
            assertInstanceOf(Entered.class, restarted.externalPeople.enter("issuer", "1", "dora", false, null));
        }
    }

    @Test
    void aGuestWhoIsAwayGivesTheNameAtOnce() {
        Admitted guest = (Admitted) house.guests.admit("dora", null);

        entered("issuer", "1", "d0ra");

        assertNull(house.guests.byKey(guest.identity().key()));
        assertNull(house.people.bySecret(guest.session()));
        assertFalse(house.people.tryOpen(guest.identity(), 0), "admitted, and now too late");
    }

    @Test
    void aGuestWhoIsHereHasToGoFirst() {
        Admitted guest = (Admitted) house.guests.admit("dora", null);
        house.people.tryOpen(guest.identity(), 0);

        assertInstanceOf(Entry.NameLeaving.class, enter("issuer", "1", "dora"));

        assertEquals(List.of(guest.identity().key()), house.ended);
        assertInstanceOf(GuestAdmission.NameTaken.class, house.guests.admit("dora", null), "held from now on");
        assertNull(house.guests.known(guest.session()), "nobody comes back as that guest");
        assertInstanceOf(Entry.NameLeaving.class, enter("issuer", "1", "dora"));
        house.people.closed(guest.identity());
        entered("issuer", "1", "dora");
    }

    @Test
    void aSignUpThatIsUnderWayIsFirst() throws Exception {
        house.writer.fail(new StoreException(StoreException.Kind.UNAVAILABLE, "x"), true);
        AccountException refused = assertThrows(AccountException.class, () -> house.signUp("dora"));
        assertEquals(Reason.UNAVAILABLE, refused.reason());

        assertInstanceOf(Entry.NameTaken.class, enter("issuer", "1", "dora"));
    }

    @Test
    void whoIsRenamedKeepsBothNamesAndIsHereUnderOne() {
        Pass before = entered("issuer", "1", "dora");

        Pass after = entered("issuer", "1", "dana");

        assertEquals(before.identity().key(), after.identity().key());
        assertEquals(List.of(before.identity().key()), house.ended);
        assertNull(house.people.current(before));
        assertNotNull(house.people.current(after));
        assertInstanceOf(Entry.NameTaken.class, enter("issuer", "2", "dora"));
        entered("issuer", "1", "dora");
    }

    @Test
    void nobodyTakesAllNamesByBeingRenamed() throws Exception {
        for (int i = 0; i < ExternalPeople.MOST_NAMES; i++) {
            entered("issuer", "1", "name" + "abcdefghijkmnpqrstuvwxyz".charAt(i));
        }

        assertInstanceOf(Entry.BadName.class, enter("issuer", "1", "another"));

        entered("issuer", "1", "namea");
        assertInstanceOf(Admitted.class, house.guests.admit("another", null));
        try (House restarted = new House(house.store)) {
            assertInstanceOf(Entry.BadName.class, restarted.externalPeople.enter("issuer", "1", "third", false, null));
        }
    }

    @Test
    void aNameThatCouldNotBeWrittenIsWrittenLater() throws Exception {
        house.writer.fail(new StoreException(StoreException.Kind.UNAVAILABLE, "x"), false);
        entered("issuer", "1", "dora");
        assertEquals(List.of(), house.store.externalUsers());
        house.externalPeople.sweep();

        house.writer.work();
        house.externalPeople.sweep();

        assertEquals("dora", house.store.externalUsers().get(0).name());
    }

    /** Whether this server finds out by what it reads, or by what it could not write. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoHasANameOnAnotherServerHasItHereWhoeverCameFirst(boolean byWriting) throws Exception {
        house.writer.fail(new StoreException(StoreException.Kind.UNAVAILABLE, "x"), false);
        Pass first = entered("issuer", "1", "alex");
        house.writer.work();
        try (House there = new House(house.store)) {
            assertInstanceOf(Entered.class, there.externalPeople.enter("issuer", "2", "alex", false, null));
        }

        if (byWriting) {
            house.externalPeople.sweep();
        }
        house.externalPeople.reread(Set.of("alex"));

        assertNull(house.people.current(first));
        assertEquals(List.of(first.session()), house.ended);
        assertInstanceOf(Entry.NameTaken.class, enter("issuer", "1", "alex"));
        entered("issuer", "2", "alex");
    }

    @Test
    void whoLosesANameWhileTheyComeDoesNotComeInByIt() {
        try (House there = new House(house.store)) {
            assertInstanceOf(Entered.class, there.externalPeople.enter("issuer", "2", "alex", false, null));
        }

        assertInstanceOf(Entry.NameTaken.class, enter("issuer", "1", "alex")); // written before the answer is made
        entered("issuer", "1", "alan");
    }

    @Test
    void aPassIsGoodUntilItsTimeIsOver() {
        Pass dora = ((Entered) house.externalPeople.enter("issuer", "1", "dora", true, house.clock.millis() + 1_000))
                .pass();

        assertTrue(dora.isAdmin());
        assertEquals(dora, house.people.current(dora));
        house.clock.goOn(Duration.ofMillis(999));
        assertNotNull(house.people.current(dora));
        house.clock.goOn(Duration.ofMillis(1));
        assertNull(house.people.current(dora));
    }

    @Test
    void aNameThatIsOneTooManyIsNobodysHoweverManyAskAtOnce() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 500; round++) {
                Guests guests = new Guests(Duration.ofHours(1), house.clock, new KeptGuests());
                ExternalPeople people = new ExternalPeople(
                        guests, new MemoryStore(1, 10, house.clock).accounts(), new DirectTasks(), house, house.clock);
                for (int i = 0; i < ExternalPeople.MOST_NAMES; i++) {
                    people.enter("issuer", "1", "name-" + i, false, null);
                }
                CyclicBarrier both = new CyclicBarrier(2);
                Callable<Entry> entering = () -> {
                    both.await();
                    return people.enter("issuer", "1", "victim", false, null);
                };
                for (Future<Entry> entry : two.invokeAll(List.of(entering, entering))) {
                    assertInstanceOf(Entry.BadName.class, entry.get());
                }
                assertInstanceOf(GuestAdmission.Admitted.class, guests.admit("victim", null));
            }
        } finally {
            two.shutdownNow();
        }
    }

    @Test
    void whatOnlyAnAccountCanDoIsRefusedAndSigningOutEndsTheConnections() throws Exception {
        Pass dora = entered("issuer", "1", "dora");

        for (var refused : List.of(
                house.accounts.delete(dora, House.PASSWORD, "a").toCompletableFuture(),
                house.accounts.changePassword(dora, "x", House.PASSWORD, "a").toCompletableFuture())) {
            assertEquals(
                    Reason.NO_ACCOUNT,
                    assertThrows(AccountException.class, () -> House.get(refused))
                            .reason());
        }
        assertTrue(House.get(house.accounts.signOut(dora)));
        assertEquals(List.of(dora.session()), house.ended);
    }

    private static void assertRefused(Reason reason, House house) {
        assertEquals(
                reason,
                assertThrows(AccountException.class, () -> house.signUp("dora")).reason());
    }

    private Pass entered(String issuer, String subject, String name) {
        return assertInstanceOf(Entered.class, enter(issuer, subject, name)).pass();
    }

    private Entry enter(String issuer, String subject, String name) {
        return house.externalPeople.enter(issuer, subject, name, false, null);
    }
}
