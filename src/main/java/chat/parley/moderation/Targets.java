package chat.parley.moderation;

import chat.parley.config.IpAddress;
import chat.parley.config.Network;
import chat.parley.identity.Admins;
import chat.parley.identity.Guests;
import chat.parley.identity.Identity;
import chat.parley.identity.Pass;
import chat.parley.moderation.ModerationException.Reason;
import chat.parley.protocol.BadNameException;
import chat.parley.protocol.UserName;
import chat.parley.store.AccountStore;
import chat.parley.store.StoreException;
import chat.parley.store.StoreTasks;
import chat.parley.store.StoredAccount;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds whom an admin means, and sees to it that it is neither themselves nor another admin. */
final class Targets {

    /** A wider range is a slip more often than it is meant, bits. */
    private static final int WIDEST_IPV4 = 8;

    private static final int WIDEST_IPV6 = 16;

    private final Admins admins;
    private final Guests guests;
    private final Bans bans;
    private final Visits visits;
    private final AccountStore accounts;
    private final StoreTasks reader;

    Targets(Admins admins, Guests guests, Bans bans, Visits visits, AccountStore accounts, StoreTasks reader) {
        this.admins = admins;
        this.guests = guests;
        this.bans = bans;
        this.visits = visits;
        this.accounts = accounts;
        this.reader = reader;
    }

    /** Whom an admin means by a name or else an address; the stage fails with a {@link ModerationException}. */
    CompletionStage<Target> find(Admin admin, @Nullable String user, @Nullable String address) {
        try {
            if (address != null && user == null) {
                Target.Addresses target = addresses(address);
                check(admin, target);
                return CompletableFuture.completedFuture(target);
            }
            if (user == null || address != null) {
                throw new ModerationException(Reason.BAD_REQUEST, "Say either user or address.");
            }
            UserName name = UserName.parse(user);
            Target.User known = here(name);
            return known == null ? account(name).thenCompose(found -> checked(admin, found)) : checked(admin, known);
        } catch (BadNameException e) {
            return CompletableFuture.failedFuture(new ModerationException(Reason.BAD_REQUEST, e.why()));
        } catch (ModerationException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Whom an act hits. */
    static Predicate<Visit> isHit(Target target) {
        if (target instanceof Target.User user) {
            return visit -> visit.pass().identity().key().equals(user.key());
        }
        Network network = ((Target.Addresses) target).network();
        return visit -> isIn(network, visit.address());
    }

    /** A range of addresses; too wide a one is refused. */
    static Target.Addresses addresses(String written) throws ModerationException {
        Network network;
        try {
            network = Network.parse(written.strip());
        } catch (IllegalArgumentException e) {
            throw new ModerationException(Reason.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        if (network.isWiderThan(WIDEST_IPV4, WIDEST_IPV6)) {
            throw new ModerationException(
                    Reason.BAD_REQUEST,
                    "This range is too wide: it has at least " + WIDEST_IPV4 + " bits, of IPv6 " + WIDEST_IPV6 + ".");
        }
        return new Target.Addresses(network);
    }

    private Target.@Nullable User here(UserName name) {
        for (Visit visit : visits.visits()) {
            if (visit.pass().identity().name().equals(name)) {
                return Target.User.of(visit.pass().identity());
            }
        }
        Identity guest = guests.byName(name);
        return guest == null ? bans.user(name) : Target.User.of(guest);
    }

    private CompletionStage<Target.User> account(UserName name) {
        return reader.submit(() -> stored(name))
                .thenCompose(found -> found.map(CompletableFuture::completedFuture)
                        .orElseGet(() -> CompletableFuture.failedFuture(
                                new ModerationException(Reason.NOT_FOUND, "Nobody has this name now."))));
    }

    private Optional<Target.User> stored(UserName name) throws StoreException {
        StoredAccount account = accounts.account(name.value());
        if (account != null) {
            return account.tombstoned() == null
                    ? Optional.of(new Target.User(account.key(), account.name(), false))
                    : Optional.empty();
        }
        Optional<Target.User> external = accounts.externalUsers(List.of(name.skeleton())).stream()
                .filter(user -> user.name().equals(name.value()))
                .findFirst()
                .map(user -> new Target.User(user.key(), user.name(), false));
        String guest = external.isPresent() ? null : accounts.guest(name.value()); // of another server
        return guest == null ? external : Optional.of(new Target.User(guest, name.value(), true));
    }

    private CompletionStage<Target> checked(Admin admin, Target.User user) {
        try {
            check(admin, user);
            return CompletableFuture.completedFuture(user);
        } catch (ModerationException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void check(Admin admin, Target target) throws ModerationException {
        String own = admin.pass().identity().key();
        if (target instanceof Target.Addresses addresses && isIn(addresses.network(), admin.address())) {
            throw new ModerationException(
                    Reason.YOURSELF, "You are at " + admin.address() + " yourself, which is meant by this.");
        }
        if (target instanceof Target.User user && user.key().equals(own)) {
            throw new ModerationException(Reason.YOURSELF, "That is you.");
        }
        if (target instanceof Target.User user && !user.guest() && admins.isNamed(new UserName(user.name()))) {
            throw isAdmin(user.name());
        }
        for (Visit visit : visits.visits()) {
            Pass pass = visit.pass();
            if (isHit(target).test(visit) && admins.isAdmin(pass)) {
                throw pass.identity().key().equals(own)
                        ? new ModerationException(
                                Reason.YOURSELF, "You are connected from " + visit.address() + " yourself.")
                        : isAdmin(pass.identity().name().value());
            }
        }
    }

    private static ModerationException isAdmin(String name) {
        return new ModerationException(Reason.IS_ADMIN, "This would hit " + name + ", who is an admin.");
    }

    private static boolean isIn(Network network, String address) {
        IpAddress parsed = IpAddress.parse(address);
        return parsed != null && network.contains(parsed);
    }
}
