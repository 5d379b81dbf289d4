package chat.parley.http;

import chat.parley.Parley;
import chat.parley.identity.AccountException;
import chat.parley.identity.AccountException.Reason;
import chat.parley.identity.Accounts;
import chat.parley.identity.Entrance;
import chat.parley.identity.Entry;
import chat.parley.identity.GuestAdmission;
import chat.parley.identity.Guests;
import chat.parley.identity.Pass;
import chat.parley.identity.SignedIn;
import chat.parley.identity.Tickets;
import chat.parley.identity.Tokens;
import chat.parley.moderation.BannedException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Signing up, in and out, over HTTP. Public for the sake of its records, which JSON-B reads and writes. */
public final class IdentityRoutes {

    /** What signs up or in; without a password it is a guest. The code opens a sign-up under an admin's name. */
    public record Credentials(
            @Nullable String name,
            @Nullable String password,
            @Nullable String code) {
        /** Without the secrets, for logs. */
        @Override
        public String toString() {
            return "Credentials[" + name + "]";
        }
    }

    /** The password there is, and the one there shall be. */
    public record NewPassword(
            @Nullable String password, @Nullable String newPassword) {
        /** Without the secrets, for logs. */
        @Override
        public String toString() {
            return "NewPassword[]";
        }
    }

    /** The password there is. */
    public record Password(@Nullable String password) {
        /** Without the secrets, for logs. */
        @Override
        public String toString() {
            return "Password[]";
        }
    }

    /**
     * Who somebody is.
     *
     * @param expiresAt milliseconds since the Unix epoch when the session ends; null when it does not by itself
     * @param token good for a connection, and for renewing one; null for somebody whom somebody else vouches for, who has
     *     tokens of their own
     * @param tokenExpiresAt milliseconds since the Unix epoch
     */
    public record Session(
            String name,
            boolean guest,
            @Nullable Long expiresAt,
            @Nullable String token,
            @Nullable Long tokenExpiresAt) {
        /** Without the secrets, for logs. */
        @Override
        public String toString() {
            return "Session[" + name + "]";
        }
    }

    /**
     * Which ways in the page may offer, and who is in already.
     *
     * @param guests whether a name is enough
     * @param signIn whether people with an account can come in
     * @param signUp whether an account can be made
     * @param session who the session is of; null when there is none, or when it would open no connection
     */
    public record Ways(
            boolean guests,
            boolean signIn,
            boolean signUp,
            @Nullable Who session) {}

    /**
     * Whose session it is, without anything that opens a connection.
     *
     * @param external true for somebody whom somebody else vouches for: no account here to change; null for others
     * @param expiresAt milliseconds since the Unix epoch when the session ends; null when it does not by itself
     */
    public record Who(
            String name,
            boolean guest,
            @Nullable Boolean external,
            @Nullable Long expiresAt) {}

    /**
     * A ticket.
     *
     * @param expiresAt milliseconds since the Unix epoch
     */
    public record Ticket(String ticket, long expiresAt) {
        /** Without the secrets, for logs. */
        @Override
        public String toString() {
            return "Ticket[" + expiresAt + "]";
        }
    }

    private static final long RETRY_MILLIS = 1_000;

    private final boolean guestsMayCome;
    private final boolean accountsAreMade;
    private final boolean cookiesOpen;
    private final Accounts accounts;
    private final Guests guests;
    private final Entrance entrance;
    private final Tokens tokens;
    private final Tickets tickets;
    private final BanGate gate;
    private final Clock clock;

    IdentityRoutes(Parley parley, Clock clock) {
        this.guestsMayCome = parley.settings().auth().guests();
        this.accountsAreMade = parley.settings().auth().signUp();
        this.cookiesOpen = parley.settings().auth().cookies();
        this.accounts = parley.accounts();
        this.guests = parley.guests();
        this.entrance = parley.entrance();
        this.tokens = parley.tokens();
        this.tickets = parley.tickets();
        this.gate = new BanGate(parley.bans(), entrance, parley.people());
        this.clock = clock;
    }

