package chat.parley;

import chat.parley.config.Setting;
import chat.parley.config.Settings;
import chat.parley.config.SettingsException;
import chat.parley.endpoint.ChatEndpoint;
import chat.parley.endpoint.ChatServices;
import chat.parley.endpoint.Connections;
import chat.parley.endpoint.Drain;
import chat.parley.endpoint.HandlerEndpoint;
import chat.parley.endpoint.HandshakeGate;
import chat.parley.endpoint.PingSweeper;
import chat.parley.endpoint.SenderFactory;
import chat.parley.endpoint.UserRates;
import chat.parley.identity.Accounts;
import chat.parley.identity.Admins;
import chat.parley.identity.ArrivalBatch;
import chat.parley.identity.Arrivals;
import chat.parley.identity.Entrance;
import chat.parley.identity.ExternalEntrance;
import chat.parley.identity.ExternalPeople;
import chat.parley.identity.Guests;
import chat.parley.identity.KeyWrap;
import chat.parley.identity.KeysRefusedException;
import chat.parley.identity.Leases;
import chat.parley.identity.Passwords;
import chat.parley.identity.People;
import chat.parley.identity.SecretFile;
import chat.parley.identity.Sessions;
import chat.parley.identity.Tickets;
import chat.parley.identity.TokenKeys;
import chat.parley.identity.Tokens;
import chat.parley.moderation.Bans;
import chat.parley.moderation.Moderation;
import chat.parley.protocol.BadNameException;
import chat.parley.protocol.ClientMessageDecoder;
import chat.parley.protocol.Form;
import chat.parley.protocol.JsonCodec;
import chat.parley.protocol.ServerMessage;
import chat.parley.protocol.ServerMessageEncoder;
import chat.parley.protocol.UserName;
import chat.parley.relay.Relay;
import chat.parley.relay.Relays;
import chat.parley.room.Directory;
import chat.parley.room.Fanout;
import chat.parley.room.RoomManager;
import chat.parley.store.AccountStore;
import chat.parley.store.ChangeFeed;
import chat.parley.store.GroupCommit;
import chat.parley.store.GuestClaims;
import chat.parley.store.MessageStore;
import chat.parley.store.StoreException;
import chat.parley.store.StoreReader;
import chat.parley.store.StoreRefusedException;
import chat.parley.store.StoredChange;
import chat.parley.store.Stores;
import chat.parley.store.Wakefulness;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chat server without its container: builds the parts, starts them bottom-up and stops them top-down. Start and
 * stop are called once each, by whoever made it; everything else by any thread.
 */
public final class Parley {

    private static final Logger log = LoggerFactory.getLogger(Parley.class);

    private static final Duration COMMIT = Duration.ofSeconds(5);
    private static final Duration TIDY_UP = Duration.ofMinutes(1);

    private static final Duration REFRESH = Duration.ofSeconds(5);

    private static final Duration CLOSE = Duration.ofSeconds(2);

    /** How many closes, and how many pings, may wait for their peers at the same time; more wait for these. */
    private static final int MAY_BLOCK = 32;

    /** How many carry out what had to wait; they never block. */
    private static final int RESUMING = 2;

    private final Settings settings;
    private final Clock clock;
    private final Scheduler scheduler;
    private final ExecutorService pings;
    private final ExecutorService closes;
    private final ExecutorService resuming;
    private final MessageStore store;
    private final StoreReader reader;
    private final Relay relay;
    private final GroupCommit commits;
    private final Fanout fanout;
    private final RoomManager rooms;
    private final Guests guests;
    private final Passwords passwords;
    private final Accounts accounts;
    private final ExternalPeople externalPeople;
    private final ExternalEntrance external;
    private final TokenKeys tokenKeys;
    private final People people;
    private final Tokens tokens;
    private final Tickets tickets;
    private final Entrance entrance;
    private final Arrivals arrivals;
    private final @Nullable GuestClaims claims;
    private final @Nullable Leases leases;
    private final Wakefulness wakefulness;
    private final Connections connections;
    private final Admins admins;
    private final Bans bans;
    private final Moderation moderation;
    private final ChangeFeed changes;
    private final ChatServices services;

