package chat.parley.identity;

import chat.parley.config.Settings;
import chat.parley.identity.Entry.Entered;
import chat.parley.identity.Entry.NotSignedIn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ways in, in their order: the first that something was brought for decides. Thread-safe; nothing here waits.
 */
public final class Entrance {

    private final People people;
    private final Guests guests;
    private final Tokens tokens;
    private final Tickets tickets;
    private final ExternalEntrance external;
    private final Settings.Auth settings;
    private final List<WayIn> ways;

    /** The ways that the settings leave open. */
    public Entrance(
            Settings.Auth settings,
            People people,
            Guests guests,
            Tokens tokens,
            Tickets tickets,
            ExternalEntrance external) {
        this.people = people;
        this.guests = guests;
        this.tokens = tokens;
        this.tickets = tickets;
        this.external = external;
        this.settings = settings;
        List<WayIn> open = new ArrayList<>();
        open.add(external::byContainer);
        open.add(external::byBearer);
        open.add(settings.tokens() ? this::byBearer : this::refuseBearer);
        if (settings.cookies()) {
            open.add(this::byCookie);
        }
        open.add(settings.tickets() ? this::byTicket : this::refuseTicket);
        open.add(settings.guests() ? this::asGuest : credentials -> new NotSignedIn("sign in first"));
        this.ways = List.copyOf(open);
    }

    /** Lets somebody in, or says why not. */
    public Entry enter(Credentials credentials) {
        for (WayIn way : ways) {
            Entry entry = way.enter(credentials);
            if (entry != null) {
                return entry;
            }
        }
        throw new IllegalStateException("the last way always answers");
    }

    /** Whose session this is, by any way of a request; null when there is none. Of Parley's own ways also those switched off. */
    public @Nullable Pass session(Credentials credentials) {
        return show(credentials) instanceof Entered entered ? entered.pass() : null;
    }

    /** As {@link #session}, but says what is wrong; null when nothing was brought. */
    public @Nullable Entry show(Credentials credentials) {
        Entry entry = external.byContainer(credentials);
        if (entry == null) {
            entry = external.byBearer(credentials);
        }
        if (entry == null && (credentials.bearer() != null || credentials.cookie() != null)) {
            entry = entered(ownSession(credentials));
        }
        return entry;
    }

    /** Whose session this is, if it is one that Parley began; null when there is none. Whatever way in is switched off. */
    public @Nullable Pass ownSession(Credentials credentials) {
        String bearer = credentials.bearer();
        if (bearer != null) {
            return byBearerText(bearer);
        }
        String cookie = credentials.cookie();
        return cookie == null ? null : allowed(people.bySecret(cookie));
    }

    /** Whom a cookie was once given to, who may be nobody any more; it proves nothing. Null when it is none of ours. */
    public static @Nullable String keyOf(@Nullable String cookie) {
        SessionSecret secret = SessionSecret.parse(cookie);
        return secret == null ? null : secret.key();
    }

    /** Whose token it is, and until when, or why it is nobody's. Whatever way in is switched off. */
    public Entry token(String token) {
        Entry entry = external.byToken(token);
        return entry == null ? entered(own(token)) : entry;
    }

    private @Nullable Pass own(String token) {
        Pass pass = tokens.read(token);
        return pass == null || allowed(people.current(pass)) == null ? null : pass;
    }

    /** Whether somebody who came in may still be here. */
    public boolean isOpen(Pass pass) {
        return people.current(pass) != null;
    }

    private @Nullable Entry byBearer(Credentials credentials) {
        String bearer = credentials.bearer();
        if (bearer == null) {
            return null;
        }
        Pass pass = byBearerText(bearer);
        return pass == null ? new NotSignedIn("this token is over, or is none of ours") : new Entered(pass, null);
    }

    private @Nullable Entry refuseBearer(Credentials credentials) {
        return credentials.bearer() == null ? null : new NotSignedIn("tokens are not taken here");
    }

    /** A cookie comes by itself: one that is over is no answer to somebody who says otherwise who they are. */
    private @Nullable Entry byCookie(Credentials credentials) {
        String cookie = credentials.cookie();
        if (cookie == null) {
            return null;
        }
        Pass pass = allowed(people.bySecret(cookie));
        if (pass == null && credentials.hasQuery()) {
            return null;
        }
        return entered(pass);
    }

    private @Nullable Entry byTicket(Credentials credentials) {
        String ticket = credentials.ticket();
        if (ticket == null) {
            return null;
        }
        Pass pass = tickets.redeem(ticket);
        return pass == null || allowed(people.current(pass)) == null
                ? new NotSignedIn("this ticket was used, is over, or is none")
                : new Entered(pass, null);
    }

    private @Nullable Entry refuseTicket(Credentials credentials) {
        return credentials.ticket() == null ? null : new NotSignedIn("tickets are not taken here");
    }

    private Entry asGuest(Credentials credentials) {
        GuestAdmission admission = guests.admit(credentials.name(), credentials.session(), credentials.address());
        if (admission instanceof GuestAdmission.BadName bad) {
            return new Entry.BadName(bad.why());
        }
        if (admission instanceof GuestAdmission.Admitted guest) {
            return new Entered(new Pass(guest.identity(), guest.identity().key(), null), guest.session());
        }
        return admission instanceof GuestAdmission.TooManyNames ? new Entry.TooManyNames() : new Entry.NameTaken();
    }

    /** The text is a token, or the secret of a session. */
    private @Nullable Pass byBearerText(String bearer) {
        return bearer.indexOf('.') == bearer.lastIndexOf('.') ? allowed(people.bySecret(bearer)) : own(bearer);
    }

    /** No guest comes in where guests do not, however the session is shown. */
    private @Nullable Pass allowed(@Nullable Pass pass) {
        return pass != null && pass.identity().guest() && !settings.guests() ? null : pass;
    }

    private static Entry entered(@Nullable Pass pass) {
        return pass == null ? new NotSignedIn("the session is over") : new Entered(pass, null);
    }
}
