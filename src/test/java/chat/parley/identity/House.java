package chat.parley.identity;

import chat.parley.config.Settings;
import chat.parley.config.SettingsLoader;
import chat.parley.store.MemoryStore;
import chat.parley.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** All parts of who somebody is, over one store on the heap, with cheap hashes. Whoever makes it closes it. */
final class House implements Endings, AutoCloseable {

    static final String PASSWORD = "correct horse";

    /** The same for all, as in one file. */
    static final KeyWrap WRAP = KeyWrap.ofThisProcess();

    final SettableClock clock;
    final KeptGuests kept;
    final DirectTasks reader = new DirectTasks();
    final DirectTasks writer = new DirectTasks();
    final chat.parley.store.AccountStore store;
    final Settings.Auth settings;
    final Guests guests;
    final Sessions sessions;
    final Passwords passwords;
    final Accounts accounts;
    final ExternalPeople externalPeople;
    final ExternalEntrance external;
    final People people;
    final TokenKeys keys;
    final Tokens tokens;
    final Tickets tickets;
    final Entrance entrance;

    /** Whose connections had to end, in order: sessions and keys. */
    final List<String> ended = new ArrayList<>();

    House(String... changes) {
        this(new MemoryStore(1, 1_000, java.time.Clock.systemUTC()).accounts(), changes);
    }

    /** The same after a restart, over the same store, on the day on which the first was made. */
    House(chat.parley.store.AccountStore store, String... changes) {
        this(store, new KeptGuests(), new SettableClock(), changes);
    }

    /** The same after a restart, over what was stored. */
    House(chat.parley.store.AccountStore store, KeptGuests kept, SettableClock clock, String... changes) {
        this.clock = clock;
        this.kept = kept;
        this.sessions = new Sessions(clock);
        this.tickets = new Tickets(clock);
        Map<String, String> values = new java.util.HashMap<>(Map.of(
                "parley.auth.argon2.memory", "64KB",
                "parley.auth.argon2.iterations", "1"));
        for (int i = 0; i < changes.length; i += 2) {
            values.put(changes[i], changes[i + 1]);
        }
        this.store = store;
        this.settings = SettingsLoader.of(values).auth();
        Admins admins = new Admins(SettingsLoader.of(values).admins());
        this.guests = new Guests(Duration.ofHours(1), clock, kept);
        this.passwords = new Passwords(settings.argon2());
        this.accounts = new Accounts(settings, admins, store, reader, writer, passwords, guests, sessions, this, clock);
        this.externalPeople = new ExternalPeople(guests, store, writer, this, clock);
        this.external = new ExternalEntrance(settings.external(), externalPeople, clock);
        try {
            accounts.restore();
            externalPeople.restore();
            guests.restore(kept.all());
            this.keys = new TokenKeys(store, writer, WRAP, settings.keyRotation(), settings.token(), clock);
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
        this.people = new People(guests, sessions, externalPeople);
        this.tokens = new Tokens(keys, settings.token(), clock);
        this.entrance = new Entrance(settings, people, guests, tokens, tickets, external);
    }

    SignedIn signUp(String name) throws AccountException {
        return get(accounts.signUp(name, PASSWORD, null, "address"));
    }

    SignedIn signIn(String name) throws AccountException {
        return get(accounts.signIn(name, PASSWORD, "address"));
    }

    /** The result, or what was refused. */
    static <T> T get(CompletionStage<T> stage) throws AccountException {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw AccountException.of(e);
        }
    }

    @Override
    public void sessionEnded(String session) {
        ended.add(session);
    }

    @Override
    public void allEnded(String key) {
        ended.add(key);
    }

    @Override
    public void close() {
        passwords.close();
        external.close();
    }
}
