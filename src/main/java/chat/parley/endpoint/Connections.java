package chat.parley.endpoint;

import chat.parley.config.Settings;
import chat.parley.identity.Endings;
import chat.parley.moderation.Visit;
import chat.parley.moderation.Visits;
import chat.parley.protocol.CloseCode;
import chat.parley.relay.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All open connections of a server, and whether another one is let in. A connection is counted from its registration
 * until it ends, whatever the container thinks. Any thread may call.
 */
public final class Connections implements Endings, Visits {

    /** The connections lie in so many slices, of which the sweeper looks at one at a time. */
    static final int SLICES = 10;

    /** How often the sweeper comes to each of them. */
    static final Duration ROUND = Duration.ofSeconds(1);

    /** How long a client that is refused for want of room, or by a server that goes away, is asked to wait. */
    private static final int RETRY_SECONDS = 5;

    /** What may be held of the frames of all connections together: 64 MB. */
    private static final long MOST_HELD_CHARS = 32L * 1024 * 1024;

    private final HostRule hostRule;
    private final Settings.Limits limits;
    private final HandshakeRate rate;
    private final List<Set<Connection>> slices = new ArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final HoldingBudget holding = new HoldingBudget(MOST_HELD_CHARS);
    private final AtomicLong numbers = new AtomicLong();
    private final AwakeTime awake = new AwakeTime(System.nanoTime());
    private final ConcurrentMap<String, Integer> perAddress = new ConcurrentHashMap<>();
    private final UserConnections users;
    private volatile boolean draining;

    /**
     * None yet.
     *
     * @param ledger knows how many each user has on other servers
     * @param scheduler for short tasks that never block
     */
    public Connections(Settings settings, Ledger ledger, ScheduledExecutorService scheduler) {
        this.hostRule = new HostRule(settings.http());
        this.limits = settings.limits();
        this.rate = new HandshakeRate(settings.handshakes());
        this.users = new UserConnections(limits.connectionsPerUser(), ledger, scheduler);
        for (int i = 0; i < SLICES; i++) {
            slices.add(ConcurrentHashMap.newKeySet());
        }
    }

    /** How many are open. */
    public int size() {
        return count.get();
    }

    /** Refuses all handshakes from now on. */
    public void refuseNew() {
        draining = true;
    }

    /** Whether nobody new is taken any more. */
    public boolean isRefusingNew() {
        return draining;
    }

    /**
     * Why no connection of an address is taken now, in one word, for a page: a browser does not show what a handshake was
     * refused with. Null when one is, as far as that is not a matter of rates.
     */
    public @Nullable String closed(String site) {
        if (draining) {
            return "leaving";
        }
        if (isFull()) {
            return "full";
        }
        return isCrowded(site) ? "crowded" : null;
    }

    private boolean isFull() {
        return limits.connections() > 0 && count.get() + waiting.get() >= limits.connections();
    }

    private boolean isCrowded(String site) {
        return limits.connectionsPerAddress() > 0 && perAddress.getOrDefault(site, 0) >= limits.connectionsPerAddress();
    }

    /** Whether a client is let in, asked once for each handshake, which is counted; null when it is. */
    public @Nullable Refusal refusal(Handshake handshake) {
        if (!hostRule.allows(handshake)) {
            return new Refusal(403, 0, "This host or origin is not allowed here (parley.hosts and parley.origins).");
        }
        if (draining) {
            return new Refusal(503, RETRY_SECONDS, "The server is shutting down.");
        }
        if (isFull()) {
            return new Refusal(503, RETRY_SECONDS, "The server is full.");
        }
        if (isCrowded(handshake.site())) {
            return new Refusal(429, RETRY_SECONDS, "There are too many connections from this address.");
        }
        return rate.refusal(handshake);
    }

    /**
     * The name of the server by which somebody asks for it.
     *
     * @param host the {@code Host} header; null when there is none
     * @return as it stands in a URI, without a port; null when it is no name of this server
     */
    public @Nullable String ownHost(@Nullable String host) {
        return hostRule.ownHost(host);
    }

    boolean isAllowed(Handshake handshake) {
        return hostRule.allows(handshake);
    }

    /** Whether a request comes from one of our own pages, or from no page, and to a name of this server. */
    public boolean isOwn(Handshake request) {
        return hostRule.allows(request);
    }

    @Override
    public void sessionEnded(String session) {
        for (Connection connection : all()) {
            if (connection.pass().session().equals(session)) {
                connection.failed(CloseCode.UNAUTHENTICATED, "signed out");
            }
        }
    }

    @Override
    public void allEnded(String key) {
        for (Connection connection : all()) {
            if (connection.identity().key().equals(key)) {
                connection.failed(CloseCode.UNAUTHENTICATED, "signed out everywhere");
            }
        }
    }

    @Override
    public void gaveWay(String guest) {
        for (Connection connection : all()) {
            if (connection.identity().key().equals(guest)) {
                connection.failed(CloseCode.UNAUTHENTICATED, "somebody whose name this is has come");
            }
        }
    }

    /** Ends all whose session is over, or who are banned. */
    public void recheck() {
        for (Connection connection : all()) {
            connection.endIfBanned(); // first, so that they hear why: of a guest the session is over as well
            connection.endIfOver();
        }
    }

    @Override
    public List<Visit> visits() {
        return all().stream().map(Connection::visit).toList();
    }

    @Override
    public void expel(Predicate<Visit> which, String why) {
        for (Connection connection : all()) {
            if (which.test(connection.visit())) {
                connection.failed(CloseCode.FORBIDDEN, why);
            }
        }
    }

    /** What may be held of their frames. */
    HoldingBudget holding() {
        return holding;
    }

    /** A session is open of which it is not known yet who it is: it takes room. */
    void waits() {
        waiting.incrementAndGet();
    }

    /** It is known, or will not be. */
    void waitsNoMore() {
        waiting.decrementAndGet();
    }

    @Override
    public void expelBanned() {
        for (Connection connection : all()) {
            connection.endIfBanned();
        }
    }

    /** The time by which their silence is measured. */
    AwakeTime awake() {
        return awake;
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    /** Counts a connection in, unless it has no room or the server goes away. */
    boolean add(Connection connection) {
        int open = count.incrementAndGet();
        int ofAddress = perAddress.merge(Handshake.site(connection.address()), 1, Integer::sum);
        if (draining
                || (limits.connections() > 0 && open > limits.connections())
                || (limits.connectionsPerAddress() > 0 && ofAddress > limits.connectionsPerAddress())) {
            uncount(connection);
            return false;
        }
        // Before anybody can count it out.
        users.opened(connection.identity().key(), connection);
        slice(connection).add(connection);
        return true;
    }

    /** Counts it out; fine also when it was never in, or is out already. */
    void remove(Connection connection) {
        if (slice(connection).remove(connection)) {
            uncount(connection);
            users.closed(connection.identity().key(), connection);
        }
    }

    private void uncount(Connection connection) {
        count.decrementAndGet();
        perAddress.computeIfPresent(Handshake.site(connection.address()), (address, n) -> n == 1 ? null : n - 1);
    }

    Collection<Connection> slice(int index) {
        return slices.get(index);
    }

    List<Connection> all() {
        List<Connection> all = new ArrayList<>();
        slices.forEach(all::addAll);
        return all;
    }

    private Set<Connection> slice(Connection connection) {
        return slices.get((int) (connection.number() % SLICES));
    }
}
