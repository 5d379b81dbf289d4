package chat.parley.identity;

import chat.parley.store.StoredSession;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions of accounts, in memory: so a handshake need not wait for the store, and one that is ended is ended
 * at once. Some 300 bytes each; an account has at most {@value #MOST_OF_ONE}. Thread-safe; nothing here waits.
 */
public final class Sessions {

    /** The oldest of more goes: nobody uses so many browsers. */
    static final int MOST_OF_ONE = 20;

    private record Open(StoredSession session, Identity identity) {
        Pass pass() {
            return new Pass(identity, session.key(), session.expires());
        }
    }

    private final Clock clock;
    private final Object lock = new Object();

    @GuardedBy("lock") private final Map<String, Open> byKey = new HashMap<>();

    /** By account, the oldest first. */
    @GuardedBy("lock") private final Map<String, Map<String, Open>> byAccount = new HashMap<>();

    /** None yet. */
    public Sessions(Clock clock) {
        this.clock = clock;
    }

    /** Opens one; returns the keys of those that had to go for it. */
    List<String> open(StoredSession session, Identity identity) {
        synchronized (lock) {
            Open open = new Open(session, identity);
            byKey.put(session.key(), open);
            Map<String, Open> all = byAccount.computeIfAbsent(identity.key(), key -> new LinkedHashMap<>());
            all.put(session.key(), open);
            List<String> gone = new ArrayList<>();
            while (all.size() > MOST_OF_ONE) {
                String oldest = all.keySet().iterator().next();
                all.remove(oldest);
                byKey.remove(oldest);
                gone.add(oldest);
            }
            return gone;
        }
    }

    /**
     * Somebody has these sessions and no others.
     *
     * @param sessions the oldest first
     * @return the keys of those that were open and are not among them
     */
    List<String> set(Identity identity, List<StoredSession> sessions) {
        Map<String, Open> now = new LinkedHashMap<>();
        sessions.forEach(session -> now.put(session.key(), new Open(session, identity)));
        synchronized (lock) {
            Map<String, Open> before =
                    now.isEmpty() ? byAccount.remove(identity.key()) : byAccount.put(identity.key(), now);
            List<String> gone = before == null
                    ? List.of()
                    : before.keySet().stream()
                            .filter(key -> !now.containsKey(key))
                            .toList();
            gone.forEach(byKey::remove);
            byKey.putAll(now);
            return gone;
        }
    }

    /** The keys of the accounts that have one. */
    Set<String> accounts() {
        synchronized (lock) {
            return Set.copyOf(byAccount.keySet());
        }
    }

    /** Whose session that secret opens; null when it opens none. */
    @Nullable Pass find(SessionSecret secret) {
        Open open = get(secret.key());
        return open == null || !secret.matches(open.session().secretHash()) ? null : open.pass();
    }

    /** The session of that key; null when it is over. */
    @Nullable Pass byKey(String key) {
        Open open = get(key);
        return open == null ? null : open.pass();
    }

    /** Closes one; false when it was not open. */
    boolean close(String key) {
        synchronized (lock) {
            Open open = byKey.remove(key);
            if (open == null) {
                return false;
            }
            Map<String, Open> all = byAccount.get(open.identity().key());
            if (all != null) {
                all.remove(key);
                if (all.isEmpty()) {
                    byAccount.remove(open.identity().key());
                }
            }
            return true;
        }
    }

    /** Closes all of somebody. */
    void closeAll(String accountKey) {
        synchronized (lock) {
            Map<String, Open> all = byAccount.remove(accountKey);
            if (all != null) {
                byKey.keySet().removeAll(all.keySet());
            }
        }
    }

    /** Closes those whose time is over. */
    void sweep() {
        long now = clock.millis();
        List<String> over;
        synchronized (lock) {
            over = byKey.values().stream()
                    .filter(open -> open.session().expires() <= now)
                    .map(open -> open.session().key())
                    .toList();
        }
        over.forEach(this::close);
    }

    private @Nullable Open get(String key) {
        synchronized (lock) {
            Open open = byKey.get(key);
            return open == null || open.session().expires() <= clock.millis() ? null : open;
        }
    }
}
