package chat.parley.identity;

import chat.parley.config.Settings;
import chat.parley.protocol.BadNameException;
import chat.parley.protocol.UserName;
import chat.parley.store.ChangeFeed;
import chat.parley.store.GuestClaims;
import chat.parley.store.GuestSession;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Brings into memory what somebody who comes may have been given by another server over the same store a moment ago, before
 * the {@link Entrance} looks at them: their session, the guest they are, the ticket they hold; and gets a guest the name.
 * Where the store is of one server alone everything is in memory already, and nothing happens.
 *
 * <p>Any thread may ask; nothing waits. Stages complete on threads of the store, dependents must not block; they fail with a
 * {@link chat.parley.store.StoreException} when the store does not say in time: then nobody knows who it is.
 */
public final class Arrivals {

    /** So many guesses are wrong in a row only when nearly all made-up names are taken. */
    private static final int MAX_GUESSES = 20;

    private final Settings.Auth settings;
    private final Sessions sessions;
    private final Guests guests;
    private final People people;
    private final ExternalPeople external;
    private final Tokens tokens;
    private final Tickets tickets;
    private final ChangeFeed changes;
    private final @Nullable ArrivalBatch batch;
    private final SecureRandom random = new SecureRandom();

    /** What was brought, as far as it is not in memory. */
    private static final class Unknown {
        private final Set<String> keys = new HashSet<>();
        private final Map<String, Long> tickets = new HashMap<>();
        private Tokens.@Nullable Ticket ticket;

        /** Whose the token or the ticket is cannot be told before the key is known. */
        private boolean isOfUnknownKey;

        /** A change that was not heard of yet may tell. */
        private boolean isPerhapsNews;
    }

    /**
     * The arrivals of a server.
     *
     * @param batch asks the store; null when it is of this server alone
     */
    public Arrivals(
            Settings.Auth settings,
            Sessions sessions,
            Guests guests,
            People people,
            ExternalPeople external,
            Tokens tokens,
            Tickets tickets,
            ChangeFeed changes,
            @Nullable ArrivalBatch batch) {
        this.settings = settings;
        this.sessions = sessions;
        this.guests = guests;
        this.people = people;
        this.external = external;
        this.tokens = tokens;
        this.tickets = tickets;
        this.changes = changes;
        this.batch = batch;
    }

    /** Whether anything has to be brought; else every stage is complete at once. */
    public boolean areNeeded() {
        return batch != null;
    }

    /** What the entrance is to be shown of somebody who opens a connection. */
    public CompletionStage<Credentials> connecting(Credentials brought) {
        return batch == null
                ? CompletableFuture.completedStage(brought)
                : known(batch, brought)
                        .thenCompose(known -> comesAsGuest(brought)
                                ? asGuest(batch, brought)
                                : CompletableFuture.completedStage(brought));
    }

    /** Completes when it is in memory what the session is that somebody shows. */
    public CompletionStage<Boolean> showing(Credentials brought) {
        return batch == null ? CompletableFuture.completedStage(true) : known(batch, brought);
    }

    /** Completes when it is in memory what a token is good for. */
    public CompletionStage<Boolean> renewing(String token) {
        return showing(new Credentials(null, token, null, null, null, null, ""));
    }

    /**
     * The secret by which somebody comes back as a guest, or is a new one of that name; what was brought when there is
     * nothing to be had.
     */
    public CompletionStage<Credentials> asGuest(Credentials brought) {
        return batch == null
                ? CompletableFuture.completedStage(brought)
                : known(batch, brought).thenCompose(known -> asGuest(batch, brought));
    }

    // ---- who was here before

    private CompletionStage<Boolean> known(ArrivalBatch batch, Credentials brought) {
        Unknown unknown = unknown(brought);
        if (unknown.isOfUnknownKey) {
            return changes.catchUp().thenCompose(done -> known(batch, unknown(brought)));
        }
        return known(batch, unknown);
    }

    private CompletionStage<Boolean> known(ArrivalBatch batch, Unknown unknown) {
        if (unknown.keys.isEmpty() && unknown.tickets.isEmpty()) {
            return unknown.isPerhapsNews ? changes.catchUp() : CompletableFuture.completedStage(true);
        }
        return batch.ask(unknown.keys, null, unknown.tickets).thenCompose(answer -> take(unknown, answer));
    }

