package chat.parley.store;

import org.jspecify.annotations.Nullable;

/**
 * A ban of a user, or else of a network.
 *
 * @param id given by the store, rising, never twice; 0 while it is not stored
 * @param userKey as in {@link Author#key}; null when it is of a network
 * @param userName null when it is of a network
 * @param guest whether the user is a guest
 * @param network in CIDR notation; null when it is of a user
 * @param reason for the banned to read
 * @param created milliseconds since the Unix epoch
 * @param until milliseconds since the Unix epoch; null for no end
 * @param by the name of the admin
 */
public record StoredBan(
        long id,
        @Nullable String userKey,
        @Nullable String userName,
        boolean guest,
        @Nullable String network,
        String reason,
        long created,
        @Nullable Long until,
        String by) {
    /** Checks that it is of one of the two. */
    public StoredBan {
        if ((userKey == null) == (network == null) || (userKey == null) != (userName == null)) {
            throw new IllegalArgumentException("a ban is of a user or of a network");
        }
    }

    StoredBan withId(long given) {
        return new StoredBan(given, userKey, userName, guest, network, reason, created, until, by);
    }

    /** Whether both are of the same user, or of the same network. */
    boolean isOfSame(StoredBan other) {
        return userKey != null
                ? userKey.equals(other.userKey)
                : String.valueOf(network).equals(other.network);
    }
}
