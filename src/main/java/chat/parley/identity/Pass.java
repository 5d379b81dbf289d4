package chat.parley.identity;

import org.jspecify.annotations.Nullable;

/**
 * What somebody comes in with: who they are, by which session, and for how long.
 *
 * @param session the key of the session, which finds it and is no secret; of a guest it is the guest's own key
 * @param expiresAt milliseconds since the Unix epoch when it ends unless it is renewed; null for never
 */
public record Pass(
        Identity identity, String session, @Nullable Long expiresAt) {

    /** The same with another end. */
    public Pass until(@Nullable Long expiresAt) {
        return new Pass(identity, session, expiresAt);
    }
}
