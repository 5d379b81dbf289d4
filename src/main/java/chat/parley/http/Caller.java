package chat.parley.http;

import chat.parley.identity.Credentials;
import chat.parley.identity.Entrance;
import chat.parley.identity.Entry;
import chat.parley.identity.Pass;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: looked up when somebody wants to know, and once only, since it may be the signature of a token that has to be
 * checked. Of one request, by the thread that begins to act on it.
 */
final class Caller {

    private final Entrance entrance;
    private final Credentials credentials;
    private boolean isShown;
    private @Nullable Entry entry;
    private boolean isOwnShown;
    private @Nullable Pass ownPass;

    Caller(Entrance entrance, Credentials credentials) {
        this.entrance = entrance;
        this.credentials = credentials;
    }

    /** Whose session it is, by any way of a request, or what is wrong with what was brought; null when that is nothing. */
    @Nullable Entry entry() {
        if (!isShown) {
            entry = entrance.show(credentials);
            isShown = true;
        }
        return entry;
    }

    /** Whose session it is, by any way of a request; null when there is none. */
    @Nullable Pass pass() {
        return entry() instanceof Entry.Entered entered ? entered.pass() : null;
    }

    /** Whose session it is, if it is one that Parley began; null when there is none. */
    @Nullable Pass ownPass() {
        if (!isOwnShown) {
            ownPass = entrance.ownSession(credentials);
            isOwnShown = true;
        }
        return ownPass;
    }

    /** Whom the cookie was once given to: it may be over, and proves nothing. Null when it is none of ours. */
    @Nullable String cookieKey() {
        return Entrance.keyOf(credentials.cookie());
    }
}
