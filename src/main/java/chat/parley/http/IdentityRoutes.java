package chat.parley.http;

import chat.parley.Parley;
import chat.parley.endpoint.Connections;
import chat.parley.identity.AccountException;
import chat.parley.identity.AccountException.Reason;
import chat.parley.identity.Accounts;
import chat.parley.identity.Arrivals;
import chat.parley.identity.Credentials;
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

/** Signing up, in and out, over HTTP. Public for the sake of its records, which JSON-B reads. */
public final class IdentityRoutes {

    /** What signs up or in; without a password it is a guest. The code opens a sign-up under an admin's name. */
    public record SignIn(
            @Nullable String name,
            @Nullable String password,
            @Nullable String code) {
        /** Without the secrets, for logs. */
        @Override
        public String toString() {
            return "SignIn[" + name + "]";
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

    private static final long RETRY_MILLIS = 1_000;

    private final boolean guestsMayCome;
    private final boolean accountsAreMade;
    private final boolean cookiesOpen;
    private final boolean isElsewhere;
    private final Accounts accounts;
    private final Guests guests;
    private final Connections connections;
    private final Tokens tokens;
    private final Tickets tickets;
    private final Arrivals arrivals;
    private final BanGate gate;
    private final Clock clock;

    IdentityRoutes(Parley parley, Clock clock) {
        this.guestsMayCome = parley.settings().auth().guests();
        this.accountsAreMade = parley.settings().auth().signUp();
        this.cookiesOpen = parley.settings().auth().cookies();
        this.isElsewhere = parley.settings().auth().external().jwt().isOn();
        this.accounts = parley.accounts();
        this.guests = parley.guests();
        this.connections = parley.connections();
        this.tokens = parley.tokens();
        this.tickets = parley.tickets();
        this.arrivals = parley.arrivals();
        this.gate = new BanGate(parley.bans(), parley.people());
        this.clock = clock;
    }

    List<Route<?>> all() {
        return List.of(
                new Route<>("GET", "/ways", null, gate.guarded(this::ways)),
                new Route<>("POST", "/users", SignIn.class, gate.guarded(this::signUp)),
                new Route<>("POST", "/users/me/deletion", Password.class, this::delete),
                new Route<>("POST", "/session", SignIn.class, gate.guarded(this::signIn)),
                new Route<>("GET", "/session", null, gate.guarded(this::who)),
                new Route<>("DELETE", "/session", null, this::signOut),
                new Route<>("POST", "/session/password", NewPassword.class, gate.guarded(this::changePassword)),
                new Route<>("POST", "/tickets", Route.Nothing.class, gate.guarded(this::ticket)));
    }

    /** The page comes in by its cookie: where cookies open nothing, it has no way to offer. Others come in without it. */
    private CompletionStage<Reply> ways(ApiRequest<Route.Nothing> request) {
        Pass pass = request.caller().pass();
        boolean isExternal = pass != null && pass.identity().isExternal();
        IdentityAnswers.Who who = pass == null || (!cookiesOpen && !isExternal)
                ? null
                : new IdentityAnswers.Who(
                        pass.identity().name().value(),
                        pass.identity().guest(),
                        isExternal ? Boolean.TRUE : null,
                        pass.expiresAt());
        boolean areAccounts = accountsAreMade || accounts.areAny();
        IdentityAnswers.Ways ways = new IdentityAnswers.Ways(
                cookiesOpen && guestsMayCome,
                cookiesOpen && areAccounts,
                cookiesOpen && accountsAreMade,
                isElsewhere ? Boolean.TRUE : null,
                connections.closed(request.address()),
                who);
        return CompletableFuture.completedFuture(Reply.of(200, ways));
    }

    private CompletionStage<Reply> signUp(ApiRequest<SignIn> request) {
        SignIn asked = request.body();
        try {
            gate.checkName(asked.name());
        } catch (BannedException e) {
            return CompletableFuture.failedFuture(e);
        }
        Pass before = request.caller().ownPass();
        return accounts.signUp(text(asked.name()), text(asked.password()), asked.code(), before, request.address())
                .thenCompose(signedIn -> {
                    Reply reply = session(201, signedIn);
                    return before == null || before.identity().guest()
                            ? CompletableFuture.completedFuture(reply)
                            : accounts.signOut(before).thenApply(done -> reply);
                });
    }

    private CompletionStage<Reply> signIn(ApiRequest<SignIn> request) {
        SignIn asked = request.body();
        if (asked.password() == null) {
            return asGuest(request);
        }
        Pass before = request.caller().ownPass();
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

    private CompletionStage<Reply> asGuest(ApiRequest<SignIn> request) {
        if (!guestsMayCome) {
            return refused(Reason.SWITCHED_OFF, "Nobody comes in without an account here.");
        }
        try {
            gate.checkName(request.body().name());
        } catch (BannedException e) {
            return CompletableFuture.failedFuture(e);
        }
        Credentials brought = new Credentials(
                null,
                null,
                null,
                null,
                request.body().name(),
                request.credentials().cookie(),
                request.address());
        return arrivals.asGuest(brought)
                .thenCompose(known -> admitted(request, guests.admit(known.name(), known.session(), known.address())));
    }

    private CompletionStage<Reply> admitted(ApiRequest<SignIn> request, GuestAdmission admission) {
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
        Pass before = request.caller().ownPass();
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
        Pass pass = request.caller().pass();
        Pass own = request.caller().ownPass(); // the application server may name somebody besides
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
        Pass pass = request.caller().pass();
        if (pass == null) {
            return notSignedIn();
        }
        NewPassword asked = request.body();
        return accounts.changePassword(pass, text(asked.password()), text(asked.newPassword()), request.address())
                .thenApply(signedIn -> session(200, signedIn));
    }

    private CompletionStage<Reply> delete(ApiRequest<Password> request) {
        Pass pass = request.caller().pass();
        return pass == null
                ? notSignedIn()
                : accounts.delete(pass, text(request.body().password()), request.address())
                        .thenApply(done -> Reply.signedOut());
    }

    private CompletionStage<Reply> ticket(ApiRequest<Route.Nothing> request) {
        try {
            Tickets.Issued issued = tickets.issue(signedIn(request));
            return CompletableFuture.completedFuture(
                    Reply.of(201, new IdentityAnswers.Ticket(issued.ticket(), issued.expiresAt())));
        } catch (AccountException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Reply session(int status, SignedIn signedIn) {
        Long end = signedIn.pass().expiresAt();
        int seconds = end == null ? -1 : (int) Math.min(Integer.MAX_VALUE, (end - clock.millis()) / 1_000);
        return new Reply(status, session(signedIn.pass()), signedIn.secret(), seconds);
    }

    private IdentityAnswers.Session session(Pass pass) {
        if (pass.identity().isExternal()) {
            return new IdentityAnswers.Session(pass.identity().name().value(), false, pass.expiresAt(), null, null);
        }
        Tokens.Issued issued = tokens.issue(pass);
        return new IdentityAnswers.Session(
                pass.identity().name().value(),
                pass.identity().guest(),
                pass.expiresAt(),
                issued.token(),
                issued.expiresAt());
    }

    /** Who asks, or why nobody does. */
    private Pass signedIn(ApiRequest<?> request) throws AccountException {
        Entry entry = request.caller().entry();
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
