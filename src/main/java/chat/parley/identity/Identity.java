package chat.parley.identity;

import chat.parley.protocol.UserName;

/**
 * Somebody, on however many connections.
 *
 * @param key stable and never used for anybody else, so that it can stand for the person in stored messages and in
 *     presence; not a secret; at most 64 characters of ASCII
 * @param name what others see
 * @param guest whether the name is only lent, not owned by an account
 */
public record Identity(String key, UserName name, boolean guest) {
    /** What the key of somebody begins with whom somebody else vouches for; no guest's and no account's does. */
    static final String EXTERNAL = "x.";

    /** Checks the key. */
    public Identity {
        if (key.isEmpty() || key.length() > 64) {
            throw new IllegalArgumentException("a key has 1 to 64 characters");
        }
    }

    /** Whether somebody else vouches for them: the application server, or a token of another user system. */
    public boolean isExternal() {
        return key.startsWith(EXTERNAL);
    }
}
