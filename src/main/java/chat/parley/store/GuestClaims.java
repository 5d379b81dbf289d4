package chat.parley.store;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Whose a guest's name is, and who comes back by what, where several servers share a store: one look is one living guest's,
 * and no account's. A name is theirs until a time that the servers which have the guest put off again and again; so those
 * of a server that is gone are free after the reserve. Times are the store's own.
 *
 * <p>Every method may wait for a network. {@link #arrive} is called by one thread at a time, any; the others by the thread
 * that appends.
 */
public interface GuestClaims {

    /** How long somebody who was let in may take to connect, at least. */
    long ADMISSION_MILLIS = 60_000;

    /** Somebody wants to be a guest of that look. */
    record Claim(GuestSession guest, String look) {}

    /**
     * What of what was asked is so.
     *
     * @param known the guests who live, by key
     * @param claimed the keys of the guests whose name is theirs now
     * @param redeemed the ids of tickets that were not used before; a set of its own
     */
    record Answer(Map<String, GuestSession> known, Set<String> claimed, Set<String> redeemed) {}

    /**
     * Looks up all who come, and keeps their names for a minute at least; claims names; uses tickets up. All of it or
     * nothing.
     *
     * @param keys of guests who may come back
     * @param tickets ids, with the time after which they open nothing, milliseconds since the Unix epoch
     */
    Answer arrive(Collection<String> keys, Collection<Claim> claims, Map<String, Long> tickets) throws StoreException;

    /** Puts the end off for guests who are connected; returns the keys of those whose names still are theirs. */
    Set<String> hold(Collection<String> keys) throws StoreException;

    /** Takes out whom the time is over of, and tickets. */
    void sweep() throws StoreException;
}
