package chat.parley.store;

/**
 * A session of an account.
 *
 * @param key finds it; not a secret
 * @param secretHash what proves it; not the secret itself. Not changed by anybody
 * @param accountKey whose it is
 * @param created milliseconds since the Unix epoch
 * @param expires milliseconds since the Unix epoch
 */
public record StoredSession(String key, byte[] secretHash, String accountKey, long created, long expires) {
    /** Without the hash. */
    @Override
    public String toString() {
        return "StoredSession[" + key + ", " + accountKey + "]";
    }
}
