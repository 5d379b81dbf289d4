package chat.parley.store;

/**
 * A name of somebody whom another system vouches for. Who was renamed there has several.
 *
 * @param skeleton what the name looks like
 * @param name in canonical form
 * @param key as in {@link Author#key}
 * @param since milliseconds since the Unix epoch when they came under this name for the first time
 */
public record StoredExternalUser(String skeleton, String name, String key, long since) {}
