package chat.parley.store;

import org.jspecify.annotations.Nullable;

/**
 * A guest who may come back.
 *
 * @param key as in {@link Author#key}
 * @param secretHash what proves them; not the secret itself. Not changed by anybody
 * @param lastSeen milliseconds since the Unix epoch when their last connection closed; null while one is open
 */
public record GuestSession(
        String key,
        String name,
        byte[] secretHash,
        @Nullable Long lastSeen) {}
