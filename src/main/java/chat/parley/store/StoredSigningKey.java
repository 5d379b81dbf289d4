package chat.parley.store;

import org.jspecify.annotations.Nullable;

/**
 * What short tokens are signed with.
 *
 * @param id names it in a token; not a secret
 * @param secret the key; in the store it is wrapped. Not changed by anybody
 * @param created milliseconds since the Unix epoch
 * @param retired milliseconds since the Unix epoch when another one took its place; null while it signs
 */
public record StoredSigningKey(
        String id, byte[] secret, long created, @Nullable Long retired) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "StoredSigningKey[" + id + "]";
    }
}
