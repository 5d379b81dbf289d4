package chat.parley.room;

import chat.parley.config.Settings;
import chat.parley.identity.Identity;
import chat.parley.protocol.ClientMessage;
import chat.parley.protocol.Form;
import chat.parley.protocol.RoomName;
import chat.parley.relay.Relay;
import chat.parley.store.Author;
import chat.parley.store.Draft;
import chat.parley.store.GroupCommit;
import chat.parley.store.LogEnds;
import chat.parley.store.MessageStore;
import chat.parley.store.Outcome;
import chat.parley.store.SharedLook;
import chat.parley.store.StoreReader;
import chat.parley.store.StoredMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All rooms of a server: finds them, makes them, lets them die, and takes messages from members to the store and back
 * to the rooms. One per server; any thread may call. It ends with the scheduler it was given.
 */
public final class RoomManager {

    /** How often idle rooms and quiet rings are looked for. */
    private static final Duration SWEEP = Duration.ofSeconds(1);

    /** How often the heads of rooms are looked at that others may have moved, after the last look. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final int DEFAULT_PAGE = 50;
    private static final int DEFAULT_NAMES = 200;

    private static final Logger log = LoggerFactory.getLogger(RoomManager.class);

    private final ConcurrentMap<RoomName, Room> rooms = new ConcurrentHashMap<>();
    private final RoomServices services;
    private final GroupCommit commits;
    private final Directory directory;
    private final SharedLook heads;

    /**
     * The rooms over a store.
     *
     * @param commits appends to the store that {@code reader} reads and {@code epoch} is of
     * @param relay tells and hears the other servers over the store; started here, closed by whoever made it
     * @param scheduler runs what has to happen later; nothing it is given blocks
     */
    public RoomManager(
            Settings settings,
            MessageStore store,
            GroupCommit commits,
            StoreReader reader,
            Relay relay,
            Fanout fanout,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this.commits = commits;
        this.directory = new Directory(this::counts, relay.neighbours()::crowds, reader);
        RingMemory memory =
                new RingMemory(settings.rooms().memoryBytes(), () -> scheduler.execute(this::relieveMemory));
        this.services = new RoomServices(
                settings,
                store.epoch(),
                store.isShared(),
                reader,
                relay,
                new Pages(reader),
                memory,
                fanout,
                scheduler,
                clock);
        this.heads = new SharedLook(this::readHeads, scheduler);
    }

    /**
     * Starts the relay, and the writer, so that what is committed here and elsewhere enters the rooms; from now on looks for
     * idle rooms, and for what no announcement told of.
     */
    public void start() {
        start(() -> {}, () -> {});
    }

