package chat.parley.identity;

import java.util.Comparator;

/** One guest in the book. Its fields that change are guarded by the book's lock. */
final class Guest {
    /** Whose name becomes free first stands first. */
    static final Comparator<Guest> BY_END =
            Comparator.comparingLong((Guest guest) -> guest.freeAt).thenComparing(guest -> guest.identity.key());

    final Identity identity;
    final String look;
    final byte[] secretHash;

    /** Open connections. */
    int connections;

    /**
     * Milliseconds since the Unix epoch from which the name is free again; means nothing while a connection is open.
     */
    long freeAt;

    /** Signed out, or has an account now: may not come back, and is still here only until the last connection closes. */
    boolean ended;

    Guest(Identity identity, String look, byte[] secretHash) {
        this.identity = identity;
        this.look = look;
        this.secretHash = secretHash;
    }
}