    List<Route<?>> all() {
        return List.of(
                new Route<>("GET", "/ways", null, gate.guarded(this::ways)),
                new Route<>("POST", "/users", Credentials.class, gate.guarded(this::signUp)),
                new Route<>("DELETE", "/users/me", Password.class, this::delete),
                new Route<>("POST", "/session", Credentials.class, gate.guarded(this::signIn)),
                new Route<>("GET", "/session", null, gate.guarded(this::who)),
                new Route<>("DELETE", "/session", null, this::signOut),
                new Route<>("POST", "/session/password", NewPassword.class, gate.guarded(this::changePassword)),
                new Route<>("POST", "/tickets", Route.Nothing.class, gate.guarded(this::ticket)));
    }

    /** The page comes in by its cookie: where cookies open nothing, it has no way to offer. Others come in without it. */
    private CompletionStage<Reply> ways(ApiRequest<Route.Nothing> request) {
        Pass pass = entrance.session(request.credentials());
        boolean isExternal = pass != null && pass.identity().isExternal();
        Who who = pass == null || (!cookiesOpen && !isExternal)
                ? null
                : new Who(
                        pass.identity().name().value(),
                        pass.identity().guest(),
                        isExternal ? Boolean.TRUE : null,
                        pass.expiresAt());
        Ways ways = new Ways(cookiesOpen && guestsMayCome, cookiesOpen, cookiesOpen && accountsAreMade, who);
        return CompletableFuture.completedFuture(Reply.of(200, ways));
    }

    private CompletionStage<Reply> signUp(ApiRequest<Credentials> request) {
        Credentials asked = request.body();
        try {
            gate.checkName(asked.name());
        } catch (BannedException e) {
            return CompletableFuture.failedFuture(e);
        }
        Pass before = entrance.ownSession(request.credentials());
        return accounts.signUp(text(asked.name()), text(asked.password()), asked.code(), before, request.address())
                .thenCompose(signedIn -> {
                    Reply reply = session(201, signedIn);
                    return before == null || before.identity().guest()
                            ? CompletableFuture.completedFuture(reply)
                            : accounts.signOut(before).thenApply(done -> reply);
                });
    }

    private CompletionStage<Reply> signIn(ApiRequest<Credentials> request) {
        Credentials asked = request.body();
        if (asked.password() == null) {
            return asGuest(request);
        }
        Pass before = entrance.ownSession(request.credentials());
        return accounts.signIn(text(asked.name()), asked.password(), request.address())
                .thenCompose(signedIn -> {
                    try {
                        gate.check(signedIn.pass().identity());
                    } catch (BannedException e) {
                        return accounts.signOut(signedIn.pass()).thenCompose(done -> CompletableFuture.failedFuture(e));
                    }
                    Reply reply = session(200, signedIn);
                    return before == null
                            ? CompletableFuture.completedFuture(reply)
                            : accounts.signOut(before).thenApply(done -> reply);
                });
    }

    private CompletionStage<Reply> asGuest(ApiRequest<Credentials> request) {
        if (!guestsMayCome) {
            return refused(Reason.SWITCHED_OFF, "Nobody comes in without an account here.");
        }
        try {
            gate.checkName(request.body().name());
        } catch (BannedException e) {
            return CompletableFuture.failedFuture(e);
        }
        GuestAdmission admission =
                guests.admit(request.body().name(), request.credentials().cookie(), request.address());
        if (admission instanceof GuestAdmission.BadName bad) {
            return refused(Reason.BAD_NAME, bad.why());
        }
        if (admission instanceof GuestAdmission.TooManyNames) {
            return refused(
                    Reason.TOO_MANY_NAMES, "There are too many guests from this address; sign up, or come later.");
        }
        if (!(admission instanceof GuestAdmission.Admitted guest)) {
            return refused(Reason.NAME_TAKEN, "Somebody has this name, or one that looks like it.");
        }
        Pass pass = new Pass(guest.identity(), guest.identity().key(), null);
        Reply reply = session(200, new SignedIn(pass, guest.session()));
        Pass before = entrance.ownSession(request.credentials());
        return before == null || before.session().equals(pass.session())
                ? CompletableFuture.completedFuture(reply)
                : accounts.signOut(before).thenApply(done -> reply);
    }

