package chat.parley.identity;

import chat.parley.identity.GuestAdmission.Admitted;
import chat.parley.identity.GuestAdmission.BadName;
import chat.parley.identity.GuestAdmission.NameTaken;
import chat.parley.identity.GuestAdmission.TooManyNames;
import chat.parley.protocol.BadNameException;
import chat.parley.protocol.UserName;
import chat.parley.store.GuestLedger;
import chat.parley.store.GuestSession;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who the guests are (protocol, section 6). A guest has a name for as long as a connection of theirs is open, and for
 * the reserve after the last one closed; in that time nobody else gets the name or one that looks like it. Whoever
 * brings the session secret of a guest is that guest; of the secret only a hash is kept.
 *
 * <p>For each connection: {@link #admit}, then {@link #tryOpen}, and if that was true, at last {@link #closed}, once.
 * Somebody who was admitted and never opened loses the name after a minute. Who is here or away is written to a ledger,
 * by which they come back after a restart. Thread-safe; nothing here waits for a disk or a network, so it may be called
 * from every thread. Nothing runs by itself: names that are free again are
 * found when somebody asks, and {@link #sweep}, called now and then, gives their memory back.
 */
public final class Guests {
    /** Time enough between admission and the first connection. */
    private static final Duration ADMISSION = Duration.ofMinutes(1);

    /** Away with a reserved name; about 60 MB. Beyond it those go first whose reserve would end first. */
    private static final int MAX_AWAY = 100_000;

    /** So many guesses fail in a row only when nearly all made-up names are taken. */
    private static final int MAX_GUESSES = 1000;

    /** Whose a look is that an account has. */
    private static final String ACCOUNTS = "";

    /** Whose a look is that somebody asked for an account with, as long as nobody knows whether they get it. */
    private static final String ASKED_FOR = "?";

    private final long reserveMillis;
    private final Clock clock;
    private final GuestLedger ledger;

    /** Whose a name is the store says, to all servers over it; {@link Arrivals} asks it first. */
    private final boolean isShared;

    private final SecureRandom random = new SecureRandom();

    /** The lock that guards the book and everybody in it. */
    private final Object lock = new Object();

    @GuardedBy("lock") private final GuestBook book;

    @GuardedBy("lock") private final AddressNames addresses;

    /**
     * The looks of all accounts, gone ones too, and of those being made, and of people from elsewhere: no guest gets
     * them. The value is whose it is: {@link #ACCOUNTS}, {@link #ASKED_FOR}, or the key of somebody from elsewhere. About
     * 100 bytes each.
     */
    @GuardedBy("lock") private final Map<String, String> reserved = new HashMap<>();

    /** The looks that no guest gets, because they are admins'. */
    private final Set<String> kept = ConcurrentHashMap.newKeySet();

    /**
     * Nobody yet.
     *
     * @param reserve how long a name stays its guest's after the last connection, 0 or more
     * @param ledger hears of everybody who comes, goes and is forgotten
     */
    public Guests(Duration reserve, Clock clock, GuestLedger ledger) {
        this(reserve, 0, clock, ledger);
    }

    /**
     * Nobody yet.
     *
     * @param namesPerAddress how many names an address may have at the same time; 0 for no limit
     */
    public Guests(Duration reserve, int namesPerAddress, Clock clock, GuestLedger ledger) {
        this(reserve, namesPerAddress, clock, ledger, MAX_AWAY, false);
    }

    /**
     * Nobody yet.
     *
     * @param isShared whether other servers have guests over the same store: then a name is had by {@link #claimed} alone
     */
    public Guests(Duration reserve, int namesPerAddress, Clock clock, GuestLedger ledger, boolean isShared) {
        this(reserve, namesPerAddress, clock, ledger, MAX_AWAY, isShared);
    }

    Guests(Duration reserve, Clock clock, GuestLedger ledger, int maxAway) {
        this(reserve, 0, clock, ledger, maxAway, false);
    }

    private Guests(
            Duration reserve, int namesPerAddress, Clock clock, GuestLedger ledger, int maxAway, boolean isShared) {
        this.isShared = isShared;
        if (reserve.isNegative()) {
            throw new IllegalArgumentException("the reserve is negative");
        }
        this.reserveMillis = reserve.toMillis();
        this.clock = clock;
        this.ledger = ledger;
        GuestBook guests = new GuestBook(maxAway, guest -> ledger.forget(guest.identity.key()));
        this.addresses = new AddressNames(namesPerAddress, guest -> guests.byKey(guest.identity.key()) == guest);
        this.book = guests;
    }

    /**
     * Lets somebody in, as who they were if they can prove it, else as somebody new.
     *
     * <ul>
     *   <li>A right secret, with its own name or with none: the same guest, the same secret.
     *   <li>A right secret with another name: as without a secret; the guest it belongs to is left alone.
     *   <li>A wrong secret: as without one.
     *   <li>Without a secret: the name, if nobody has it or one that looks like it; one made up, if none is asked
     * for.
     * </ul>
     *
     * @param askedName as it was typed; null or empty for none
     * @param session the secret as it was brought; null or empty for none
     */
    public GuestAdmission admit(@Nullable String askedName, @Nullable String session) {
        return admit(askedName, session, null);
    }

    /**
     * As {@link #admit(String, String)}, but from an address that may not have more names than there may be. Who was a
     * guest before a restart counts to no address.
     *
     * @param address as limits know it; null for none that counts
     */
    public GuestAdmission admit(@Nullable String askedName, @Nullable String session, @Nullable String address) {
        UserName name = null;
        if (askedName != null && !askedName.isEmpty()) {
            try {
                name = UserName.parse(askedName);
            } catch (BadNameException e) {
                return new BadName(e.why());
            }
        }
        SessionSecret secret = SessionSecret.parse(session);
        Admitted returned = secret == null ? null : comeBack(name, secret);
        if (returned != null) {
            return returned;
        }
        return name == null ? admitAsAnybody(address) : admitAs(name, address);
    }

    /**
     * Counts a connection in, unless there are as many as may be.
     *
     * @param max how many connections the guest may have, this one included; 0 for no limit
     * @return false if there are too many, or if the guest was admitted too long ago; nothing was counted then
     */
    public boolean tryOpen(Identity identity, int max) {
        synchronized (lock) {
            Guest guest = book.byKey(identity.key());
            if (guest == null || guest.ended || max > 0 && guest.connections >= max) {
                return false;
            }
            book.arrive(guest);
            guest.connections++;
            if (guest.connections == 1) {
                ledger.keep(session(guest, null));
            }
            return true;
        }
    }

    /**
     * Counts a connection out; with the last one the reserve begins.
     *
     * @throws IllegalStateException if none is open
     */
    public void closed(Identity identity) {
        synchronized (lock) {
            Guest guest = book.byKey(identity.key());
            if (guest == null || guest.connections == 0) {
                throw new IllegalStateException("no open connection of " + identity.name());
            }
            guest.connections--;
            if (guest.connections == 0 && guest.ended) {
                book.remove(guest);
            } else if (guest.connections == 0) {
                long now = clock.millis();
                ledger.keep(session(guest, now));
                book.leave(guest, now + reserveMillis);
            }
        }
    }

    /**
     * Keeps a look for an account that is to be made: neither a guest nor another account gets it, unless it is given back.
     *
     * @param own the key of the guest who wants the account, whose own look it may be; null for nobody
     * @return false, and nothing, if somebody else has it
     */
    boolean tryReserve(String look, @Nullable String own) {
        synchronized (lock) {
            book.forgetUntil(clock.millis());
            Guest guest = book.byLook(look);
            return (guest == null || guest.identity.key().equals(own)) && reserved.putIfAbsent(look, ASKED_FOR) == null;
        }
    }

    /** Keeps a look for an account that there is, for ever. */
    void reserve(String look) {
        synchronized (lock) {
            reserved.put(look, ACCOUNTS);
        }
    }

    /**
     * Keeps a look for an account that another server made, for ever, whoever has it.
     *
     * @return the key of the guest who has to give way; null when there is none
     */
    @Nullable String yieldTo(String look) {
        synchronized (lock) {
            reserved.put(look, ACCOUNTS);
            book.forgetUntil(clock.millis());
            Guest guest = book.byLook(look);
            return guest == null || guest.ended ? null : guest.identity.key();
        }
    }

    /** Keeps looks from guests; accounts may have them. Before anybody is here. */
    void keepFrom(Set<String> looks) {
        kept.addAll(looks);
    }

    /** Gives a look back that was asked for, but for one that turned out to be somebody's meanwhile. */
    void release(String look) {
        synchronized (lock) {
            reserved.remove(look, ASKED_FOR);
        }
    }

    /**
     * Whether a look is kept for somebody from elsewhere.
     *
     * @param isTheirs false when an account has it, or somebody else from elsewhere, or it would be one too many; nothing
     *     was kept then
     * @param isNew whether nobody had it before
     * @param guest the key of a guest who still has it; null for none
     */
    record Hold(boolean isTheirs, boolean isNew, @Nullable String guest) {}

    /**
     * Keeps a look for somebody from elsewhere, for ever, a guest's too: nobody else gets it from now on.
     *
     * @param mayBeNew false when it is not kept unless it is theirs already
     */
    Hold hold(String look, String key, boolean mayBeNew) {
        synchronized (lock) {
            book.forgetUntil(clock.millis());
            String owner = mayBeNew ? reserved.putIfAbsent(look, key) : reserved.get(look);
            Guest guest = book.byLook(look);
            return new Hold(
                    owner == null ? mayBeNew : owner.equals(key),
                    owner == null,
                    guest == null ? null : guest.identity.key());
        }
    }

    /** Keeps a look for somebody from elsewhere, for ever, whoever had it: the store says that it is theirs. */
    Hold give(String look, String key) {
        synchronized (lock) {
            book.forgetUntil(clock.millis());
            boolean isNew = !key.equals(reserved.put(look, key));
            Guest guest = book.byLook(look);
            return new Hold(true, isNew, guest == null ? null : guest.identity.key());
        }
    }

    /** A look that was held for somebody from elsewhere is an account's after all, or somebody else's. */
    void lose(String look, String key) {
        synchronized (lock) {
            reserved.replace(look, key, ACCOUNTS);
        }
    }

    /** Whoever brings this is that guest; null when it is nobody's secret. */
    @Nullable Identity known(String session) {
        SessionSecret secret = SessionSecret.parse(session);
        Admitted admitted = secret == null ? null : comeBack(null, secret);
        return admitted == null ? null : admitted.identity();
    }

    /** The guest of a name, here or away; null when there is none. */
    public @Nullable Identity byName(UserName name) {
        String look = name.skeleton();
        synchronized (lock) {
            book.forgetUntil(clock.millis());
            Guest guest = book.byLook(look);
            return guest == null || guest.ended || !guest.identity.name().equals(name) ? null : guest.identity;
        }
    }

    /** The guest of a key, here or away; null when there is none any more. */
    @Nullable Identity byKey(String key) {
        synchronized (lock) {
            book.forgetUntil(clock.millis());
            Guest guest = book.byKey(key);
            return guest == null || guest.ended ? null : guest.identity;
        }
    }

    /**
     * Ends a guest: nobody comes back as them. The name is free once the last connection has closed, which is for the
     * caller to see to.
     */
    public void end(String key) {
        synchronized (lock) {
            Guest guest = book.byKey(key);
            if (guest != null || isShared) {
                ledger.end(key);
            }
            endHere(guest);
        }
    }

    /** Completes when whoever was ended until now is ended in the store too. */
    CompletionStage<Boolean> saved() {
        return ledger.saved();
    }

    @GuardedBy("lock") private void endHere(@Nullable Guest guest) {
        if (guest != null) {
            guest.ended = true;
            if (guest.connections == 0) {
                book.remove(guest);
            }
        }
    }

    // ---- over several servers

    /** Whether a connection of the guest of that key is open here. */
    boolean isHere(String key) {
        synchronized (lock) {
            Guest guest = book.byKey(key);
            return guest != null && !guest.ended && guest.connections > 0;
        }
    }

    /** The store knows the guest, and keeps the name for a while: they may come back. */
    void isBack(GuestSession session) {
        synchronized (lock) {
            long now = clock.millis();
            book.forgetUntil(now);
            Guest guest = book.byKey(session.key());
            if (guest != null) {
                book.extend(guest, now + ADMISSION.toMillis());
                return;
            }
            try {
                UserName name = UserName.parse(session.name());
                String look = name.skeleton();
                if (!reserved.containsKey(look) && !kept.contains(look) && makeRoom(look)) {
                    Identity identity = new Identity(session.key(), name, true);
                    book.restore(new Guest(identity, look, session.secretHash()), now + ADMISSION.toMillis());
                }
            } catch (BadNameException e) {
                // Names were allowed then that are not now.
            }
        }
    }

    /** The store knows no such guest, or no longer; who is connected is for {@link Leases} to see to. */
    void isGone(String key) {
        synchronized (lock) {
            Guest guest = book.byKey(key);
            if (guest != null && guest.connections == 0) {
                book.remove(guest);
            }
        }
    }

    /** Whether somebody is a guest that is in memory, and does not ask for another name. */
    boolean wouldComeBack(@Nullable UserName name, @Nullable String session) {
        SessionSecret secret = SessionSecret.parse(session);
        return secret != null && comeBack(name, secret) != null;
    }

    /** Whether nothing that this server knows is against it that somebody gets a look. */
    boolean mayClaim(String look, @Nullable String address) {
        synchronized (lock) {
            return !HouseNames.hasLook(look)
                    && !reserved.containsKey(look)
                    && !kept.contains(look)
                    && (address == null || !addresses.isFull(address));
        }
    }

    /** The store gave somebody the name, who may come in by their secret from now on. */
    void claimed(GuestSession session, String look, @Nullable String address) {
        synchronized (lock) {
            if (!makeRoom(look)) {
                return; // somebody is here whose name it was, and does not know yet that it is not
            }
            Identity identity = new Identity(session.key(), new UserName(session.name()), true);
            Guest guest = new Guest(identity, look, session.secretHash());
            book.expect(guest, clock.millis() + ADMISSION.toMillis());
            if (address != null) {
                addresses.add(address, guest);
            }
        }
    }

    /** Who has a look here and is away has it no more, if the store says that it is another's. */
    @GuardedBy("lock") private boolean makeRoom(String look) {
        Guest other = book.byLook(look);
        if (other != null && other.connections == 0) {
            book.remove(other);
        }
        return other == null || other.connections == 0;
    }

    /** Those with a connection here. */
    List<GuestSession> here() {
        synchronized (lock) {
            return book.all().stream()
                    .filter(guest -> guest.connections > 0 && !guest.ended)
                    .map(guest -> session(guest, null))
                    .toList();
        }
    }

    /** Ends a guest who was ended elsewhere already; whether that changes anything. */
    boolean endedElsewhere(String key) {
        synchronized (lock) {
            Guest guest = book.byKey(key);
            boolean was = guest != null && !guest.ended;
            endHere(guest);
            return was;
        }
    }

    /**
     * Takes back those who were here before a restart: each is away, who was here when everything ended as if they had
     * left now. Called before anybody is admitted.
     */
    public void restore(List<GuestSession> sessions) {
        synchronized (lock) {
            long now = clock.millis();
            for (GuestSession session : sessions) {
                Long lastSeen = session.lastSeen();
                long freeAt = lastSeen == null
                        ? now + Math.max(reserveMillis, ADMISSION.toMillis())
                        : Math.min(lastSeen, now) + reserveMillis;
                if (freeAt <= now || !restore(session, freeAt)) {
                    ledger.forget(session.key());
                } else if (lastSeen == null || lastSeen > now) {
                    ledger.keep(new GuestSession(session.key(), session.name(), session.secretHash(), now));
                }
            }
        }
    }

    @GuardedBy("lock") private boolean restore(GuestSession session, long freeAt) {
        try {
            UserName name = UserName.parse(session.name());
            String look = name.skeleton();
            if (reserved.containsKey(look)
                    || kept.contains(look)
                    || book.byLook(look) != null
                    || book.byKey(session.key()) != null) {
                return false;
            }
            book.restore(new Guest(new Identity(session.key(), name, true), look, session.secretHash()), freeAt);
            return true;
        } catch (BadNameException | IllegalArgumentException e) {
            return false; // Names were allowed then that are not now.
        }
    }

    private static GuestSession session(Guest guest, @Nullable Long lastSeen) {
        return new GuestSession(guest.identity.key(), guest.identity.name().value(), guest.secretHash, lastSeen);
    }

    /** How many connections the guest has open. */
    public int connections(Identity identity) {
        synchronized (lock) {
            Guest guest = book.byKey(identity.key());
            return guest == null ? 0 : guest.connections;
        }
    }

    /** Forgets the guests whose reserve is over, and says how many. */
    public int sweep() {
        synchronized (lock) {
            int forgotten = book.forgetUntil(clock.millis());
            addresses.prune();
            return forgotten;
        }
    }

    /** How many guests there are: here, or away with a reserved name. */
    public int size() {
        synchronized (lock) {
            return book.size();
        }
    }

    private @Nullable Admitted comeBack(@Nullable UserName name, SessionSecret secret) {
        synchronized (lock) {
            long now = clock.millis();
            book.forgetUntil(now);
            Guest guest = book.byKey(secret.key());
            if (guest == null || guest.ended || !secret.matches(guest.secretHash)) {
                return null;
            }
            if (name != null && !name.equals(guest.identity.name())) {
                return null;
            }
            book.extend(guest, now + ADMISSION.toMillis());
            return new Admitted(guest.identity, secret.reveal());
        }
    }

    private GuestAdmission admitAsAnybody(@Nullable String address) {
        for (int guess = 0; guess < MAX_GUESSES; guess++) {
            GuestAdmission admission = admitAs(MadeUpNames.make(random), address);
            if (!(admission instanceof NameTaken)) {
                return admission;
            }
        }
        return new BadName("All made-up names are taken; please ask for one.");
    }

    private GuestAdmission admitAs(UserName name, @Nullable String address) {
        String look = name.skeleton();
        if (HouseNames.hasLook(look)) {
            return new BadName("This name is kept for the house.");
        }
        SessionSecret secret = SessionSecret.make(random);
        Guest guest = new Guest(new Identity(secret.key(), name, true), look, secret.hash());
        synchronized (lock) {
            long now = clock.millis();
            book.forgetUntil(now);
            if (reserved.containsKey(look) || kept.contains(look) || !isShared && book.byLook(look) != null) {
                return new NameTaken(name);
            }
            if (address != null && addresses.isFull(address)) {
                return new TooManyNames();
            }
            if (isShared) {
                return new NameTaken(name); // else they had come by the secret of what was claimed for them
            }
            book.expect(guest, now + ADMISSION.toMillis());
            if (address != null) {
                addresses.add(address, guest);
            }
        }
        return new Admitted(guest.identity, secret.reveal());
    }
}
