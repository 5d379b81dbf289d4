package chat.parley.store;

import org.jspecify.annotations.Nullable;

/**
 * An account, there or gone.
 *
 * @param key as in {@link Author#key}
 * @param name in canonical form
 * @param skeleton what the name looks like
 * @param passwordHash as a PHC string; empty once the account is gone
 * @param created milliseconds since the Unix epoch
 * @param tombstoned milliseconds since the Unix epoch when it was deleted; null while it is there
 */
public record StoredAccount(
        String key,
        String name,
        String skeleton,
        String passwordHash,
        long created,
        @Nullable Long tombstoned) {
    /** Without the hash of the password. */
    @Override
    public String toString() {
        return "StoredAccount[" + key + ", " + name + "]";
    }
}
