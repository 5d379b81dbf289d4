package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.RoomName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AccountStore} promises. A backend's test extends this and says how an empty one is opened. */
abstract class AccountStoreContract {

    private static final long NOW = 1_000_000;
    private static final long LATER = 2_000_000;

    private MessageStore store;
    private AccountStore accounts;

    abstract MessageStore open();

    @BeforeEach
    void openAnEmptyOne() {
        store = open();
        accounts = store.accounts();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anAccountIsFoundByItsName() throws StoreException {
        assertTrue(accounts.add(account("u1", "alice", "alice"), session("s1", "u1")));

        StoredAccount alice = accounts.account("alice");

        assertEquals(account("u1", "alice", "alice"), alice);
        assertNull(accounts.account("bob"));
        assertEquals(List.of("alice"), names());
        assertEquals(Set.of("s1"), sessions());
    }

    @Test
    void aSessionComesBackAsItWasSaved() throws StoreException {
        accounts.add(account("u1", "alice", "alice"), session("s1", "u1"));

        StoredSession session = accounts.sessions(NOW).get(0);

        assertArrayEquals(new byte[] {1, 2, -3}, session.secretHash());
        assertEquals("u1", session.accountKey());
        assertEquals(NOW, session.created());
        assertEquals(LATER, session.expires());
    }

    @Test
    void aTakenNameOrLookAddsNothing() throws StoreException {
        accounts.add(account("u1", "bob", "bob"), session("s1", "u1"));

        assertFalse(accounts.add(account("u2", "bob", "other"), session("s2", "u2")));
        assertFalse(accounts.add(account("u3", "b0b", "bob"), session("s3", "u3")));

        assertEquals(List.of("bob"), names());
        assertEquals(Set.of("s1"), sessions());
    }

    @Test
    void aHashIsReplacedOnlyWhileItHolds() throws StoreException {
        accounts.add(account("u1", "alice", "alice"), session("s1", "u1"));

        accounts.rehash("u1", "another", "x");
        assertEquals("hash", hashOf("alice"));
        accounts.rehash("u1", "hash", "newer");
        assertEquals("newer", hashOf("alice"));
    }

    @Test
    void aNewPasswordEndsAllSessionsButTheNewOne() throws StoreException {
        accounts.add(account("u1", "alice", "alice"), session("s1", "u1"));
        accounts.add(session("s2", "u1"), "hash");
        accounts.add(account("u2", "bob", "bob"), session("s3", "u2"));

        assertTrue(accounts.changePassword("hash", "new", session("s4", "u1"), NOW));

        assertEquals("new", hashOf("alice"));
        assertEquals("hash", hashOf("bob"));
        assertEquals(Set.of("s3", "s4"), sessions());
    }

    @Test
    void aPasswordThatWasChangedMeanwhileIsNotChangedAgain() throws StoreException {
        accounts.add(account("u1", "alice", "alice"), session("s1", "u1"));
        accounts.changePassword("hash", "new", session("s2", "u1"), NOW);

        assertFalse(accounts.changePassword("hash", "newest", session("s3", "u1"), NOW));
        assertFalse(accounts.add(session("s4", "u1"), "hash"), "signed in with a password that is no more");

        assertEquals("new", hashOf("alice"));
        assertEquals(Set.of("s2"), sessions());
    }

    @Test
    void aTombstoneEndsTheSessionsAndHoldsTheNameAndTheLook() throws StoreException {
        accounts.add(account("u1", "bob", "bob"), session("s1", "u1"));

        accounts.tombstone("u1", "deleted-1", false, NOW);

        StoredAccount gone = accounts.account("bob");
        assertNotNull(gone);
        assertEquals(NOW, gone.tombstoned());
        assertEquals("", gone.passwordHash());
        assertEquals(Set.of(), sessions());
        assertFalse(accounts.add(account("u2", "bob", "bob"), session("s2", "u2")));
        assertFalse(accounts.add(account("u2", "b0b", "bob"), session("s2", "u2")));
        assertFalse(accounts.add(session("s3", "u1"), ""));
        assertFalse(accounts.changePassword("", "x", session("s3", "u1"), NOW));
    }

    @Test
    void whatSomebodySaidGoesUnderTheTombstonesName() throws StoreException {
        RoomName lobby = new RoomName("lobby");
        store.append(List.of(said(lobby, "u1", "alice", "1"), said(lobby, "u2", "bob", "1")));
        accounts.add(account("u1", "alice", "alice"), session("s1", "u1"));

        accounts.tombstone("u1", "deleted-1", false, NOW);

        assertEquals(Set.of(), retouch(NOW), "not before its time");
        assertEquals(Set.of(lobby), retouch(NOW + 1));
        List<StoredMessage> log = store.state(lobby, 10).newest();
        assertEquals(
                List.of("deleted-1: words of alice", "bob: words of bob"),
                log.stream().map(AccountStoreContract::line).toList());
        assertEquals(Set.of(), retouch(LATER), "done");
    }

    @Test
    void whatTheySaidAsAGuestBeforeGoesWithTheAccount() throws StoreException {
        RoomName lobby = new RoomName("lobby");
        store.append(List.of(
                new Draft(lobby, new Author("g1", "alice", true), "1", "as a guest"),
                said(lobby, "u1", "alice", "1"),
                new Draft(lobby, new Author("g2", "bob", true), "1", "another guest")));
        accounts.add(account("u1", "alice", "alice"), session("s1", "u1"), "g1");

        accounts.tombstone("u1", "deleted-1", true, NOW);
        retouch(NOW + 1);

        assertEquals(
                List.of("deleted-1: ", "deleted-1: ", "bob: another guest"),
                store.state(lobby, 10).newest().stream()
                        .map(AccountStoreContract::line)
                        .toList());
    }

    @Test
    void whatSomebodySaidIsEmptiedInAllRoomsAndKeepsItsNumbers() throws StoreException {
        int rooms = 2 * JdbcRetouch.ROOMS_A_BITE + 3;
        List<Draft> drafts = new ArrayList<>();
        for (int room = 0; room < rooms; room++) {
            drafts.add(said(new RoomName("room-" + room), "u2", "bob", "1"));
            if (room % 3 == 0) {
                drafts.add(said(new RoomName("room-" + room), "u1", "alice", "1"));
            }
        }
        RoomName busy = new RoomName("room-4");
        int many = 2 * JdbcRetouch.MESSAGES_A_BITE;
        for (int i = 0; i < many; i++) {
            drafts.add(said(busy, "u1", "alice", "m" + i));
        }
        store.append(drafts);
        accounts.add(account("u1", "alice", "alice"), session("s1", "u1"));

        accounts.tombstone("u1", "deleted-1", true, NOW);
        Set<RoomName> touched = retouch(LATER);

        assertEquals((rooms + 2) / 3 + 1, touched.size());
        for (int room = 0; room < rooms; room++) {
            RoomState state = store.state(new RoomName("room-" + room), 2 * many);
            assertEquals(state.head(), state.newest().size());
            for (StoredMessage message : state.newest()) {
                boolean isHers = message.author().key().equals("u1");
                assertEquals(isHers ? "deleted-1: " : "bob: words of bob", line(message));
            }
        }
        assertEquals(1 + many, store.state(busy, 1).head());
    }

    /** Until nobody is left; the rooms that it told of. */
    private Set<RoomName> retouch(long before) throws StoreException {
        Set<RoomName> touched = new HashSet<>();
        Retouched bite;
        do {
            bite = store.retouch(before);
            touched.addAll(bite.rooms());
        } while (!bite.done());
        return touched;
    }

    private static Draft said(RoomName room, String key, String name, String id) {
        return new Draft(room, new Author(key, name, false), id, "words of " + name);
    }

    private static String line(StoredMessage message) {
        return message.author().name() + ": " + message.content();
    }

    @Test
    void aRevokedSessionIsGoneAndMayBeRevokedAgain() throws StoreException {
        accounts.add(account("u1", "alice", "alice"), session("s1", "u1"));
        accounts.add(session("s2", "u1"), "hash");

        accounts.revoke("s1", NOW);
        accounts.revoke("s1", NOW);
        accounts.revoke("never", NOW);

        assertEquals(Set.of("s2"), sessions());
    }

    @Test
    void anExpiredSessionIsNotToldAndForgottenWhenAsked() throws StoreException {
        accounts.add(account("u1", "alice", "alice"), session("s1", "u1"));

        assertEquals(List.of(), accounts.sessions(LATER));
        accounts.forgetSessions(LATER);
        assertEquals(Set.of("s1"), sessions());
        accounts.forgetSessions(LATER + 1);
        assertEquals(Set.of(), sessions());
    }

    @Test
    void aNewKeyRetiresTheOthers() throws StoreException {
        accounts.add(new StoredSigningKey("k1", new byte[] {7, -7}, 1, null));
        accounts.add(new StoredSigningKey("k2", new byte[] {8}, 5, null));
        accounts.add(new StoredSigningKey("k3", new byte[] {9}, 9, null));

        assertEquals(5, key("k1").retired());
        assertEquals(9, key("k2").retired());
        assertNull(key("k3").retired());
        assertArrayEquals(new byte[] {7, -7}, key("k1").secret());
        assertEquals(1, key("k1").created());
        accounts.forgetKeys(6);
        assertEquals(
                Set.of("k2", "k3"),
                accounts.keys().stream().map(StoredSigningKey::id).collect(Collectors.toSet()));
    }

    @Test
    void aNameFromElsewhereStaysThatPersons() throws StoreException {
        StoredExternalUser dora = new StoredExternalUser("dora", "dora", "x.1", NOW);
        StoredExternalUser renamed = new StoredExternalUser("dana", "dana", "x.1", LATER);

        assertTrue(accounts.keep(dora));
        assertTrue(accounts.keep(renamed));
        assertTrue(accounts.keep(new StoredExternalUser("dora", "d0ra", "x.1", LATER)), "it is theirs");
        assertFalse(accounts.keep(new StoredExternalUser("dora", "dora", "x.2", LATER)));

        assertEquals(Set.of(dora, renamed), Set.copyOf(accounts.externalUsers()));
    }

    @Test
    void noLookIsAnAccountsAndFromElsewhere() throws StoreException {
        accounts.add(account("u1", "bob", "bob"), session("s1", "u1"));
        accounts.keep(new StoredExternalUser("dora", "dora", "x.1", NOW));

        assertFalse(accounts.keep(new StoredExternalUser("bob", "b0b", "x.2", NOW)));
        assertFalse(accounts.add(account("u2", "d0ra", "dora"), session("s2", "u2")));
        accounts.tombstone("u1", "deleted-1", false, NOW);
        assertFalse(accounts.keep(new StoredExternalUser("bob", "bob", "x.2", NOW)), "a gone account keeps its look");

        assertEquals(List.of("bob"), names());
        assertEquals(1, accounts.externalUsers().size());
    }

    @Test
    void noSecretIsInWhatIsLogged() {
        assertFalse(account("u1", "alice", "alice").toString().contains("hash"));
        assertFalse(
                new StoredSigningKey("k1", new byte[] {7}, 1, null).toString().contains("7"));
    }

    private StoredSigningKey key(String id) throws StoreException {
        return accounts.keys().stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private String hashOf(String name) throws StoreException {
        StoredAccount account = accounts.account(name);
        assertNotNull(account);
        return account.passwordHash();
    }

    private List<String> names() throws StoreException {
        return accounts.accounts().stream().map(StoredAccount::name).toList();
    }

    private Set<String> sessions() throws StoreException {
        return accounts.sessions(NOW).stream().map(StoredSession::key).collect(Collectors.toSet());
    }

    private static StoredAccount account(String key, String name, String skeleton) {
        return new StoredAccount(key, name, skeleton, "hash", NOW, null);
    }

    private static StoredSession session(String key, String accountKey) {
        return new StoredSession(key, new byte[] {1, 2, -3}, accountKey, NOW, LATER);
    }
}
