package chat.parley.store;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accounts, their sessions, the keys that tokens are signed with, and the names of people from elsewhere.
 *
 * <p>Guarantees: of one name there is one account, and of one look; both stay taken when the account is deleted; no
 * look is both an account's and that of somebody from elsewhere; what a
 * method changes it changes as one, and it is committed when the method returns. Not guaranteed: that a session is gone
 * the moment it expires.
 *
 * <p>Every method may wait for a disk or a network. Those that change something are called by the thread that appends
 * ({@link GroupCommit#submit}), and before that thread runs by the one that starts it; the others by any number of
 * threads ({@link StoreReader#submit}). All times are milliseconds since the Unix epoch.
 */
public interface AccountStore {

    /** All accounts, gone ones too; without the hashes of their passwords. */
    List<StoredAccount> accounts() throws StoreException;

    /** Those of some keys; without the hashes of their passwords. */
    default List<StoredAccount> accounts(Collection<String> keys) throws StoreException {
        return accounts().stream()
                .filter(account -> keys.contains(account.key()))
                .toList();
    }

    /** The account of a name in canonical form, gone or not; null when nobody ever had it. */
    @Nullable StoredAccount account(String name) throws StoreException;

    /** The key of the guest of a name on whatever server; null when there is none, or when guests are in memory only. */
    default @Nullable String guest(String name) throws StoreException {
        return null;
    }

    /** Adds an account and its first session; false, and nothing, when its name or look is taken, by somebody from elsewhere too. */
    default boolean add(StoredAccount account, StoredSession session) throws StoreException {
        return add(account, session, null);
    }

    /**
     * The same for somebody who was a guest before.
     *
     * @param guest the key of the guest; what they said goes with the account when it is deleted; null for none
     */
    boolean add(StoredAccount account, StoredSession session, @Nullable String guest) throws StoreException;

    /** Puts a hash of the same password in place of another, if that one still holds. */
    void rehash(String accountKey, String before, String after) throws StoreException;

    /**
     * Changes the password, and ends all sessions in favour of a new one.
     *
     * @return false, and nothing, when the hash is not {@code before} any more
     */
    boolean changePassword(String before, String after, StoredSession session, long now) throws StoreException;

    /**
     * Deletes an account that is there: its sessions end, its name stays taken, what it said is under another name.
     *
     * @param tombstone the other name
     * @param erases whether {@link MessageStore#retouch} empties what it said
     */
    void tombstone(String accountKey, String tombstone, boolean erases, long now) throws StoreException;

    /** The sessions that are neither revoked nor expired. */
    List<StoredSession> sessions(long now) throws StoreException;

    /** Those of some accounts, the oldest first. */
    default List<StoredSession> sessions(Collection<String> accountKeys, long now) throws StoreException {
        return sessions(now).stream()
                .filter(session -> accountKeys.contains(session.accountKey()))
                .sorted(Comparator.comparingLong(StoredSession::created))
                .toList();
    }

    /** Adds a session of an account that is there, whose password hash still is this; false when it is not. */
    boolean add(StoredSession session, String passwordHash) throws StoreException;

    /** Ends a session; one that is ended already, or never was, may be ended too. */
    void revoke(String sessionKey, long now) throws StoreException;

    /** Forgets sessions that expired, or were revoked, before a time. */
    void forgetSessions(long before) throws StoreException;

    /** The names of all whom somebody else vouches for. */
    List<StoredExternalUser> externalUsers() throws StoreException;

    /** Those of some looks. */
    default List<StoredExternalUser> externalUsers(Collection<String> looks) throws StoreException {
        return externalUsers().stream()
                .filter(user -> looks.contains(user.skeleton()))
                .toList();
    }

    /** Keeps a name for somebody whom somebody else vouches for; false, and nothing, when its look is not theirs. */
    boolean keep(StoredExternalUser user) throws StoreException;

    /** All signing keys. */
    List<StoredSigningKey> keys() throws StoreException;

    /** Adds a key and retires all others that are not yet. */
    void add(StoredSigningKey key) throws StoreException;

    /** Forgets the keys that were retired before a time. */
    void forgetKeys(long before) throws StoreException;
}
