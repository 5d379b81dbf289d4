package chat.parley.identity;

import chat.parley.identity.AccountException.Reason;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tickets: each opens one connection, once, within half a minute, for those who cannot set a header and should not put
 * what lasts into an address. In memory: who held one when the server stopped gets another. Thread-safe.
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

    /** In the order in which they were given, which is that in which they expire. */
    @GuardedBy("lock") private final Map<String, Held> held = new LinkedHashMap<>();

    /** None yet. */
    public Tickets(Clock clock) {
        this.clock = clock;
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

    /** A ticket for whoever has this pass. */
    public Issued issue(Pass pass) throws AccountException {
        String ticket = SessionSecret.make(random).reveal();
        long now = clock.millis();
        synchronized (lock) {
            for (Iterator<Held> oldest = held.values().iterator(); oldest.hasNext(); ) {
                if (oldest.next().expiresAt() > now) {
                    break;
                }
                oldest.remove();
            }
            if (held.size() >= MOST) {
                throw new AccountException(
                        Reason.BUSY, "Too many tickets are not used yet; try again.", LIFETIME.toMillis());
            }
            held.put(ticket, new Held(pass, now + LIFETIME.toMillis()));
        }
        return new Issued(ticket, now + LIFETIME.toMillis());
    }

    /** Uses a ticket up; null when it was never given, was used, or is too old. */
    @Nullable Pass redeem(String ticket) {
        synchronized (lock) {
            Held pass = held.remove(ticket);
            return pass == null || pass.expiresAt() <= clock.millis() ? null : pass.pass();
        }
    }
}
