package chat.parley.moderation;

import chat.parley.config.IpAddress;
import chat.parley.config.NetworkMap;
import chat.parley.identity.Identity;
import chat.parley.protocol.UserName;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The bans there are, in memory, so that a flood of handshakes costs the store nothing. A ban of a user holds for the
 * key; that of a guest also for the name and all that look like it, since a guest gets another key by asking. Who is
 * over is not found any more, and taken out by {@link #sweep}.
 *
 * <p>One thread at a time changes it (the writer's, and before that the one that starts it); any number ask meanwhile,
 * and never wait. Another node that shares the store calls {@link #replaceAll} with what it reads there.
 */
public final class Bans {

    /** About 5 MB; one more is refused. */
    static final int MOST = 10_000;

    private final Clock clock;
    private final ConcurrentSkipListMap<Long, Ban> byId = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<String, Ban> byKey = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Ban> byGuestLook = new ConcurrentHashMap<>();
    private final NetworkMap<Ban> byNetwork = new NetworkMap<>();

    /** None yet. */
    public Bans(Clock clock) {
        this.clock = clock;
    }

    /** The ban of somebody who comes from there; null when they may come in. */
    public @Nullable Ban of(Identity identity, String address) {
        Ban ban = ofAddress(address);
        return ban == null ? of(identity) : ban;
    }

    /** The ban of an address, as text; null for none, also when it is no address. */
    public @Nullable Ban ofAddress(String address) {
        IpAddress parsed = byId.isEmpty() ? null : IpAddress.parse(address);
        return parsed == null ? null : byNetwork.find(parsed, this::holds);
    }

    /** The ban of a user; null for none. */
    public @Nullable Ban of(Identity identity) {
        Ban ban = byKey.get(identity.key());
        if (ban != null && holds(ban)) {
            return ban;
        }
        return identity.guest() ? ofGuestName(identity.name()) : null;
    }

    /**
     * The ban of the guest of a key, whom it ended; null for none. Only of guests: they alone know their keys, while that
     * of somebody from elsewhere can be worked out by whoever knows who they are there.
     */
    public @Nullable Ban ofGuestKey(String key) {
        Ban ban = byKey.get(key);
        return ban != null && ban.target() instanceof Target.User user && user.guest() && holds(ban) ? ban : null;
    }

    /** The ban of a guest of that name, or of one that looks like it: nobody gets it meanwhile. Null for none. */
    public @Nullable Ban ofGuestName(UserName name) {
        Ban ban = byGuestLook.isEmpty() ? null : byGuestLook.get(name.skeleton());
        return ban != null && holds(ban) ? ban : null;
    }

    /** The bans that hold, the newest first, with ids below one. */
    public List<Ban> before(long id, int limit) {
        return byId.headMap(id, false).descendingMap().values().stream()
                .filter(this::holds)
                .limit(limit)
                .toList();
    }

    /** The ban of that id, if it holds; else null. */
    @Nullable Ban byId(long id) {
        Ban ban = byId.get(id);
        return ban != null && holds(ban) ? ban : null;
    }

    /** The ban of that id, whether it holds or is over; null when it is not here. */
    @Nullable Ban any(long id) {
        return byId.get(id);
    }

    /** The banned user of that name, if there is one; the newest. */
    Target.@Nullable User user(UserName name) {
        for (Ban ban : byId.descendingMap().values()) {
            if (ban.target() instanceof Target.User user && user.name().equals(name.value()) && holds(ban)) {
                return user;
            }
        }
        return null;
    }

    boolean isFull() {
        return byId.size() >= MOST;
    }

    /** Adds one, in the place of that of the same target. */
    void put(Ban ban) {
        byId.put(ban.id(), ban);
        Ban before = null;
        if (ban.target() instanceof Target.User user) {
            before = byKey.put(user.key(), ban);
            String look = guestLook(user);
            if (look != null) {
                byGuestLook.put(look, ban);
            }
        } else if (ban.target() instanceof Target.Addresses addresses) {
            before = byNetwork.put(addresses.network(), ban);
        }
        if (before != null && before.id() != ban.id()) {
            byId.remove(before.id());
        }
    }

    /** Takes one out; fine also when it is not there. */
    void remove(Ban ban) {
        byId.remove(ban.id());
        if (ban.target() instanceof Target.User user) {
            byKey.remove(user.key(), ban);
            String look = guestLook(user);
            if (look != null) {
                byGuestLook.remove(look, ban);
            }
        } else if (ban.target() instanceof Target.Addresses addresses) {
            byNetwork.remove(addresses.network(), ban);
        }
    }

    /** From now on there are these; who is banned before and after is so all the time. */
    void replaceAll(Collection<Ban> all) {
        Set<Long> ids = all.stream().map(Ban::id).collect(Collectors.toSet());
        all.forEach(this::put);
        byId.values().stream().filter(ban -> !ids.contains(ban.id())).forEach(this::remove);
    }

    /** Takes out those that are over. */
    void sweep() {
        byId.values().stream().filter(ban -> !holds(ban)).forEach(this::remove);
    }

    private boolean holds(Ban ban) {
        return ban.holds(clock.millis());
    }

    /** Null when it is no guest, or when a name could be then that cannot be now, so that nobody comes by it. */
    private static @Nullable String guestLook(Target.User user) {
        try {
            return user.guest() ? new UserName(user.name()).skeleton() : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
