package chat.parley.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** An {@link AccountStore} on the heap, which forgets everything at the end. */
final class MemoryAccountStore implements AccountStore {

    private final Map<String, StoredAccount> byName = new HashMap<>();
    private final Map<String, StoredSession> sessions = new HashMap<>();
    private final Map<String, StoredExternalUser> externalByLook = new HashMap<>();
    private final Map<String, StoredSigningKey> keys = new HashMap<>();

    /** By the key of an account, that of the guest they were before. */
    private final Map<String, String> guests = new HashMap<>();

    private final Queue<Departure> departures = new ArrayDeque<>();

    /** Whose account was deleted, and what is to become of what they said. */
    record Departure(String key, String name, boolean erases, long since) {}

    @Override
    public synchronized List<StoredAccount> accounts() {
        return byName.values().stream().map(account -> with(account, "")).toList();
    }

    @Override
    public synchronized @Nullable StoredAccount account(String name) {
        return byName.get(name);
    }

    @Override
    public synchronized boolean add(StoredAccount account, StoredSession session, @Nullable String guest) {
        boolean taken = byName.containsKey(account.name())
                || hasAccountOfLook(account.skeleton())
                || externalByLook.containsKey(account.skeleton());
        if (!taken) {
            byName.put(account.name(), account);
            sessions.put(session.key(), session);
            if (guest != null) {
                guests.put(account.key(), guest);
            }
        }
        return !taken;
    }

    @Override
    public synchronized void rehash(String accountKey, String before, String after) {
        StoredAccount account = live(accountKey);
        if (account != null && account.passwordHash().equals(before)) {
            byName.put(account.name(), with(account, after));
        }
    }

    @Override
    public synchronized boolean changePassword(String before, String after, StoredSession session, long now) {
        StoredAccount account = live(session.accountKey());
        if (account == null || !account.passwordHash().equals(before)) {
            return false;
        }
        byName.put(account.name(), with(account, after));
        endSessionsOf(account.key());
        sessions.put(session.key(), session);
        return true;
    }

    @Override
    public synchronized void tombstone(String accountKey, String tombstone, boolean erases, long now) {
        StoredAccount account = live(accountKey);
        if (account != null) {
            byName.put(
                    account.name(),
                    new StoredAccount(account.key(), account.name(), account.skeleton(), "", account.created(), now));
            endSessionsOf(accountKey);
            departures.add(new Departure(accountKey, tombstone, erases, now));
            String guest = guests.remove(accountKey);
            if (guest != null) {
                departures.add(new Departure(guest, tombstone, erases, now));
            }
        }
    }

    /** Takes the first who went before a time; null when there is none. */
    synchronized @Nullable Departure nextDeparture(long before) {
        Departure next = departures.peek();
        return next == null || next.since() >= before ? null : departures.remove();
    }

    @Override
    public synchronized List<StoredSession> sessions(long now) {
        return sessions.values().stream()
                .filter(session -> session.expires() > now)
                .toList();
    }

    @Override
    public synchronized boolean add(StoredSession session, String passwordHash) {
        StoredAccount account = live(session.accountKey());
        boolean holds = account != null && account.passwordHash().equals(passwordHash);
        if (holds) {
            sessions.put(session.key(), session);
        }
        return holds;
    }

    @Override
    public synchronized void revoke(String sessionKey, long now) {
        sessions.remove(sessionKey);
    }

    @Override
    public synchronized void forgetSessions(long before) {
        sessions.values().removeIf(session -> session.expires() < before);
    }

    @Override
    public synchronized List<StoredExternalUser> externalUsers() {
        return List.copyOf(externalByLook.values());
    }

    @Override
    public synchronized boolean keep(StoredExternalUser user) {
        if (!hasAccountOfLook(user.skeleton())) {
            externalByLook.putIfAbsent(user.skeleton(), user);
        }
        StoredExternalUser kept = externalByLook.get(user.skeleton());
        return kept != null && kept.key().equals(user.key());
    }

    @Override
    public synchronized List<StoredSigningKey> keys() {
        return List.copyOf(keys.values());
    }

    @Override
    public synchronized void add(StoredSigningKey key) {
        for (StoredSigningKey other : new ArrayList<>(keys.values())) {
            if (other.retired() == null) {
                keys.put(other.id(), new StoredSigningKey(other.id(), other.secret(), other.created(), key.created()));
            }
        }
        keys.put(key.id(), key);
    }

    @Override
    public synchronized void forgetKeys(long before) {
        keys.values().removeIf(key -> key.retired() != null && key.retired() < before);
    }

    private boolean hasAccountOfLook(String skeleton) {
        return byName.values().stream().anyMatch(account -> account.skeleton().equals(skeleton));
    }

    private @Nullable StoredAccount live(String accountKey) {
        return byName.values().stream()
                .filter(account -> account.key().equals(accountKey) && account.tombstoned() == null)
                .findFirst()
                .orElse(null);
    }

    private void endSessionsOf(String accountKey) {
        sessions.values().removeIf(session -> session.accountKey().equals(accountKey));
    }

    private static StoredAccount with(StoredAccount account, String passwordHash) {
        return new StoredAccount(
                account.key(),
                account.name(),
                account.skeleton(),
                passwordHash,
                account.created(),
                account.tombstoned());
    }
}
