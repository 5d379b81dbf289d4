package chat.parley.identity;

import chat.parley.store.GuestClaims;
import chat.parley.store.GuestSession;
import chat.parley.store.StoreException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds the names of the guests who are connected to this server, where several share the store: it puts off the time at
 * which they would be free, and has those give way who lost theirs, because this server was away for longer. The writer's
 * thread, and before that the one that starts it.
 */
public final class Leases {

    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final int MOST_AT_ONCE = 2_000;

    private final Guests guests;
    private final GuestClaims claims;
    private final Endings endings;

    /** The names of those guests. */
    public Leases(Guests guests, GuestClaims claims, Endings endings) {
        this.guests = guests;
        this.claims = claims;
        this.endings = endings;
    }

    /** How often names are to be held: seldom, since each time a row of every guest is written anew. */
    public static Duration period(Duration reserve) {
        Duration half = reserve.dividedBy(2);
        return half.compareTo(SHORTEST) < 0 ? SHORTEST : half.compareTo(LONGEST) > 0 ? LONGEST : half;
    }

    /** Holds all names; whose name is another's by now gives way. */
    public void hold() throws StoreException {
        List<GuestSession> here = guests.here();
        for (int from = 0; from < here.size(); from += MOST_AT_ONCE) {
            hold(here.subList(from, Math.min(here.size(), from + MOST_AT_ONCE)));
        }
    }

    /** Ends guests who were ended on another server. */
    public void ended(Collection<String> keys) {
        for (String key : keys) {
            if (guests.endedElsewhere(key)) {
                endings.allEnded(key);
            }
        }
    }

    private void hold(List<GuestSession> here) throws StoreException {
        Set<String> missing = new HashSet<>();
        here.forEach(guest -> missing.add(guest.key()));
        missing.removeAll(claims.hold(List.copyOf(missing)));
        for (GuestSession guest : here) {
            // Who left while this was asked has gone in order.
            if (missing.contains(guest.key()) && guests.endedElsewhere(guest.key())) {
                endings.gaveWay(guest.key());
            }
        }
    }
}
