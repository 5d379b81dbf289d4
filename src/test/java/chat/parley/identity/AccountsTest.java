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
import chat.parley.identity.GuestAdmission.Admitted;
import chat.parley.store.StoreException;
import chat.parley.store.StoredAccount;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void accountsAndSessionsOutliveARestart() throws Exception {
        SignedIn alice = house.signUp("alice");

        try (House restarted = new House(house.store)) {
            assertEquals(alice.pass(), restarted.people.bySecret(alice.secret()));
            assertRefused(Reason.NAME_TAKEN, () -> restarted.signUp("\u0430lice"));
            assertInstanceOf(GuestAdmission.NameTaken.class, restarted.guests.admit("alice", null));
        }
    }

    @Test
    void aSessionEndsWhenItsTimeIsOver() throws Exception {
        SignedIn alice = house.signUp("alice");

        house.clock.goOn(Duration.ofDays(30));

        assertNull(house.people.bySecret(alice.secret()));
        assertNull(house.people.current(alice.pass()));
    }

    @Test
    void aHashIsMadeAnewWhenTheParametersChanged() throws Exception {
        house.signUp("alice");
        String before = hashOf(house, "alice");

        try (House dearer = new House(house.store, "parley.auth.argon2.iterations", "2")) {
            dearer.signIn("alice");

            String after = hashOf(dearer, "alice");
            assertTrue(after.contains(",t=2,"), after);
            dearer.signIn("alice");
            assertEquals(after, hashOf(dearer, "alice"));
        }
        assertTrue(before.contains(",t=1,"), before);
        house.signIn("alice");
        assertNotEquals(before, hashOf(house, "alice"));
    }

    @Test
    void theOldestOfTooManySessionsGoes() throws Exception {
        SignedIn first = house.signUp("alice");
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < Sessions.MOST_OF_ONE; i++) {
            secrets.add(house.signIn("alice").secret());
        }

        assertNull(house.people.bySecret(first.secret()));
        assertTrue(house.ended.contains(first.pass().session()));
        assertEquals(Sessions.MOST_OF_ONE, secrets.size());
        for (String secret : secrets) {
            assertNotNull(house.people.bySecret(secret));
        }
        assertEquals(
                Sessions.MOST_OF_ONE, house.store.sessions(house.clock.millis()).size());
    }

    @Test
    void aNameIsFreeAgainAfterASignUpThatChangedNothing() throws Exception {
        house.writer.fail(new StoreException(StoreException.Kind.BUSY, "x"), false);
        assertRefused(Reason.BUSY, () -> house.signUp("alice"));
        house.writer.work();

        assertNotNull(house.signUp("alice"));
    }

    @Test
    void aNameThatAnotherServerRefusedToGiveIsWhoseItIsThere() throws Exception {
        try (House there = new House(house.store)) {
            there.externalPeople.enter("issuer", "1", "alice", false, null);
            there.signUp("bert");

            assertRefused(Reason.NAME_TAKEN, () -> house.signUp("alice"));
            assertRefused(Reason.NAME_TAKEN, () -> house.signUp("bert"));

            house.accounts.rereadAll();
            assertInstanceOf(Entry.Entered.class, house.externalPeople.enter("issuer", "1", "alice", false, null));
            assertInstanceOf(Entry.NameTaken.class, house.externalPeople.enter("issuer", "1", "bert", false, null));
            assertInstanceOf(GuestAdmission.NameTaken.class, house.guests.admit("bert", null));
        }
    }

    @Test
    void aNameIsKeptWhileNobodyKnowsWhetherThereIsAnAccount() throws Exception {
        house.writer.fail(new StoreException(StoreException.Kind.UNAVAILABLE, "x"), true);
        assertRefused(Reason.UNAVAILABLE, () -> house.signUp("made"));
        house.writer.fail(new StoreException(StoreException.Kind.UNAVAILABLE, "x"), false);
        assertRefused(Reason.UNAVAILABLE, () -> house.signUp("unmade"));
        house.writer.work();
        assertInstanceOf(GuestAdmission.NameTaken.class, house.guests.admit("made", null));
        assertInstanceOf(GuestAdmission.NameTaken.class, house.guests.admit("unmade", null));

        house.accounts.sweep();

        assertInstanceOf(GuestAdmission.NameTaken.class, house.guests.admit("made", null));
        assertInstanceOf(GuestAdmission.Admitted.class, house.guests.admit("unmade", null));
        assertNotNull(house.signIn("made"));
    }

    /** Else the guest and the account that the guest became would be two with one name. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aGuestIsOverOnceItIsKnownThatTheAccountWasMade(boolean bySigningIn) throws Exception {
        FailingStore failing = new FailingStore();
        try (House doubtful = new House(failing.proxy())) {
            Admitted guest = (Admitted) doubtful.guests.admit("alice", null);
            Pass pass = new Pass(guest.identity(), guest.identity().key(), null);
            failing.fail(FailingStore.Failure.AFTER);
            assertRefused(
                    Reason.UNAVAILABLE, () -> House.get(doubtful.accounts.signUp("alice", House.PASSWORD, pass, "a")));
            failing.fail(FailingStore.Failure.NONE);
            assertNotNull(doubtful.people.current(pass), "nobody knows yet");

            if (bySigningIn) {
                assertNotNull(doubtful.signIn("alice"));
            } else {
                doubtful.accounts.sweep();
            }

            assertNull(doubtful.people.current(pass));
            assertTrue(doubtful.ended.contains(pass.session()));
        }
    }

    @Test
    void aSignOutThatCouldNotBeSavedIsSavedLater() throws Exception {
        SignedIn alice = house.signUp("alice");
        house.writer.fail(new StoreException(StoreException.Kind.UNAVAILABLE, "x"), false);

        assertRefused(Reason.UNAVAILABLE, () -> House.get(house.accounts.signOut(alice.pass())));
        assertNull(house.people.bySecret(alice.secret()), "it is over at once all the same");
        assertEquals(1, house.store.sessions(0).size());
        house.writer.work();
        house.accounts.sweep();

        assertEquals(0, house.store.sessions(0).size());
    }

    /** Else a server that ends a moment later leaves a secret behind that is good on all others. */
    @Test
    void theSignOutOfAGuestIsToldWhenItIsSaved() throws Exception {
        Admitted guest = (Admitted) house.guests.admit("gina", null);
        CompletableFuture<Boolean> saving = new CompletableFuture<>();
        house.kept.saveWith(saving);

        CompletableFuture<Boolean> done = house.accounts
                .signOut(new Pass(guest.identity(), guest.identity().key(), null))
                .toCompletableFuture();

        assertNull(house.people.bySecret(guest.session()), "it is over at once all the same");
        assertFalse(done.isDone());
        saving.completeExceptionally(new StoreException(StoreException.Kind.UNAVAILABLE, "x"));
        assertRefused(Reason.UNAVAILABLE, () -> House.get(done));
    }

    @Test
    void guessingIsThrottledByNameAndByAddressUntilTimeHasPassed() throws Exception {
        try (House strict = new House("parley.auth.attempts-per-name", "2", "parley.auth.attempts-per-address", "4")) {
            strict.signUp("alice");
            for (int i = 0; i < 2; i++) {
                assertRefused(Reason.WRONG_CREDENTIALS, () -> House.get(strict.accounts.signIn("alice", "wrong", "a")));
            }
            assertRefused(
                    Reason.RATE_LIMITED, () -> House.get(strict.accounts.signIn("\uFF21lice", House.PASSWORD, "b")));
            assertRefused(Reason.WRONG_CREDENTIALS, () -> House.get(strict.accounts.signIn("x", "wrong", "a")));
            assertRefused(Reason.WRONG_CREDENTIALS, () -> House.get(strict.accounts.signIn("y", "wrong", "a")));
            assertRefused(Reason.RATE_LIMITED, () -> House.get(strict.accounts.signIn("z", "wrong", "a")));
        }
    }

    @Test
    void signingInCorrectlyIsNoAttempt() throws Exception {
        try (House strict = new House("parley.auth.attempts-per-name", "1")) {
            strict.signUp("alice");
            for (int i = 0; i < 5; i++) {
                strict.signIn("alice");
            }
        }
    }

    @Test
    void whatCouldNotBeLookedAtIsNoAttempt() throws Exception {
        try (House strict = new House("parley.auth.attempts-per-name", "1", "parley.auth.attempts-per-address", "2")) {
            strict.signUp("alice");
            for (int i = 0; i < 5; i++) {
                strict.reader.fail(new StoreException(StoreException.Kind.BUSY, "x"), false);
                assertRefused(Reason.BUSY, () -> strict.signIn("alice"));
                strict.reader.work();
                strict.writer.fail(new StoreException(StoreException.Kind.BUSY, "x"), false);
                assertRefused(Reason.BUSY, () -> strict.signUp("bert"));
                strict.writer.work();
            }

            assertNotNull(strict.signIn("alice"));
            assertNotNull(strict.signUp("bert"));
        }
    }

    @Test
    void aPasswordIsThrottledWhateverItIsAskedFor() throws Exception {
        try (House strict = new House("parley.auth.attempts-per-name", "3")) {
            Pass alice = strict.signUp("alice").pass();

            assertRefused(Reason.WRONG_CREDENTIALS, () -> House.get(strict.accounts.delete(alice, "wrong", "a")));
            assertRefused(
                    Reason.WRONG_CREDENTIALS,
                    () -> House.get(strict.accounts.changePassword(alice, "wrong", "long enough", "a")));
            assertRefused(Reason.WRONG_CREDENTIALS, () -> House.get(strict.accounts.signIn("alice", "wrong", "a")));

            assertRefused(Reason.RATE_LIMITED, () -> House.get(strict.accounts.delete(alice, House.PASSWORD, "b")));
            assertNotNull(strict.people.current(alice), "and nothing happened");
        }
    }

    private static String hashOf(House house, String name) throws StoreException {
        StoredAccount account = house.store.account(name);
        assertNotNull(account);
        return account.passwordHash();
    }

    private static void assertRefused(Reason reason, Executable act) {
        assertEquals(reason, assertThrows(AccountException.class, act).reason());
    }
}