    /**
     * A server with these settings, which opens the store they name.
     *
     * @param senders null for the portable sender
     * @throws chat.parley.store.StoreRefusedException when the store cannot be opened as it is
     * @throws SettingsException when the file with the secret cannot be used
     */
    public Parley(Settings settings, @Nullable SenderFactory senders, Clock clock) {
        this(settings, senders, clock, Stores.open(settings.store(), clock));
    }

    /** A server over a store, which it closes. */
    public Parley(Settings settings, @Nullable SenderFactory senders, Clock clock, MessageStore store) {
        this.settings = settings;
        this.clock = clock;
        this.scheduler = new Scheduler(threads("parley-scheduler-"));
        this.pings = mayBlock("parley-ping-");
        this.closes = mayBlock("parley-close-");
        this.resuming = pool("parley-resume-", RESUMING);
        this.store = store;
        this.relay = relay(settings.relay());
        this.reader = new StoreReader(store);
        this.commits = new GroupCommit(
                store, settings.store().queue(), settings.store().retention(), clock);
        this.fanout = new Fanout(settings.send().threads());
        this.rooms = new RoomManager(settings, store, commits, reader, relay, fanout, scheduler, clock);
        this.connections = new Connections(settings, relay.ledger(), scheduler);
        Duration reserve = settings.guests().reserve();
        this.guests = new Guests(reserve, settings.users().guestNamesPerAddress(), clock, commits, store.isShared());
        this.claims = store.guestClaims(reserve, Leases.period(reserve));
        this.leases = claims == null ? null : new Leases(guests, claims, connections);
        this.passwords = new Passwords(settings.auth().argon2());
        Sessions sessions = new Sessions(clock);
        AccountStore kept = store.accounts();
        this.admins = admins(settings);
        this.accounts = new Accounts(
                settings.auth(), admins, kept, reader, commits, passwords, guests, sessions, connections, clock);
        this.externalPeople = new ExternalPeople(guests, kept, commits, connections, clock);
        this.bans = new Bans(clock);
        this.moderation = new Moderation(
                admins, bans, guests, connections, kept, store.moderation(), reader, commits, store.isShared(), clock);
        this.changes = new ChangeFeed(store, reader, commits, scheduler);
        this.tokenKeys = restore(kept);
        follow();
        this.external = external(settings.auth().external());
        this.people = new People(guests, sessions, externalPeople);
        this.tokens = new Tokens(tokenKeys, settings.auth().token(), clock);
        this.tickets = new Tickets(clock, store.isShared() ? tokens : null);
        this.entrance = new Entrance(settings.auth(), people, guests, tokens, tickets, external);
        this.arrivals = new Arrivals(
                settings.auth(),
                sessions,
                guests,
                people,
                externalPeople,
                tokens,
                tickets,
                changes,
                claims == null ? null : new ArrivalBatch(claims, reader));
        this.wakefulness = new Wakefulness(scheduler);
        SenderFactory portable = SenderFactory.portable(settings.send().timeout(), pings, closes);
        this.services = new ChatServices(
                settings,
                rooms,
                people,
                entrance,
                arrivals,
                wakefulness,
                connections,
                new UserRates(settings, relay.ledger(), scheduler),
                bans,
                senders == null ? portable : senders,
                resuming,
                scheduler,
                clock);
    }

    /** Starts the parts, bottom-up. */
    public void start() {
        scheduler.execute(this::warmUp);
        fanout.start();
        rooms.start(changes::hurry, wakefulness::doubt);
        changes.start(relay::hurry);
        if (store.isShared()) {
            // Bans first: who is banned is to read that, and not that the name is gone as well.
            wakefulness.onWaking(() -> changes.catchUp().thenCompose(done -> holdNames()));
            wakefulness.onWaking(rooms::catchUp);
            wakefulness.start();
            long period = Leases.period(settings.guests().reserve()).toMillis();
            Future<?> holds = scheduler.scheduleWithFixedDelay(this::keepNames, period, period, TimeUnit.MILLISECONDS);
        }
        new PingSweeper(connections, scheduler).start();
        external.start();
        Future<?> refreshes = scheduler.scheduleWithFixedDelay(
                external::refresh, REFRESH.toSeconds(), REFRESH.toSeconds(), TimeUnit.SECONDS);
        Future<?> unused = scheduler.scheduleWithFixedDelay(
                this::tidyUp, TIDY_UP.toSeconds(), TIDY_UP.toSeconds(), TimeUnit.SECONDS);
    }

