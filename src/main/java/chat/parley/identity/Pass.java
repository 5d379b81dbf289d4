package chat.parley.identity;

import org.jspecify.annotations.Nullable;

/**
 * What somebody comes in with: who they are, by which session, and for how long.
 *
 * @param session the key of the session, which finds it and is no secret; of a guest it is the guest's own key
 * @param isAdmin whether whoever vouches for them (the container, a token of another system) says that they may moderate
 *     this server
 * @param expiresAt milliseconds since the Unix epoch when it ends unless it is renewed; null for never
 */
public record Pass(
        Identity identity,
        String session,
        boolean isAdmin,
        @Nullable Long expiresAt) {

    /** Somebody of whom nobody says that they moderate. */
    public Pass(Identity identity, String session, @Nullable Long expiresAt) {
        this(identity, session, false, expiresAt);
    }

    /** The same with another end. */
    public Pass until(@Nullable Long expiresAt) {
        return new Pass(identity, session, isAdmin, expiresAt);
    }
}
