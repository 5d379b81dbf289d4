package chat.parley;

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
import chat.parley.identity.Entrance;
import chat.parley.identity.ExternalEntrance;
import chat.parley.identity.ExternalPeople;
import chat.parley.identity.Guests;
import chat.parley.identity.KeyWrap;
import chat.parley.identity.KeysRefusedException;
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
import chat.parley.room.Directory;
import chat.parley.room.Fanout;
import chat.parley.room.RoomManager;
import chat.parley.store.AccountStore;
import chat.parley.store.GroupCommit;
import chat.parley.store.MessageStore;
import chat.parley.store.StoreException;
import chat.parley.store.StoreReader;
import chat.parley.store.StoreRefusedException;
import chat.parley.store.Stores;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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

    private final Settings settings;
    private final Clock clock;
    private final Scheduler scheduler;
    private final ExecutorService pings;
    private final ExecutorService closes;
    private final MessageStore store;
    private final StoreReader reader;
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
    private final Connections connections;
    private final Admins admins;
    private final Bans bans;
    private final Moderation moderation;
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
        this.store = store;
        this.reader = new StoreReader(store);
        this.commits = new GroupCommit(
                store, settings.store().queue(), settings.store().retention(), clock);
        this.fanout = new Fanout(settings.send().threads());
        this.rooms = new RoomManager(settings, store, commits, reader, fanout, scheduler, clock);
        this.connections = new Connections(settings);
        this.guests = new Guests(settings.guests().reserve(), settings.users().guestNamesPerAddress(), clock, commits);
        this.passwords = new Passwords(settings.auth().argon2());
        Sessions sessions = new Sessions(clock);
        AccountStore kept = store.accounts();
        this.admins = admins(settings);
        this.accounts = new Accounts(
                settings.auth(), admins, kept, reader, commits, passwords, guests, sessions, connections, clock);
        this.externalPeople = new ExternalPeople(guests, kept, commits, connections, clock);
        this.bans = new Bans(clock);
        this.moderation =
                new Moderation(admins, bans, guests, connections, kept, store.moderation(), reader, commits, clock);
        this.tokenKeys = restore(kept);
        this.external = external(settings.auth().external());
        this.people = new People(guests, sessions, externalPeople);
        this.tokens = new Tokens(tokenKeys, settings.auth().token(), clock);
        this.tickets = new Tickets(clock);
        this.entrance = new Entrance(settings.auth(), people, guests, tokens, tickets, external);
        SenderFactory portable = SenderFactory.portable(settings.send().timeout(), pings, closes);
        this.services = new ChatServices(
                settings,
                rooms,
                people,
                entrance,
                connections,
                new UserRates(settings),
                bans,
                senders == null ? portable : senders,
                scheduler,
                clock);
    }

    /** Starts the parts, bottom-up. */
    public void start() {
        scheduler.execute(this::warmUp);
        fanout.start();
        rooms.start();
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

    /** Whether new clients are welcome: it is not stopping, and the store takes messages. */
    public boolean isReady() {
        return !connections.isRefusingNew() && commits.isAvailable();
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
        passwords.close();
        external.close();
        fanout.close();
        reader.close();
        if (written) {
            commits.saveGuests();
            store.close();
        } else {
            log.warn("the store is still at work and stays open until the process ends");
        }
        pings.shutdownNow();
        closes.shutdown();
        await(closes);
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

    private ExternalEntrance external(Settings.External chosen) {
        try {
            return new ExternalEntrance(chosen, externalPeople, clock);
        } catch (KeysRefusedException e) {
            store.close();
            throw e;
        }
    }

    private Admins admins(Settings settings) {
        try {
            return new Admins(settings.admins());
        } catch (SettingsException e) {
            store.close();
            throw e;
        }
    }

    /** Accounts first: a guest who looks like one does not come back. */
    private TokenKeys restore(AccountStore kept) {
        try {
            accounts.restore();
            externalPeople.restore();
            guests.restore(store.guests());
            moderation.restore();
            return new TokenKeys(
                    kept,
                    commits,
                    keyWrap(),
                    settings.auth().keyRotation(),
                    settings.auth().token(),
                    clock);
        } catch (SettingsException e) {
            store.close();
            throw e;
        } catch (StoreException e) {
            store.close();
            throw new StoreRefusedException(
                    "accounts, guests and bans cannot be read from the database: " + e.getMessage(), e);
        }
    }

    private KeyWrap keyWrap() {
        return settings.store().isInMemory()
                ? KeyWrap.ofThisProcess()
                : new KeyWrap(new SecretFile(settings.auth().secretFile()).key());
    }

    private void tidyUp() {
        try {
            guests.sweep();
            accounts.sweep();
            externalPeople.sweep();
            moderation.sweep();
            tokenKeys.rotateIfDue();
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
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                MAY_BLOCK, MAY_BLOCK, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads(prefix));
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
