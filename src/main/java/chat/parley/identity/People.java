package chat.parley.identity;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who can be here, with an account or without: whose session it is, and how many connections they have.
 * Thread-safe; nothing here waits.
 */
public final class People {

    private final Guests guests;
    private final Sessions sessions;
    private final ExternalPeople external;
    private final ConcurrentMap<String, Integer> connections = new ConcurrentHashMap<>();

    /** Guests, those who are signed in, and those from elsewhere. */
    public People(Guests guests, Sessions sessions, ExternalPeople external) {
        this.guests = guests;
        this.sessions = sessions;
        this.external = external;
    }

    /** Whose session a secret opens, an account's or a guest's; null when it opens none. */
    @Nullable Pass bySecret(String text) {
        SessionSecret secret = SessionSecret.parse(text);
        if (secret == null) {
            return null;
        }
        Pass pass = sessions.find(secret);
        if (pass != null) {
            return pass;
        }
        Identity guest = guests.known(text);
        return guest == null ? null : new Pass(guest, guest.key(), null);
    }

    /**
     * The session that a pass was made of, as it is now; null when it is over, or somebody else's. Of somebody from elsewhere
     * the pass is the session: it ends when its time is over.
     */
    public @Nullable Pass current(Pass pass) {
        if (pass.identity().isExternal()) {
            return external.current(pass);
        }
        if (pass.identity().guest()) {
            Identity guest = guests.byKey(pass.session());
            return guest == null || !guest.equals(pass.identity()) ? null : new Pass(guest, guest.key(), null);
        }
        Pass session = sessions.byKey(pass.session());
        return session == null || !session.identity().equals(pass.identity()) ? null : session;
    }

    /** Somebody was let in and may not stay: a guest leaves no name behind, which nobody else could have meanwhile. */
    public void sentAway(Identity identity) {
        if (identity.guest()) {
            guests.end(identity.key());
        }
    }

    /**
     * Counts a connection in, unless there are as many as may be.
     *
     * @param max how many connections they may have, this one included; 0 for no limit
     * @return false if there are too many, or they may not come any more; nothing was counted then
     */
    public boolean tryOpen(Identity identity, int max) {
        if (identity.guest()) {
            return guests.tryOpen(identity, max);
        }
        int limit = max == 0 ? Integer.MAX_VALUE : max;
        boolean[] counted = new boolean[1];
        connections.compute(identity.key(), (key, open) -> {
            int before = open == null ? 0 : open;
            counted[0] = before < limit;
            return counted[0] ? Integer.valueOf(before + 1) : open;
        });
        return counted[0];
    }

    /** Counts a connection out. */
    public void closed(Identity identity) {
        if (identity.guest()) {
            guests.closed(identity);
        } else {
            connections.computeIfPresent(identity.key(), (key, open) -> open == 1 ? null : open - 1);
        }
    }
}
