package chat.parley.identity;

import chat.parley.config.Settings;
import chat.parley.identity.AccountException.Reason;
import chat.parley.protocol.BadNameException;
import chat.parley.protocol.UserName;
import chat.parley.store.AccountStore;
import chat.parley.store.StoreException;
import chat.parley.store.StoreTasks;
import chat.parley.store.StoredAccount;
import chat.parley.store.StoredSession;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People with an account: signing up, in and out, passwords, and the end of an account.
 *
 * <p>Promises: of all who have a name or had an account, and of all guests there are, no two share a name or a look; an
 * answer does not tell whether it was the name or the password that is wrong, nor does the time it takes; who is
 * signed out, has a new password, or deletes the account is out at once, on every connection. What is kept in memory is
 * changed on the writer's thread, as part of what is written, so that both have the same order.
 *
 * <p>Any thread may ask; nothing waits. Stages fail with what {@link AccountException#of} makes an answer of, and
 * complete on threads of the store or of {@link Passwords}: dependents must not block. {@link #restore} first.
 */
public final class Accounts {

    private static final Logger log = LoggerFactory.getLogger(Accounts.class);

    private final Settings.Auth settings;
    private final Admins admins;
    private final AccountStore store;
    private final StoreTasks reader;
    private final StoreTasks writer;
    private final Passwords passwords;
    private final Guests guests;
    private final Sessions sessions;
    private final Endings endings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final PasswordChecks checks;

    /** There is an account, or was one since the start. */
    private volatile boolean isAny;

    /** A sign-up of which nobody knows whether it was committed; with the key of the guest who asked, if it was one. */
    private record Doubt(String name, @Nullable String guest) {}

    /** By look. */
    private final Map<String, Doubt> doubtful = new ConcurrentHashMap<>();

    /** Sessions that are over, but not in the store yet; the value is when they ended. */
    private final Map<String, Long> unsaved = new ConcurrentHashMap<>();

    /**
     * The accounts of a store.
     *
     * @param admins whose names are kept for them
     * @param reader has the store read
     * @param writer has the store written, in the order in which it is asked
     * @param endings hears whose connections have to end
     */
    public Accounts(
            Settings.Auth settings,
            Admins admins,
            AccountStore store,
            StoreTasks reader,
            StoreTasks writer,
            Passwords passwords,
            Guests guests,
            Sessions sessions,
            Endings endings,
            Clock clock) {
        this.settings = settings;
        this.admins = admins;
        this.store = store;
        this.reader = reader;
        this.writer = writer;
        this.passwords = passwords;
        this.guests = guests;
        this.sessions = sessions;
        this.endings = endings;
        this.clock = clock;
        this.checks = new PasswordChecks(settings, store, reader, passwords);
    }

    /** Takes back the names and the sessions there were before a restart. Before any guest is, or anybody comes. */
    public void restore() throws StoreException {
        List<StoredAccount> accounts = store.accounts();
        guests.keepFrom(admins.looks());
        accounts.forEach(account -> guests.reserve(account.skeleton()));
        admins.tellWhoIsMissing(accounts.stream().map(StoredAccount::name).collect(Collectors.toSet()));
        isAny = accounts.stream().anyMatch(account -> account.tombstoned() == null);
        Map<String, StoredAccount> byKey =
                accounts.stream().collect(Collectors.toMap(StoredAccount::key, Function.identity()));
        for (StoredSession session : oldestFirst(store.sessions(clock.millis()))) {
            StoredAccount account = byKey.get(session.accountKey());
            if (account != null && account.tombstoned() == null) {
                sessions.open(session, identity(account.key(), new UserName(account.name())));
            }
        }
    }

    /**
     * Reads accounts and their sessions anew, which another server changed: who is signed out there, has a new password
     * or no account any more is out here too. The writer's thread.
     */
    public void reread(Collection<String> keys) throws StoreException {
        take(store.accounts(keys), store.sessions(keys, clock.millis()));
    }

    /** The same for all there are. */
    public void rereadAll() throws StoreException {
        List<StoredAccount> accounts = store.accounts();
        take(accounts, oldestFirst(store.sessions(clock.millis())));
        Set<String> keys = accounts.stream().map(StoredAccount::key).collect(Collectors.toSet());
        for (String gone : sessions.accounts()) {
            if (!keys.contains(gone)) {
                sessions.closeAll(gone);
                endings.allEnded(gone);
            }
        }
    }

    private static List<StoredSession> oldestFirst(List<StoredSession> sessions) {
        return sessions.stream()
                .sorted(Comparator.comparingLong(StoredSession::created))
                .toList();
    }

    private void take(List<StoredAccount> accounts, List<StoredSession> sessionsOfThem) {
        Map<String, List<StoredSession>> open = sessionsOfThem.stream()
                .filter(session -> !unsaved.containsKey(session.key()))
                .collect(Collectors.groupingBy(StoredSession::accountKey));
        for (StoredAccount account : accounts) {
            take(account, account.tombstoned() == null ? open.getOrDefault(account.key(), List.of()) : List.of());
        }
    }

    private void take(StoredAccount account, List<StoredSession> open) {
        isAny |= account.tombstoned() == null;
        made(account.skeleton());
        String guest = guests.yieldTo(account.skeleton());
        if (guest != null) {
            guests.end(guest);
            endings.gaveWay(guest);
        }
        if (account.tombstoned() != null) {
            sessions.closeAll(account.key());
            endings.allEnded(account.key());
            return;
        }
        sessions.set(identity(account.key(), new UserName(account.name())), open)
                .forEach(endings::sessionEnded);
    }

    /** Whether anybody may have an account: where nobody has, and nobody can make one, signing in is no way in. */
    public boolean areAny() {
        return isAny || !doubtful.isEmpty();
    }

    /**
     * Makes an account and its first session; not under the name of an admin.
     *
     * @param guest the guest who asks, who becomes the account and is no guest any more; null when it is none
     * @param address where it is asked from
     */
    public CompletionStage<SignedIn> signUp(String name, String password, @Nullable Pass guest, String address) {
        return signUp(name, password, null, guest, address);
    }

    /**
     * Makes an account and its first session.
     *
     * @param code opens the name of an admin; null for none
     * @param guest the guest who asks, who becomes the account and is no guest any more; null when it is none
     * @param address where it is asked from
     */
    public CompletionStage<SignedIn> signUp(
            String name, String password, @Nullable String code, @Nullable Pass guest, String address) {
        UserName user;
        String look;
        String own =
                guest != null && guest.identity().guest() ? guest.identity().key() : null;
        try {
            if (!settings.signUp()) {
                throw new AccountException(Reason.SWITCHED_OFF, "Accounts cannot be made here.");
            }
            checks.takeSignUp(address);
            Passwords.check(password);
            user = UserName.parse(name);
            look = user.skeleton();
            if (HouseNames.hasLook(look)) {
                throw new AccountException(Reason.BAD_NAME, "This name is kept for the house.");
            }
            if (!admins.maySignUp(user, look, code)) {
                throw new AccountException(
                        Reason.NAME_KEPT, "This name is kept for an admin of this server (parley.admins.code).");
            }
            if (!guests.tryReserve(look, own)) {
                throw nameTaken();
            }
        } catch (BadNameException e) {
            return failed(new AccountException(Reason.BAD_NAME, e.why()));
        } catch (AccountException e) {
            return failed(e);
        }
        Identity identity = identity("u." + SessionSecret.makeKey(random), user);
        return passwords
                .hash(password)
                .thenCompose(hash -> own != null && guests.byKey(own) == null
                        ? failed(new AccountException(Reason.NOT_SIGNED_IN, "The session of the guest is over."))
                        : add(identity, look, hash, own))
                .whenComplete((signedIn, failure) -> {
                    if (failure != null) {
                        Reason reason = AccountException.of(failure).reason();
                        if (reason == Reason.BUSY) {
                            checks.giveSignUpBack(address);
                        }
                        notMade(look, new Doubt(user.value(), own), reason);
                    }
                });
    }

    private CompletionStage<SignedIn> add(Identity identity, String look, String hash, @Nullable String guest) {
        return writer.submit(() -> {
                    New made = session(identity);
                    StoredAccount account = new StoredAccount(
                            identity.key(), identity.name().value(), look, hash, clock.millis(), null);
                    if (!store.add(account, made.stored(), guest)) {
                        return Optional.<SignedIn>empty();
                    }
                    isAny = true;
                    guests.reserve(look);
                    open(made.stored(), identity);
                    endGuest(guest);
                    log.atInfo().addKeyValue("user", identity.name().value()).log("signed up");
                    return Optional.of(made.signedIn());
                })
                .thenCompose(
                        made -> made.map(CompletableFuture::completedFuture).orElseGet(() -> failed(nameTaken())));
    }

    /**
     * Nobody else may have the name while it is not known that it is free. Whoever on another server has it, a guest perhaps,
     * may have it here too.
     */
    private void notMade(String look, Doubt doubt, Reason reason) {
        if (reason == Reason.UNAVAILABLE) {
            doubtful.put(look, doubt);
        } else {
            guests.release(look);
        }
    }

    /** The account was made after all: whoever asked for it as a guest is no guest any more. */
    private void made(String look) {
        Doubt doubt = doubtful.remove(look);
        if (doubt != null) {
            guests.reserve(look);
            endGuest(doubt.guest());
        }
    }

    private void endGuest(@Nullable String guest) {
        if (guest != null) {
            guests.end(guest);
            endings.allEnded(guest);
        }
    }

    /** Begins a session of somebody who knows the password. */
    public CompletionStage<SignedIn> signIn(String name, String password, String address) {
        UserName user = parsed(name);
        String key = user == null ? name : user.value();
        return checks.account(user, key, password, address)
                .thenCompose(account -> upToDate(account, password))
                .thenCompose(account -> {
                    Identity identity = identity(account.key(), new UserName(account.name()));
                    return writer.submit(() -> {
                        New made = session(identity);
                        if (!store.add(made.stored(), account.passwordHash())) {
                            return Optional.<SignedIn>empty();
                        }
                        open(made.stored(), identity);
                        return Optional.of(made.signedIn());
                    });
                })
                .thenCompose(made -> made.map(CompletableFuture::completedFuture)
                        .orElseGet(() -> failed(PasswordChecks.wrongCredentials())));
    }

    /** Changes the password of somebody who knows the old one: all sessions end, and one that is returned begins. */
    public CompletionStage<SignedIn> changePassword(Pass pass, String before, String after, String address) {
        try {
            needAccount(pass);
            Passwords.check(after);
        } catch (AccountException e) {
            return failed(e);
        }
        Identity identity = pass.identity();
        return checks.account(identity.name(), identity.name().value(), before, address)
                .thenCompose(account -> passwords
                        .hash(after)
                        .thenCompose(hash -> writer.submit(() -> {
                            New made = session(identity);
                            if (!store.changePassword(account.passwordHash(), hash, made.stored(), clock.millis())) {
                                return Optional.<SignedIn>empty();
                            }
                            sessions.closeAll(identity.key());
                            endings.allEnded(identity.key());
                            open(made.stored(), identity);
                            log.atInfo()
                                    .addKeyValue("user", identity.name().value())
                                    .log("password changed");
                            return Optional.of(made.signedIn());
                        })))
                .thenCompose(made -> made.map(CompletableFuture::completedFuture)
                        .orElseGet(() -> failed(PasswordChecks.wrongCredentials())));
    }

    /**
     * Ends an account of somebody who knows its password, since a browser may have been left open: nobody gets its name,
     * and what it said stays, under another.
     */
    public CompletionStage<Boolean> delete(Pass pass, String password, String address) {
        try {
            needAccount(pass);
        } catch (AccountException e) {
            return failed(e);
        }
        String key = pass.identity().key();
        String tombstone = HouseNames.GONE + Long.toString(random.nextLong() >>> 1, 36);
        UserName name = pass.identity().name();
        return checks.account(name, name.value(), password, address)
                .thenCompose(account -> writer.submit(() -> {
                    store.tombstone(key, tombstone, settings.erasesContent(), clock.millis());
                    sessions.closeAll(key);
                    endings.allEnded(key);
                    log.atInfo().addKeyValue("user", name.value()).log("account deleted");
                    return true;
                }));
    }

    /**
     * Ends a session, a guest's too: at once, and in the store when the stage completes. Of somebody from elsewhere only the
     * connections end: what they came in with is not ours to revoke.
     */
    public CompletionStage<Boolean> signOut(Pass pass) {
        if (pass.identity().isExternal()) {
            endings.sessionEnded(pass.session());
            return CompletableFuture.completedFuture(true);
        }
        if (pass.identity().guest()) {
            guests.end(pass.session());
            endings.sessionEnded(pass.session());
            return guests.saved();
        }
        unsaved.put(pass.session(), clock.millis()); // before it is closed: nobody opens it again meanwhile
        sessions.close(pass.session());
        endings.sessionEnded(pass.session());
        return revoke(pass.session());
    }

    /** Forgets what is over, and tries again what could not be saved. Called now and then. */
    public void sweep() {
        sessions.sweep();
        unsaved.keySet().forEach(key -> quietly(revoke(key)));
        doubtful.forEach((look, doubt) -> quietly(reader.submit(() -> {
            if (store.account(doubt.name()) != null) {
                made(look);
            } else if (doubtful.remove(look, doubt)) {
                guests.release(look);
            }
            return true;
        })));
        quietly(writer.submit(() -> {
            store.forgetSessions(clock.millis());
            return true;
        }));
    }

    private CompletionStage<Boolean> revoke(String session) {
        unsaved.putIfAbsent(session, clock.millis());
        return writer.submit(() -> {
            store.revoke(session, clock.millis());
            unsaved.remove(session);
            return true;
        });
    }

    /** The account with a hash by today's parameters. */
    private CompletionStage<StoredAccount> upToDate(StoredAccount account, String password) {
        String before = account.passwordHash();
        if (!passwords.isOutdated(before)) {
            return CompletableFuture.completedFuture(account);
        }
        return passwords
                .hash(password)
                .thenCompose(after -> writer.submit(() -> {
                    store.rehash(account.key(), before, after);
                    return new StoredAccount(
                            account.key(), account.name(), account.skeleton(), after, account.created(), null);
                }));
    }

    /** The writer's thread. */
    private void open(StoredSession session, Identity identity) {
        if (!doubtful.isEmpty()) {
            made(identity.name().skeleton());
        }
        for (String gone : sessions.open(session, identity)) {
            endings.sessionEnded(gone);
            quietly(revoke(gone));
        }
    }

    private record New(StoredSession stored, SignedIn signedIn) {}

    private New session(Identity identity) {
        SessionSecret secret = SessionSecret.make(random);
        long now = clock.millis();
        long expires = now + settings.session().toMillis();
        Pass pass = new Pass(identity, secret.key(), expires);
        return new New(
                new StoredSession(secret.key(), secret.hash(), identity.key(), now, expires),
                new SignedIn(pass, secret.reveal()));
    }

    private static Identity identity(String key, UserName name) {
        return new Identity(key, name, false);
    }

    private static @Nullable UserName parsed(String name) {
        try {
            return UserName.parse(name);
        } catch (BadNameException e) {
            return null;
        }
    }

    private static void needAccount(Pass pass) throws AccountException {
        if (pass.identity().guest()) {
            throw new AccountException(Reason.GUESTS_CANNOT, "Guests have no account.");
        }
        if (pass.identity().isExternal()) {
            throw new AccountException(Reason.NO_ACCOUNT, "Your account is kept elsewhere, not here.");
        }
    }

    private static AccountException nameTaken() {
        return new AccountException(Reason.NAME_TAKEN, "Somebody has this name, or one that looks like it.");
    }

    private static <T> CompletableFuture<T> failed(AccountException refusal) {
        return CompletableFuture.failedFuture(refusal);
    }

    private static void quietly(CompletionStage<Boolean> stage) {
        CompletionStage<Boolean> unused = stage.exceptionally(failure -> {
            log.atWarn().addKeyValue("why", failure.getMessage()).log("accounts could not be tidied up; tried again");
            return false;
        });
    }
}