    /**
     * The same.
     *
     * @param hurried hears, on a thread of the relay, that another server changed something in the store
     * @param lost hears, on the scheduler's thread, that touch with the others was lost, or has been
     */
    public void start(Runnable hurried, Runnable lost) {
        services.relay().neighbours().start(this::elsewhere);
        if (services.isShared()) {
            services.relay().neighbours().onResumed(this::lookNow);
            services.relay().neighbours().onResumed(lost);
        }
        services.relay().start(new Announced(hurried, lost));
        commits.start(this::entered, this::expired, this::retouched);
        Future<?> unused = services.scheduler()
                .scheduleWithFixedDelay(this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
        if (services.isShared()) {
            lookLater();
        }
    }

    /** The sending side for a new connection. */
    public Outlet connect(Sender sender, Form form, Outlet.Owner owner) {
        return new Outlet(
                services.fanout().assign(),
                sender,
                form,
                owner,
                services.settings().limits().replyBytes());
    }

    /**
     * Takes a connection into a room and answers it; null, and no answer, when there are too many rooms.
     *
     * @param request whose room is {@code name} already
     */
    public @Nullable Membership join(RoomName name, Outlet outlet, Identity identity, ClientMessage.Join request) {
        while (true) {
            Room room = rooms.get(name);
            if (room == null) {
                int limit = services.settings().limits().rooms();
                if (limit > 0 && rooms.size() >= limit) {
                    return null;
                }
                Room made = new Room(name, services);
                room = rooms.putIfAbsent(name, made);
                if (room == null) {
                    // In first, then the load: one that fails at once has to answer somebody, and must not be tried
                    // again here.
                    Membership first = made.enter(outlet, identity, request);
                    made.load(() -> rooms.remove(name, made));
                    return first;
                }
            }
            Membership membership = room.enter(outlet, identity, request);
            if (membership != null) {
                return membership;
            }
            rooms.remove(name, room);
        }
    }

    /** Answers a join of somebody who is in the room already: with the ack alone. */
    public void acknowledge(Membership membership, ClientMessage.Join request) {
        membership.room().acknowledge(membership, request);
    }

    /** Lets a member out that asked for it. The caller answers. */
    public void leave(Membership membership) {
        membership.room().exit(membership, true);
    }

    /** Lets a member out whose connection is gone. */
    public void drop(Membership membership) {
        membership.room().exit(membership, false);
    }

    /**
     * Appends a message to the log of the member's room; the room's members get it once it is committed.
     *
     * @return as {@link GroupCommit#append}
     */
    public CompletionStage<Outcome> send(Membership membership, String id, String content) {
        Identity who = membership.identity();
        Author author = new Author(who.key(), who.name().value(), who.guest());
        return commits.append(new Draft(membership.room().name(), author, id, content));
    }

    /** Answers with a page of the room's log; false, and no answer, when too many pages wait already. */
    public boolean history(Membership membership, ClientMessage.History request) {
        Room room = membership.room();
        Outlet outlet = membership.outlet();
        return outlet.answerPage(() -> services.pages()
                .page(room, request.id(), range(room, request), outlet.form().maxFrameBytes()));
    }

    /** Answers with a page of the people in the room; false, and no answer, when too many pages wait already. */
    public boolean members(Membership membership, ClientMessage.Members request) {
        Integer limit = request.limit();
        return membership
                .outlet()
                .answerPage(() -> CompletableFuture.completedStage(
                        membership.room().members(request, limit == null ? DEFAULT_NAMES : limit)));
    }

    /** Tells the room that a member types. */
    public void typing(Membership membership) {
        membership.room().typing(membership);
    }

    /** The rooms there are, for whoever looks for one. */
    public Directory directory() {
        return directory;
    }

    /** What the other servers tell. */
    private final class Announced implements Relay.Listener {

        private final Runnable hurried;
        private final Runnable lost;

        Announced(Runnable hurried, Runnable lost) {
            this.hurried = hurried;
            this.lost = lost;
        }

        @Override
        public void hurried() {
            hurried.run();
        }

        @Override
        public void lost() {
            lost.run();
        }

        @Override
        public void announced(RoomName name, long seq, byte[] event) {
            RoomManager.this.announced(name, seq, event);
        }

        @Override
        public void typing(RoomName name, String sender) {
            Room room = rooms.get(name);
            if (room != null) {
                room.typingElsewhere(sender);
            }
        }
    }

    private void elsewhere(RoomName name, Collection<String> came, Collection<String> went) {
        Room room = rooms.get(name);
        if (room != null) {
            room.elsewhere(came, went);
        }
    }

    private Map<RoomName, Integer> counts() {
        Map<RoomName, Integer> counts = new HashMap<>();
        rooms.forEach((name, room) -> {
            if (room.count() > 0) {
                counts.put(name, room.count());
            }
        });
        return counts;
    }

    /** How many rooms are in memory. */
    public int size() {
        return rooms.size();
    }

    private void expired(RoomName name, long first) {
        Room room = rooms.get(name);
        if (room != null) {
            room.expiredBelow(first);
        }
    }

    /** Reads the rooms in memory anew where another server changed how something reads. */
    public void reread(Collection<String> names) {
        names.forEach(name -> retouched(new RoomName(name)));
    }

    /** The same for all rooms in memory. */
    public void rereadAll() {
        rooms.values().forEach(Room::reread);
    }

    private void retouched(RoomName name) {
        Room room = rooms.get(name);
        if (room != null) {
            room.reread();
        }
    }

    private void entered(Outcome outcome) {
        if (outcome instanceof Outcome.Stored stored) {
            expired(stored.message().room(), stored.first());
            entered(stored.message());
        } else if (outcome instanceof Outcome.Duplicate duplicate) {
            // Perhaps of a commit whose answer was lost: then nobody has heard of it yet.
            entered(duplicate.message());
        } else if (outcome instanceof Outcome.Unsure unsure) {
            entered(unsure.message());
        }
    }

    /** To the members here first, then to the others; encoded once for all of them. */
    private void entered(StoredMessage message) {
        byte[] event = Words.encode(message);
        announced(message.room(), message.seq(), event);
        services.relay().announce(message.room(), message.seq(), event);
    }

    private void announced(RoomName name, long seq, byte[] event) {
        Room room = rooms.get(name);
        if (room != null) {
            room.accept(seq, event);
        }
    }

    /** Completes when the rooms that somebody is in know what was committed before this was called; fails when they do not. */
    public CompletionStage<Boolean> catchUp() {
        return services.isShared() ? heads.ask() : CompletableFuture.completedStage(true);
    }

    private CompletionStage<Boolean> readHeads() {
        List<RoomName> occupied =
                rooms.values().stream().filter(Room::isOccupied).map(Room::name).toList();
        if (occupied.isEmpty()) {
            return CompletableFuture.completedStage(true);
        }
        return services.reader().heads(occupied).thenApply(heads -> {
            heads.forEach(this::seen);
            return true;
        });
    }

    /** The next look is asked for when this one is answered. */
    private void look() {
        lookNow().whenComplete((done, failure) -> lookLater());
    }

    /** Looks at the heads of all rooms that somebody is in, by one query; completes also when they could not be read. */
    private CompletionStage<Boolean> lookNow() {
        return catchUp().exceptionally(failure -> {
            log.atDebug().setCause(failure).log("the heads of rooms could not be looked at");
            return false;
        });
    }

    private void lookLater() {
        Future<?> unused = services.scheduler().schedule(this::look, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void seen(RoomName name, LogEnds ends) {
        Room room = rooms.get(name);
        if (room != null) {
            room.expiredBelow(ends.first());
            room.hear(ends.head());
        }
    }

    private static HistoryRange range(Room room, ClientMessage.History request) {
        long head = room.log().head().seq();
        Long before = request.before();
        Long after = request.after();
        Integer limit = request.limit();
        return new HistoryRange(
                after == null ? 0 : Math.min(after, head),
                before == null ? head + 1 : Math.min(before, head + 1),
                limit == null ? DEFAULT_PAGE : limit,
                after != null);
    }

    private void sweep() {
        Duration idle = services.settings().rooms().idle();
        for (Room room : rooms.values()) {
            if (room.closeIfIdle(idle)) {
                rooms.remove(room.name(), room);
            } else if (System.nanoTime() - room.usedAt() > idle.toNanos()) {
                room.shrinkTo(RoomLog.KEPT_EVENTS);
            }
        }
        // What was appended behind the back of a relief under way asked for none.
        if (services.memory().isExceeded()) {
            relieveMemory();
        }
    }

    /** All rings together hold too much: the coldest give theirs back first. */
    private void relieveMemory() {
        record Cold(Room room, long usedAt) {}
        long now = System.nanoTime();
        List<Cold> coldest = new ArrayList<>();
        rooms.values().forEach(room -> coldest.add(new Cold(room, room.usedAt())));
        coldest.sort(
                Comparator.comparingLong((Cold cold) -> now - cold.usedAt()).reversed());
        for (int kept : new int[] {RoomLog.KEPT_EVENTS, 0}) {
            for (Cold cold : coldest) {
                if (services.memory().excess() <= 0) {
                    break;
                }
                if (cold.room().usedAt() == cold.usedAt()) { // else it is not cold any more
                    cold.room().shrinkTo(kept);
                }
            }
        }
        services.memory().relieved();
    }
}