    private CompletionStage<Boolean> take(Unknown unknown, GuestClaims.Answer answer) {
        boolean isPerhapsNews = unknown.isPerhapsNews;
        for (String key : unknown.keys) {
            GuestSession guest = answer.known().get(key);
            if (guest == null) {
                guests.isGone(key);
                isPerhapsNews = true; // it may be the session of an account
            } else {
                guests.isBack(guest);
            }
        }
        Tokens.Ticket ticket = unknown.ticket;
        if (ticket != null && answer.redeemed().remove(ticket.id())) {
            if (ticket.pass().identity().isExternal()) {
                external.vouchedFor(ticket.pass().identity());
            }
            tickets.bring(ticket);
        }
        return isPerhapsNews ? changes.catchUp() : CompletableFuture.completedStage(true);
    }

    private Unknown unknown(Credentials brought) {
        Unknown unknown = new Unknown();
        String bearer = brought.bearer();
        if (bearer != null && bearer.indexOf('.') != bearer.lastIndexOf('.')) {
            Pass pass = tokens.read(bearer);
            if (pass != null) {
                session(pass.session(), pass.identity().guest(), unknown);
            } else {
                unknown.isOfUnknownKey = tokens.isOfUnknownKey(bearer);
            }
        } else {
            secret(bearer, unknown);
        }
        secret(brought.cookie(), unknown);
        secret(brought.session(), unknown);
        String text = brought.ticket();
        if (text != null) {
            Tokens.Ticket ticket = tokens.ticket(text);
            if (ticket != null) {
                unknown.ticket = ticket;
                unknown.tickets.put(ticket.id(), ticket.expiresAt());
                if (!ticket.pass().identity().isExternal()) {
                    session(ticket.pass().session(), ticket.pass().identity().guest(), unknown);
                }
            } else {
                unknown.isOfUnknownKey |= tokens.isOfUnknownKey(text);
            }
        }
        return unknown;
    }

    private void secret(@Nullable String text, Unknown unknown) {
        SessionSecret secret = SessionSecret.parse(text);
        if (secret != null && sessions.byKey(secret.key()) == null && !guests.isHere(secret.key())) {
            unknown.keys.add(secret.key());
        }
    }

    private void session(String key, boolean isGuest, Unknown unknown) {
        if (isGuest && !guests.isHere(key)) {
            unknown.keys.add(key);
        } else if (!isGuest && sessions.byKey(key) == null) {
            unknown.isPerhapsNews = true;
        }
    }

    // ---- guests

    /** Whether what the entrance asks last is what decides. */
    private boolean comesAsGuest(Credentials brought) {
        String cookie = brought.cookie();
        boolean isByCookie =
                settings.cookies() && cookie != null && (!brought.hasQuery() || people.bySecret(cookie) != null);
        return settings.guests()
                && brought.container() == null
                && brought.bearer() == null
                && brought.ticket() == null
                && !isByCookie;
    }

    private CompletionStage<Credentials> asGuest(ArrivalBatch batch, Credentials brought) {
        String asked = brought.name();
        UserName name = null;
        try {
            name = asked == null || asked.isEmpty() ? null : UserName.parse(asked);
        } catch (BadNameException e) {
            return CompletableFuture.completedStage(brought); // the entrance says why
        }
        if (guests.wouldComeBack(name, brought.session())) {
            return CompletableFuture.completedStage(brought);
        }
        return claim(batch, brought, name, name == null ? MAX_GUESSES : 1);
    }

    private CompletionStage<Credentials> claim(
            ArrivalBatch batch, Credentials brought, @Nullable UserName asked, int guesses) {
        UserName name = asked == null ? MadeUpNames.make(random) : asked;
        String look = name.skeleton();
        if (guesses == 0 || !guests.mayClaim(look, brought.address())) {
            return CompletableFuture.completedStage(brought);
        }
        SessionSecret secret = SessionSecret.make(random);
        GuestSession guest = new GuestSession(secret.key(), name.value(), secret.hash(), null);
        return batch.ask(Set.of(), new GuestClaims.Claim(guest, look), Map.of()).thenCompose(answer -> {
            if (!answer.claimed().contains(secret.key())) {
                return asked == null
                        ? claim(batch, brought, null, guesses - 1)
                        : CompletableFuture.completedStage(brought);
            }
            guests.claimed(guest, look, brought.address());
            return CompletableFuture.completedStage(brought.asGuest(name.value(), secret.reveal()));
        });
    }
}
