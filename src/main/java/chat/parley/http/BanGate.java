package chat.parley.http;

import chat.parley.identity.Identity;
import chat.parley.identity.Pass;
import chat.parley.identity.People;
import chat.parley.moderation.Ban;
import chat.parley.moderation.BannedException;
import chat.parley.moderation.Bans;
import chat.parley.protocol.BadNameException;
import chat.parley.protocol.UserName;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps the banned from what would let them in; leaving, and deleting an account, is open to everybody. */
final class BanGate {

    private final Bans bans;
    private final People people;

    BanGate(Bans bans, People people) {
        this.bans = bans;
        this.people = people;
    }

    /**
     * The same action, for those who are not banned: neither where they are, nor by the session they have, nor as the
     * guest they were: the ban ended that session, and they are to read why and until when.
     */
    <T> Route.Action<T> guarded(Route.Action<T> action) {
        return request -> {
            Ban ban = bans.ofAddress(request.remote());
            if (ban == null) {
                ban = of(request.caller());
            }
            return ban == null ? action.act(request) : CompletableFuture.failedFuture(new BannedException(ban));
        };
    }

    private @Nullable Ban of(Caller caller) {
        Pass pass = caller.pass();
        if (pass != null) {
            return bans.of(pass.identity());
        }
        String key = caller.cookieKey();
        return key == null ? null : bans.ofGuestKey(key);
    }

    /** Checks a name that somebody wants to have. */
    void checkName(@Nullable String name) throws BannedException {
        if (name == null) {
            return;
        }
        try {
            check(bans.ofGuestName(UserName.parse(name)));
        } catch (BadNameException e) {
            // Whoever gives names says so.
        }
    }

    /** Checks somebody who was just let in. */
    void check(Identity identity) throws BannedException {
        Ban ban = bans.of(identity);
        if (ban != null) {
            people.sentAway(identity);
        }
        check(ban);
    }

    private static void check(@Nullable Ban ban) throws BannedException {
        if (ban != null) {
            throw new BannedException(ban);
        }
    }
}