    /**
     * Has a container serve {@code /chat}.
     *
     * @throws DeploymentException when it does not want to
     */
    public void deployTo(ServerContainer container) throws DeploymentException {
        // Beforehand: Tyrus starts a timer with the default, and a session that has another one when that runs is
        // closed.
        container.setDefaultMaxSessionIdleTimeout(
                ChatEndpoint.maxIdle(settings.heartbeat()).toMillis());
        container.addEndpoint(handlerEndpoint());
    }

    /** The annotated endpoint, for whoever embeds this in a container that keeps to the configurator it is given. */
    public ServerEndpointConfig endpoint() {
        return configured(ServerEndpointConfig.Builder.create(ChatEndpoint.class, "/chat")
                .decoders(List.of(ClientMessageDecoder.class))
                .encoders(List.of(ServerMessageEncoder.class)));
    }

    private ServerEndpointConfig handlerEndpoint() {
        return configured(ServerEndpointConfig.Builder.create(HandlerEndpoint.class, "/chat"));
    }

    private ServerEndpointConfig configured(ServerEndpointConfig.Builder builder) {
        ServerEndpointConfig endpoint = builder.subprotocols(
                        List.of(Form.BATCH.subprotocol(), Form.SINGLE.subprotocol()))
                .configurator(new HandshakeGate(services))
                .build();
        endpoint.getUserProperties()
                .put(ClientMessageDecoder.FRAME_BYTES, settings.limits().frameBytes());
        endpoint.getUserProperties()
                .put(ClientMessageDecoder.CONTENT_BYTES, settings.limits().contentBytes());
        return endpoint;
    }

    /** All open connections, for whoever lets clients in. */
    public Connections connections() {
        return connections;
    }

    /** Accounts, for whoever lets people sign in. */
    public Accounts accounts() {
        return accounts;
    }

    /** The guests. */
    public Guests guests() {
        return guests;
    }

    /** Everybody who can be here. */
    public People people() {
        return people;
    }

    /** Whether this server may believe what it has in memory. */
    public Wakefulness wakefulness() {
        return wakefulness;
    }

    /** Carries out what had to wait, so that the threads it waited for do not. */
    public Executor resuming() {
        return resuming;
    }

    /** Has in memory what other servers know of who comes. */
    public Arrivals arrivals() {
        return arrivals;
    }

    /** The ways in. */
    public Entrance entrance() {
        return entrance;
    }

    /** Makes short tokens. */
    public Tokens tokens() {
        return tokens;
    }

    /** Makes tickets. */
    public Tickets tickets() {
        return tickets;
    }

    /** Who moderates. */
    public Admins admins() {
        return admins;
    }

    /** Who may not come in. */
    public Bans bans() {
        return bans;
    }

    /** What admins do. */
    public Moderation moderation() {
        return moderation;
    }

    /** The settings it runs with. */
    public Settings settings() {
        return settings;
    }

    /** Whether new clients are welcome: it is not stopping, the store takes messages, and it knows what others did. */
    public boolean isReady() {
        return !connections.isRefusingNew() && commits.isAvailable() && !wakefulness.isLongAsleep();
    }

    /** The rooms there are, for whoever looks for one. */
    public Directory directory() {
        return rooms.directory();
    }

    /** How many rooms are in memory. */
    public int rooms() {
        return rooms.size();
    }

