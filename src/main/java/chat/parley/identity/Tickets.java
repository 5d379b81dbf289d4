package chat.parley.identity;

import chat.parley.identity.AccountException.Reason;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tickets: each opens one connection, once, within half a minute, for those who cannot set a header and should not put
 * what lasts into an address. In memory, where one server is all there is: who held one when it stopped gets another.
 * Thread-safe.
 */
public final class Tickets {

    /** From asking for it to the handshake. */
    static final Duration LIFETIME = Duration.ofSeconds(30);

    /** About 3 MB; one more is busy. */
    static final int MOST = 10_000;

    private record Held(Pass pass, long expiresAt) {}

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Object lock = new Object();

    /** Of one session: nobody opens so many connections at once, and nobody takes the tickets of all. */
    static final int MOST_OF_ONE = 20;

    /** In the order in which they were given, which is that in which they expire. */
    @GuardedBy("lock") private final Map<String, Held> held = new LinkedHashMap<>();

    /** By session, those of each in the same order. */
    @GuardedBy("lock") private final Map<String, Set<String>> bySession = new HashMap<>();

    private final @Nullable Tokens tokens;

    /** None yet. */
    public Tickets(Clock clock) {
        this(clock, null);
    }

    /**
     * None yet.
     *
     * @param tokens signs tickets, so that they are good on other servers over the same store too, which sees to it that
     *     each is used once ({@link Arrivals}); null where there are no others: then they are in memory
     */
    public Tickets(Clock clock, @Nullable Tokens tokens) {
        this.clock = clock;
        this.tokens = tokens;
    }

    /**
     * A ticket.
     *
     * @param expiresAt milliseconds since the Unix epoch
     */
    public record Issued(String ticket, long expiresAt) {
        /** Without the ticket, for logs. */
        @Override
        public String toString() {
            return "Issued[" + expiresAt + "]";
        }
    }

    /** A ticket for whoever has this pass; of those they have and did not use, the oldest may go for it. */
    public Issued issue(Pass pass) throws AccountException {
        if (tokens != null) {
            return tokens.issueTicket(pass, SessionSecret.makeKey(random), LIFETIME);
        }
        String ticket = SessionSecret.make(random).reveal();
        long now = clock.millis();
        synchronized (lock) {
            forgetUntil(now);
            Set<String> own = bySession.getOrDefault(pass.session(), Set.of());
            if (own.size() >= MOST_OF_ONE) {
                remove(own.iterator().next());
            }
            if (held.size() >= MOST) {
                throw new AccountException(
                        Reason.BUSY, "Too many tickets are not used yet; try again.", LIFETIME.toMillis());
            }
            held.put(ticket, new Held(pass, now + LIFETIME.toMillis()));
            bySession
                    .computeIfAbsent(pass.session(), session -> new LinkedHashSet<>())
                    .add(ticket);
        }
        return new Issued(ticket, now + LIFETIME.toMillis());
    }

    @GuardedBy("lock") private void forgetUntil(long now) {
        while (!held.isEmpty()) {
            Map.Entry<String, Held> oldest = held.entrySet().iterator().next();
            if (oldest.getValue().expiresAt() > now) {
                return;
            }
            remove(oldest.getKey());
        }
    }

    @GuardedBy("lock") private @Nullable Held remove(String ticket) {
        Held removed = held.remove(ticket);
        if (removed != null) {
            bySession.computeIfPresent(removed.pass().session(), (session, own) -> {
                own.remove(ticket);
                return own.isEmpty() ? null : own;
            });
        }
        return removed;
    }

    /** The store says that this one was not used before: it is good here, once. */
    void bring(Tokens.Ticket ticket) {
        long now = clock.millis();
        synchronized (lock) {
            forgetUntil(now);
            held.put(ticket.ticket(), new Held(ticket.pass(), now + LIFETIME.toMillis()));
        }
    }

    /** Uses a ticket up; null when it was never given, was used, or is too old. */
    @Nullable Pass redeem(String ticket) {
        synchronized (lock) {
            Held pass = remove(ticket);
            return pass == null || pass.expiresAt() <= clock.millis() ? null : pass.pass();
        }
    }
}
