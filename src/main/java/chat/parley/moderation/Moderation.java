package chat.parley.moderation;

import chat.parley.config.Network;
import chat.parley.identity.Admins;
import chat.parley.identity.Guests;
import chat.parley.identity.Identity;
import chat.parley.moderation.ModerationException.Reason;
import chat.parley.store.AccountStore;
import chat.parley.store.ModerationStore;
import chat.parley.store.StoreException;
import chat.parley.store.StoreTasks;
import chat.parley.store.StoredAct;
import chat.parley.store.StoredBan;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What admins do: kick, ban, lift. Whoever calls has seen to it that it is an admin who asks.
 *
 * <p>Promises: nothing is done that is not in the audit, and the audit tells nothing that was not done; whoever is
 * banned is out when the stage completes, or on the way out. Each act is done on the writer's thread, so that the
 * store, the bans in memory and what is ended follow one order.
 *
 * <p>Any thread may ask; nothing waits. Stages fail with a {@link ModerationException} or a {@link StoreException}, and
 * complete on threads of the store: dependents must not block. {@link #restore} first.
 */
public final class Moderation {

    private static final Logger log = LoggerFactory.getLogger(Moderation.class);

    private static final String KICK = "kick";
    private static final String BAN = "ban";
    private static final String LIFT = "lift";

    /** What an answer tells of the addresses of one user. */
    private static final int MOST_ADDRESSES = 20;

    private final Bans bans;
    private final ModerationStore store;
    private final StoreTasks reader;
    private final StoreTasks writer;
    private final Guests guests;
    private final Visits visits;
    private final Targets targets;
    private final Clock clock;
    private final boolean isShared;

    /** The kicks of this server that it has not heard of yet; the writer's thread only. */
    private final Set<Long> own = new HashSet<>();

    /**
     * What came of an act.
     *
     * @param ban the ban that was made; null of a kick
     * @param connections how many were ended on this server
     * @param addresses where they came from, at most twenty: a guest who comes back under another name is best met there
     */
    public record Done(Target target, @Nullable Ban ban, int connections, List<String> addresses) {}

    /**
     * The acts of a server.
     *
     * @param reader has the store read
     * @param writer has the store written, in the order in which it is asked
     * @param isShared whether there may be other servers over the store, who have connections of their own
     */
    public Moderation(
            Admins admins,
            Bans bans,
            Guests guests,
            Visits visits,
            AccountStore accounts,
            ModerationStore store,
            StoreTasks reader,
            StoreTasks writer,
            boolean isShared,
            Clock clock) {
        this.isShared = isShared;
        this.bans = bans;
        this.store = store;
        this.reader = reader;
        this.writer = writer;
        this.guests = guests;
        this.visits = visits;
        this.targets = new Targets(admins, guests, bans, visits, accounts, reader);
        this.clock = clock;
    }

    /** Takes back the bans there were before a restart. Before anybody comes. */
    public void restore() throws StoreException {
        bans.replaceAll(store.bans().stream().map(Ban::of).toList());
        bans.sweep();
    }

    /** Reads bans anew that another server made or lifted; who is banned is out here too. The writer's thread. */
    public void rereadBans(Collection<String> ids) throws StoreException {
        boolean isNew = false;
        for (String id : ids) {
            long number = Long.parseLong(id);
            StoredBan stored = store.ban(number);
            Ban known = bans.any(number);
            if (stored != null) {
                isNew |= take(Ban.of(stored));
            } else if (known != null) {
                bans.remove(known);
            }
        }
        if (isNew) {
            visits.expelBanned();
        }
    }

    /** The same for all there are, but that who is banned is out only when whoever calls looks at all connections next. */
    public void rereadAll() throws StoreException {
        List<Ban> all = store.bans().stream().map(Ban::of).toList();
        bans.replaceAll(all);
        bans.sweep();
        own.clear(); // what was done meanwhile is not heard of any more
        all.stream().filter(ban -> ban.holds(clock.millis())).forEach(this::endGuest);
    }

    /**
     * Does here what an admin did on another server: who is kicked goes, and who has come since then, perhaps because they
     * were, stays; so it may be heard of late, and twice. The writer's thread.
     */
    public void repeat(Collection<String> acts) throws StoreException {
        for (String id : acts) {
            StoredAct act = own.remove(Long.parseLong(id)) ? null : store.act(Long.parseLong(id));
            if (act != null && act.act().equals(KICK)) {
                String key = act.objectKey();
                Target target = key == null
                        ? new Target.Addresses(Network.parse(act.object()))
                        : new Target.User(key, act.object(), false);
                visits.expel(Targets.isHit(target).and(visit -> visit.since() <= act.at()), "kicked: " + act.reason());
            }
        }
    }

    /** Whether it holds. */
    private boolean take(Ban ban) {
        boolean holds = ban.holds(clock.millis());
        if (holds) {
            bans.put(ban);
            endGuest(ban);
        }
        return holds;
    }

    private void endGuest(Ban ban) {
        if (ban.target() instanceof Target.User guest && guest.guest()) {
            guests.end(guest.key());
        }
    }

    /** Takes those out that are over. Called now and then. */
    public void sweep() {
        CompletionStage<Boolean> unused = writer.submit(() -> {
                    bans.sweep();
                    store.forgetBans(clock.millis());
                    return true;
                })
                .exceptionally(failure -> {
                    log.atWarn()
                            .addKeyValue("why", failure.getMessage())
                            .log("bans that are over could not be deleted; tried again");
                    return false;
                });
    }

    /**
     * Ends connections; who is kicked may come back.
     *
     * @param user a name; null for an address
     * @param address an address or a range in CIDR notation; null for a user
     */
    public CompletionStage<Done> kick(
            Admin admin, @Nullable String user, @Nullable String address, @Nullable String written) {
        String reason;
        try {
            reason = Reasons.parse(written);
        } catch (ModerationException e) {
            return CompletableFuture.failedFuture(e);
        }
        return targets.find(admin, user, address)
                .thenCompose(target -> writer.submit(() -> {
                    Done done = done(target, null);
                    if (done.connections() > 0 || isShared) {
                        long id = store.add(act(admin, KICK, target, reason, null));
                        if (isShared) {
                            own.add(id);
                        }
                        visits.expel(Targets.isHit(target), "kicked: " + reason);
                        tell(KICK, admin, target, reason, null, done.connections());
                    }
                    return done;
                }))
                .thenCompose(done -> done.connections() > 0 || isShared // of the others nobody knows
                        ? CompletableFuture.completedFuture(done)
                        : refused(Reason.NOT_FOUND, "Nobody of them is connected."));
    }

    /**
     * Keeps somebody out, and ends their connections; of a guest also the session.
     *
     * @param user a name; null for an address
     * @param address an address or a range in CIDR notation; null for a user
     * @param duration for how long; null until it is lifted
     */
    public CompletionStage<Done> ban(
            Admin admin,
            @Nullable String user,
            @Nullable String address,
            @Nullable String written,
            @Nullable Duration duration) {
        String reason;
        try {
            reason = Reasons.parse(written);
        } catch (ModerationException e) {
            return CompletableFuture.failedFuture(e);
        }
        return targets.find(admin, user, address)
                .thenCompose(target -> writer.submit(() -> ban(admin, target, reason, duration)))
                .thenCompose(done -> done.map(CompletableFuture::completedFuture)
                        .orElseGet(() -> refused(
                                Reason.TOO_MANY_BANS,
                                "There are " + Bans.MOST + " bans, and no more can be: lift some, or ban ranges.")));
    }

    /** The writer's thread. */
    private Optional<Done> ban(Admin admin, Target target, String reason, @Nullable Duration duration)
            throws StoreException {
        bans.sweep();
        if (bans.isFull()) {
            return Optional.empty();
        }
        long now = clock.millis();
        Long until = duration == null ? null : Long.valueOf(now + duration.toMillis());
        Ban draft = new Ban(0, target, reason, now, until, name(admin));
        Ban ban = Ban.of(store.ban(draft.stored(), act(admin, BAN, target, reason, until)));
        bans.put(ban);
        Done done = done(target, ban);
        visits.expel(Targets.isHit(target), reason);
        endGuest(ban);
        tell(BAN, admin, target, reason, until, done.connections());
        return Optional.of(done);
    }

    /** Lets somebody in again; the ban that was. */
    public CompletionStage<Ban> lift(Admin admin, long id, @Nullable String written) {
        String reason;
        try {
            reason = Reasons.parse(written);
        } catch (ModerationException e) {
            return CompletableFuture.failedFuture(e);
        }
        return writer.submit(() -> {
                    Ban ban = bans.byId(id);
                    if (ban == null || !store.lift(id, act(admin, LIFT, ban.target(), reason, ban.until()))) {
                        return Optional.<Ban>empty();
                    }
                    bans.remove(ban);
                    tell(LIFT, admin, ban.target(), reason, ban.until(), 0);
                    return Optional.of(ban);
                })
                .thenCompose(ban -> ban.map(CompletableFuture::completedFuture)
                        .orElseGet(() -> refused(Reason.NOT_FOUND, "There is no such ban, or no longer.")));
    }

    /** The bans that hold, the newest first, with ids below one. */
    public List<Ban> bans(long before, int limit) {
        return bans.before(before, limit);
    }

    /** What admins did, the newest first, with ids below one. */
    public CompletionStage<List<StoredAct>> acts(long before, int limit) {
        return reader.submit(() -> store.acts(before, limit));
    }

    /**
     * Who is connected, the newest first.
     *
     * @param user only of this name, if not null
     * @param address only from this address or range, if not null
     * @throws ModerationException if that is no address
     */
    public List<Visit> visits(long before, int limit, @Nullable String user, @Nullable String address)
            throws ModerationException {
        Predicate<Visit> isFrom = address == null ? visit -> true : Targets.isHit(Targets.addresses(address));
        return visits.visits().stream()
                .filter(visit -> visit.connection() < before)
                .filter(visit ->
                        user == null || visit.pass().identity().name().value().equals(user))
                .filter(isFrom)
                .sorted((one, other) -> Long.compare(other.connection(), one.connection()))
                .limit(limit)
                .toList();
    }

    private Done done(Target target, @Nullable Ban ban) {
        List<Visit> hit = visits.visits().stream().filter(Targets.isHit(target)).toList();
        return new Done(
                target,
                ban,
                hit.size(),
                hit.stream()
                        .map(Visit::address)
                        .distinct()
                        .limit(MOST_ADDRESSES)
                        .toList());
    }

    private StoredAct act(Admin admin, String act, Target target, String reason, @Nullable Long until) {
        Identity actor = admin.pass().identity();
        return new StoredAct(
                0,
                clock.millis(),
                actor.key(),
                actor.name().value(),
                act,
                target.name(),
                target instanceof Target.User user ? user.key() : null,
                reason,
                until,
                null);
    }

    private static void tell(
            String act, Admin admin, Target target, String reason, @Nullable Long until, int connections) {
        log.atInfo()
                .addKeyValue("act", act)
                .addKeyValue("admin", name(admin))
                .addKeyValue("address", admin.address())
                .addKeyValue("object", target.name())
                .addKeyValue("reason", reason)
                .addKeyValue("until", until)
                .addKeyValue("connections", connections)
                .log("moderated");
    }

    private static String name(Admin admin) {
        return admin.pass().identity().name().value();
    }

    private static <T> CompletableFuture<T> refused(Reason reason, String why) {
        return CompletableFuture.failedFuture(new ModerationException(reason, why));
    }
}