    private CompletionStage<Reply> who(ApiRequest<Route.Nothing> request) {
        try {
            return CompletableFuture.completedFuture(Reply.of(200, session(signedIn(request))));
        } catch (AccountException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Fine also without a session: a cookie that is over has to go too. */
    private CompletionStage<Reply> signOut(ApiRequest<Route.Nothing> request) {
        Pass pass = entrance.session(request.credentials());
        Pass own = entrance.ownSession(request.credentials()); // the application server may name somebody besides
        CompletionStage<Boolean> done = CompletableFuture.completedFuture(true);
        if (pass != null) {
            done = accounts.signOut(pass);
        }
        if (own != null && !own.equals(pass)) {
            done = done.thenCompose(before -> accounts.signOut(own));
        }
        return done.thenApply(both -> Reply.signedOut());
    }

    private CompletionStage<Reply> changePassword(ApiRequest<NewPassword> request) {
        Pass pass = entrance.session(request.credentials());
        if (pass == null) {
            return notSignedIn();
        }
        NewPassword asked = request.body();
        return accounts.changePassword(pass, text(asked.password()), text(asked.newPassword()), request.address())
                .thenApply(signedIn -> session(200, signedIn));
    }

    private CompletionStage<Reply> delete(ApiRequest<Password> request) {
        Pass pass = entrance.session(request.credentials());
        return pass == null
                ? notSignedIn()
                : accounts.delete(pass, text(request.body().password()), request.address())
                        .thenApply(done -> Reply.signedOut());
    }

    private CompletionStage<Reply> ticket(ApiRequest<Route.Nothing> request) {
        try {
            Tickets.Issued issued = tickets.issue(signedIn(request));
            return CompletableFuture.completedFuture(Reply.of(201, new Ticket(issued.ticket(), issued.expiresAt())));
        } catch (AccountException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Reply session(int status, SignedIn signedIn) {
        Long end = signedIn.pass().expiresAt();
        int seconds = end == null ? -1 : (int) Math.min(Integer.MAX_VALUE, (end - clock.millis()) / 1_000);
        return new Reply(status, session(signedIn.pass()), signedIn.secret(), seconds);
    }

    private Session session(Pass pass) {
        if (pass.identity().isExternal()) {
            return new Session(pass.identity().name().value(), false, pass.expiresAt(), null, null);
        }
        Tokens.Issued issued = tokens.issue(pass);
        return new Session(
                pass.identity().name().value(),
                pass.identity().guest(),
                pass.expiresAt(),
                issued.token(),
                issued.expiresAt());
    }

    /** Who asks, or why nobody does. */
    private Pass signedIn(ApiRequest<?> request) throws AccountException {
        Entry entry = entrance.show(request.credentials());
        if (entry instanceof Entry.Entered entered) {
            return entered.pass();
        }
        if (entry instanceof Entry.BadName bad) {
            throw new AccountException(Reason.BAD_NAME, bad.why());
        }
        if (entry instanceof Entry.NameTaken) {
            throw new AccountException(Reason.NAME_TAKEN, "Somebody has your name here, or one that looks like it.");
        }
        if (entry instanceof Entry.NameLeaving) {
            throw new AccountException(
                    Reason.NAME_TAKEN, "A guest who had your name is going; try again.", RETRY_MILLIS);
        }
        if (entry instanceof Entry.TryLater later) {
            throw new AccountException(Reason.BUSY, later.why(), RETRY_MILLIS);
        }
        String why = entry instanceof Entry.NotSignedIn not ? "Sign in first: " + not.why() + "." : "Sign in first.";
        throw new AccountException(Reason.NOT_SIGNED_IN, why);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static CompletionStage<Reply> notSignedIn() {
        return refused(Reason.NOT_SIGNED_IN, "Sign in first.");
    }

    private static CompletionStage<Reply> refused(Reason reason, String why) {
        return CompletableFuture.failedFuture(new AccountException(reason, why));
    }
}