    /**
     * Stops the parts, top-down: clients are sent away and served until they go, what was taken is committed and
     * acknowledged, who is left is closed. Takes at most the drain plus some seconds.
     */
    public void stop() {
        Drain drain = new Drain(connections, settings.drain(), clock);
        drain.sendAway();
        drain.stopReading();
        boolean written = commits.close(COMMIT);
        drain.closeRest();
        relay.neighbours().depart(settings.presence().linger());
        passwords.close();
        external.close();
        fanout.close();
        relay.close();
        reader.close();
        if (written) {
            commits.saveGuests();
            store.close();
        } else {
            log.warn("the store is still at work and stays open until the process ends");
        }
        pings.shutdownNow();
        closes.shutdown();
        resuming.shutdownNow();
        await(closes);
        await(resuming);
        await(pings);
        try {
            scheduler.end(CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** JSON-B and the rules of names take half a second to get ready; that is not for the first client to wait for. */
    private void warmUp() {
        try {
            UserName.parse("parley").skeleton();
        } catch (BadNameException e) {
            throw new IllegalStateException(e);
        }
        JsonCodec.decode(JsonCodec.toJson(new ServerMessage.Pong(null, clock.millis())), 0);
    }

    private Relay relay(Settings.Relay chosen) {
        try {
            if (chosen.isOn() && !store.isShared()) {
                throw new SettingsException(Setting.RELAY_URL, "(hidden)", Settings.Relay.NEEDS_SHARED_STORE, null);
            }
            return Relays.open(chosen, store.epoch(), scheduler);
        } catch (SettingsException e) {
            store.close();
            throw e;
        }
    }

    private ExternalEntrance external(Settings.External chosen) {
        try {
            return new ExternalEntrance(chosen, externalPeople, clock);
        } catch (KeysRefusedException e) {
            closeEarly();
            throw e;
        }
    }

    private Admins admins(Settings settings) {
        try {
            return new Admins(settings.admins());
        } catch (SettingsException e) {
            closeEarly();
            throw e;
        }
    }

    /** Accounts first: a guest who looks like one does not come back. */
    private TokenKeys restore(AccountStore kept) {
        try {
            changes.begin();
            accounts.restore();
            externalPeople.restore();
            if (claims == null) { // else they may be on another server now, and are looked up when they come back
                guests.restore(store.guests());
            }
            moderation.restore();
            return new TokenKeys(
                    kept,
                    commits,
                    keyWrap(),
                    store.isShared(),
                    settings.auth().keyRotation(),
                    settings.auth().token(),
                    clock);
        } catch (SettingsException | StoreRefusedException e) {
            closeEarly();
            throw e;
        } catch (StoreException e) {
            closeEarly();
            throw new StoreRefusedException(
                    "accounts, guests and bans cannot be read from the database: " + e.getMessage(), e);
        }
    }

    /** Whatever another server changes is read anew here. */
    private void follow() {
        changes.on(StoredChange.Kind.ACCOUNT, accounts::reread);
        changes.on(StoredChange.Kind.EXTERNAL, externalPeople::reread);
        changes.on(StoredChange.Kind.BAN, moderation::rereadBans);
        changes.on(StoredChange.Kind.ACT, moderation::repeat);
        changes.on(StoredChange.Kind.SIGNING_KEY, ids -> tokenKeys.reread());
        changes.on(StoredChange.Kind.ROOM, rooms::reread);
        if (leases != null) {
            changes.on(StoredChange.Kind.GUEST, leases::ended);
            changes.onLoss(leases::hold);
        }
        changes.onLoss(accounts::rereadAll);
        changes.onLoss(externalPeople::rereadAll);
        changes.onLoss(moderation::rereadAll);
        changes.onLoss(tokenKeys::reread);
        changes.onLoss(rooms::rereadAll);
        changes.onLoss(connections::recheck);
    }

    /** Of what has threads or files already, when it is not to be. */
    private void closeEarly() {
        relay.close();
        store.close();
    }

    private KeyWrap keyWrap() {
        return settings.store().isInMemory()
                ? KeyWrap.ofThisProcess()
                : new KeyWrap(new SecretFile(settings.auth().secretFile()).key());
    }

    private void keepNames() {
        CompletionStage<Boolean> unused = holdNames().exceptionally(failure -> {
            log.atWarn()
                    .addKeyValue("why", String.valueOf(failure.getMessage()))
                    .log("the names of guests could not be held; others may take them if this goes on");
            return false;
        });
    }

    private CompletionStage<Boolean> holdNames() {
        return commits.submit(() -> {
            if (leases != null) {
                leases.hold();
            }
            return true;
        });
    }

    private void tidyUp() {
        try {
            guests.sweep();
            accounts.sweep();
            externalPeople.sweep();
            moderation.sweep();
            tokenKeys.rotateIfDue();
            changes.sweep();
            if (claims != null) {
                CompletionStage<Boolean> unused = commits.submit(() -> {
                    claims.sweep();
                    return true;
                });
            }
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("tidying up broke");
        }
    }

    private static void await(ExecutorService executor) {
        try {
            if (!executor.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static ExecutorService mayBlock(String prefix) {
        return pool(prefix, MAY_BLOCK);
    }

    private static ExecutorService pool(String prefix, int most) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads(prefix));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static ThreadFactory threads(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
