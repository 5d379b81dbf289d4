package chat.parley.identity;

import chat.parley.identity.Entry.Entered;
import chat.parley.protocol.BadNameException;
import chat.parley.protocol.UserName;
import chat.parley.store.AccountStore;
import chat.parley.store.StoreException;
import chat.parley.store.StoreTasks;
import chat.parley.store.StoredExternalUser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People whom somebody else vouches for: the application server, or a token of another user system.
 *
 * <p>Promises: whoever is the same there is the same here, whatever their name; a name they came under is theirs for good, and
 * so is its look; the name of an account is never theirs. A guest who has it has to give way, and they come in when that guest
 * has gone. A name is held in memory at once and written soon after.
 *
 * <p>Any thread may ask; nothing waits. {@link #restore} first.
 */
public final class ExternalPeople {

    private static final Logger log = LoggerFactory.getLogger(ExternalPeople.class);

    /** Of one person: where people choose their names themselves, nobody takes them all by being renamed. */
    static final int MOST_NAMES = 20;

    /** 192 bits: no two people meet. */
    private static final int KEY_BYTES = 24;

    /**
     * That somebody came.
     *
     * @param at when they were vouched for, milliseconds since the Unix epoch
     */
    private record Came(UserName name, long at) {}

    private final Guests guests;
    private final AccountStore store;
    private final StoreTasks writer;
    private final Endings endings;
    private final Clock clock;

    /** By key, how they came last. */
    private final ConcurrentMap<String, Came> current = new ConcurrentHashMap<>();

    /** By key, how many names are held for them. */
    private final ConcurrentMap<String, Integer> names = new ConcurrentHashMap<>();

    /** By look, what is not in the store yet. */
    private final ConcurrentMap<String, StoredExternalUser> unsaved = new ConcurrentHashMap<>();

    /**
     * Nobody yet.
     *
     * @param guests keep the looks that are taken
     * @param writer has the store written
     * @param endings hears whose connections have to end
     */
    public ExternalPeople(Guests guests, AccountStore store, StoreTasks writer, Endings endings, Clock clock) {
        this.guests = guests;
        this.store = store;
        this.writer = writer;
        this.endings = endings;
        this.clock = clock;
    }

    /** Takes back the names there were before a restart. After the accounts, before any guest is or anybody comes. */
    public void restore() throws StoreException {
        for (StoredExternalUser user : store.externalUsers()) {
            if (guests.hold(user.skeleton(), user.key(), true).isTheirs()) {
                names.merge(user.key(), 1, Integer::sum);
            }
        }
    }

    /**
     * Reads names anew that another server keeps for somebody, who is here under that name from now on. The writer's
     * thread.
     */
    public void reread(Collection<String> looks) throws StoreException {
        store.externalUsers(looks).forEach(this::take);
    }

    /** The same for all there are. */
    public void rereadAll() throws StoreException {
        store.externalUsers().forEach(this::take);
    }

    private void take(StoredExternalUser user) {
        StoredExternalUser own = unsaved.get(user.skeleton());
        if (own != null && !own.key().equals(user.key()) && unsaved.remove(user.skeleton(), own)) {
            lose(own);
        }
        Guests.Hold hold = guests.give(user.skeleton(), user.key());
        String guest = hold.guest();
        if (guest != null) {
            guests.end(guest);
            endings.gaveWay(guest);
        }
        if (!hold.isNew()) {
            return;
        }
        names.merge(user.key(), 1, Integer::sum);
        Came before = current.get(user.key());
        if (before != null && !before.name().value().equals(user.name())) {
            current.remove(user.key(), before); // they were renamed, and are here under one name
            endings.allEnded(user.key());
        }
    }

    /**
     * Lets somebody in, or says why not.
     *
     * @param issuer who vouches for them
     * @param subject who they are there, for ever
     * @param asked their name there
     * @param expiresAt milliseconds since the Unix epoch; null when they are not vouched for until a certain time
     */
    Entry enter(String issuer, String subject, String asked, boolean isAdmin, @Nullable Long expiresAt) {
        UserName name;
        try {
            name = UserName.parse(asked);
        } catch (BadNameException e) {
            return new Entry.BadName(e.why());
        }
        String look = name.skeleton();
        if (HouseNames.hasLook(look)) {
            return new Entry.BadName("This name is kept for the house.");
        }
        String key = key(issuer, subject);
        Guests.Hold hold = hold(key, look);
        if (!hold.isTheirs()) {
            return hold.isNew() ? new Entry.BadName("You have had too many names here.") : new Entry.NameTaken();
        }
        if (hold.isNew()) {
            begin(key, look, name);
        }
        String guest = hold.guest();
        if (guest != null) {
            guests.end(guest);
            endings.gaveWay(guest);
            if (guests.hold(look, key, true).guest() != null) {
                return new Entry.NameLeaving();
            }
        }
        Came now = new Came(name, clock.millis());
        Came before = current.put(key, now);
        if (before != null && !before.name().equals(name)) {
            endings.allEnded(key); // who was renamed is here under one name
        }
        if (!guests.hold(look, key, false)
                .isTheirs()) { // it was lost meanwhile, perhaps before they were here under it
            current.remove(key, now);
            return new Entry.NameTaken();
        }
        return new Entered(new Pass(new Identity(key, name, false), key, isAdmin, expiresAt), null);
    }

    /**
     * What somebody is here by, who came in by it before: the same until its time is over, or until they come under
     * another name; null then.
     */
    @Nullable Pass current(Pass pass) {
        Long end = pass.expiresAt();
        boolean isOver = end != null && clock.millis() >= end;
        Came last = current.get(pass.identity().key());
        return isOver || last == null || !pass.identity().name().equals(last.name()) ? null : pass;
    }

    /**
     * Another server let them in, and said so by a ticket: that was later than what is known here, if that is older than any
     * ticket.
     */
    void vouchedFor(Identity identity) {
        long now = clock.millis();
        AtomicReference<@Nullable Came> other = new AtomicReference<>();
        current.compute(identity.key(), (key, before) -> {
            boolean isOld = before != null && now - before.at() > Tickets.LIFETIME.toMillis();
            other.set(isOld && !before.name().equals(identity.name()) ? before : null);
            return before == null || isOld ? new Came(identity.name(), now) : before;
        });
        if (other.get() != null) {
            endings.allEnded(identity.key()); // who was renamed is here under one name
        }
    }

    /** Tries again what could not be written. Called now and then. */
    public void sweep() {
        unsaved.values().forEach(this::save);
    }

    /** The key of somebody: 34 characters, the same whenever and wherever it is made. */
    static String key(String issuer, String subject) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] vouching = issuer.getBytes(StandardCharsets.UTF_8);
            digest.update((vouching.length + ":").getBytes(StandardCharsets.US_ASCII)); // else a|bc would be ab|c
            digest.update(vouching);
            byte[] hash = digest.digest(subject.getBytes(StandardCharsets.UTF_8));
            return Identity.EXTERNAL
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, KEY_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Holds a name and counts it as one: else a second handshake would be let in by a name that is given back. */
    private Guests.Hold hold(String key, String look) {
        AtomicReference<Guests.@Nullable Hold> held = new AtomicReference<>();
        names.compute(key, (same, count) -> {
            int before = count == null ? 0 : count;
            Guests.Hold hold = guests.hold(look, key, before < MOST_NAMES);
            held.set(hold);
            return hold.isTheirs() && hold.isNew() ? Integer.valueOf(before + 1) : count;
        });
        return Objects.requireNonNull(held.get());
    }

    private void begin(String key, String look, UserName name) {
        StoredExternalUser user = new StoredExternalUser(look, name.value(), key, clock.millis());
        unsaved.put(look, user);
        save(user);
        log.atInfo().addKeyValue("user", name.value()).log("a name is kept for somebody from elsewhere");
    }

    private void save(StoredExternalUser user) {
        CompletionStage<Boolean> unused = writer.submit(() -> store.keep(user))
                .thenApply(isTheirs -> {
                    unsaved.remove(user.skeleton(), user);
                    if (!isTheirs) {
                        lose(user);
                    }
                    return isTheirs;
                })
                .exceptionally(failure -> {
                    log.atWarn()
                            .addKeyValue("why", failure.getMessage())
                            .log("a name of somebody from elsewhere could not be saved; tried again");
                    return false;
                });
    }

    /** Another server gave the name to somebody else, over the same store: it is theirs. */
    private void lose(StoredExternalUser user) {
        log.atWarn().addKeyValue("user", user.name()).log("a name turned out to be somebody else's");
        guests.lose(user.skeleton(), user.key());
        current.remove(user.key());
        endings.allEnded(user.key());
    }
}
