package chat.parley.http;

import chat.parley.Parley;
import chat.parley.config.Durations;
import chat.parley.identity.AccountException;
import chat.parley.identity.AccountException.Reason;
import chat.parley.identity.Admins;
import chat.parley.identity.Pass;
import chat.parley.moderation.Admin;
import chat.parley.moderation.Ban;
import chat.parley.moderation.BannedException;
import chat.parley.moderation.Bans;
import chat.parley.moderation.Moderation;
import chat.parley.moderation.ModerationException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What admins do over HTTP. An admin at a banned address still may, so that no admin can shut another one out of
 * lifting it. Public for the sake of its records, which JSON-B reads and writes.
 */
public final class AdminRoutes {

    private static final Logger log = LoggerFactory.getLogger(AdminRoutes.class);

    /** Nobody is banned for longer than this but for good. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Of whom connections shall end: a user by name, or an address or a range. */
    public record Kick(
            @Nullable String user,
            @Nullable String address,
            @Nullable String reason) {}

    /** Who shall be kept out, and for how long; without a duration until it is lifted. */
    public record NewBan(
            @Nullable String user,
            @Nullable String address,
            @Nullable String reason,
            @Nullable String duration) {}

    /** Which ban shall be no more, and why. */
    public record Lift(@Nullable Long id, @Nullable String reason) {}

    private interface Act<T> {
        CompletionStage<? extends Record> act(Admin admin, ApiRequest<T> request);
    }

    private final Moderation moderation;
    private final Admins admins;
    private final Bans bans;

    AdminRoutes(Parley parley) {
        this.moderation = parley.moderation();
        this.admins = parley.admins();
        this.bans = parley.bans();
    }

    List<Route<?>> all() {
        return List.of(
                new Route<>("POST", "/admin/kick", Kick.class, byAdmin(200, this::kick)),
                new Route<>("POST", "/admin/bans", NewBan.class, byAdmin(201, this::ban)),
                new Route<>("GET", "/admin/bans", null, byAdmin(200, this::bans)),
                new Route<>("POST", "/admin/bans/lift", Lift.class, byAdmin(200, this::lift)),
                new Route<>("GET", "/admin/audit", null, byAdmin(200, this::audit)),
                new Route<>("GET", "/admin/users", null, byAdmin(200, this::users)));
    }

    private CompletionStage<AdminAnswers.Done> kick(Admin admin, ApiRequest<Kick> request) {
        Kick asked = request.body();
        return moderation
                .kick(admin, asked.user(), asked.address(), asked.reason())
                .thenApply(AdminAnswers.Done::of);
    }

    private CompletionStage<AdminAnswers.Done> ban(Admin admin, ApiRequest<NewBan> request) {
        NewBan asked = request.body();
        Duration duration;
        try {
            duration = duration(asked.duration());
        } catch (ModerationException e) {
            return CompletableFuture.failedFuture(e);
        }
        return moderation
                .ban(admin, asked.user(), asked.address(), asked.reason(), duration)
                .thenApply(AdminAnswers.Done::of);
    }

    private CompletionStage<AdminAnswers.Ban> lift(Admin admin, ApiRequest<Lift> request) {
        Long id = request.body().id();
        return id == null
                ? CompletableFuture.failedFuture(bad("Say the id of a ban."))
                : moderation.lift(admin, id, request.body().reason()).thenApply(AdminAnswers.Ban::of);
    }

    private CompletionStage<AdminAnswers.Bans> bans(Admin admin, ApiRequest<Route.Nothing> request) {
        return paged(
                request,
                page -> CompletableFuture.completedFuture(
                        AdminAnswers.Bans.of(moderation.bans(page.before(), page.limit() + 1), page.limit())));
    }

    private CompletionStage<AdminAnswers.Audit> audit(Admin admin, ApiRequest<Route.Nothing> request) {
        return paged(
                request,
                page -> moderation
                        .acts(page.before(), page.limit() + 1)
                        .thenApply(acts -> AdminAnswers.Audit.of(acts, page.limit())));
    }

    private CompletionStage<AdminAnswers.Users> users(Admin admin, ApiRequest<Route.Nothing> request) {
        return paged(
                request,
                page -> CompletableFuture.completedFuture(AdminAnswers.Users.of(
                        moderation.visits(
                                page.before(),
                                page.limit() + 1,
                                request.query().get("user"),
                                request.query().get("address")),
                        page.limit(),
                        admins)));
    }

    private interface Paged<T> {
        CompletionStage<T> of(PageAsked page) throws ModerationException;
    }

    private static <T> CompletionStage<T> paged(ApiRequest<?> request, Paged<T> answer) {
        try {
            return answer.of(PageAsked.of(request.query()));
        } catch (ModerationException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T> Route.Action<T> byAdmin(int status, Act<T> act) {
        return request -> {
            Pass pass = request.caller().pass();
            if (pass == null) {
                return CompletableFuture.failedFuture(new AccountException(Reason.NOT_SIGNED_IN, "Sign in first."));
            }
            if (!admins.isAdmin(pass)) {
                log.atWarn()
                        .addKeyValue("user", pass.identity().name().value())
                        .addKeyValue("address", request.remote())
                        .log("somebody who is no admin tried to be one");
                return CompletableFuture.completedFuture(Reply.of(Problem.of(403, "forbidden", "This is for admins.")));
            }
            Ban ban = bans.of(pass.identity());
            return ban != null
                    ? CompletableFuture.failedFuture(new BannedException(ban))
                    : act.act(new Admin(pass, request.remote()), request).thenApply(body -> Reply.of(status, body));
        };
    }

    private static @Nullable Duration duration(@Nullable String written) throws ModerationException {
        if (written == null) {
            return null;
        }
        Duration duration;
        try {
            duration = Durations.parse(written.strip());
        } catch (IllegalArgumentException e) {
            throw bad("The field duration " + e.getMessage() + ".");
        }
        if (duration.compareTo(Duration.ofSeconds(1)) < 0 || duration.compareTo(LONGEST) > 0) {
            throw bad("The field duration must be from 1s to 36500d; leave it out for no end.");
        }
        return duration;
    }

    static ModerationException bad(String why) {
        return new ModerationException(ModerationException.Reason.BAD_REQUEST, why);
    }
}
