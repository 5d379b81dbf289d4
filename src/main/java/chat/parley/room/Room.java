package chat.parley.room;

import chat.parley.identity.Identity;
import chat.parley.protocol.ClientMessage;
import chat.parley.protocol.RoomName;
import chat.parley.store.Page;
import chat.parley.store.Range;
import chat.parley.store.RoomState;
import chat.parley.store.StoredMessage;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A room: its log, who is in it, and the one gate ({@link #accept}) through which everything numbered enters.
 *
 * <p>Promises: events enter the log in the order of their seqs, each once; a member's live events start exactly
 * behind the head of its ack; a room that has died takes nobody in. Any thread may call; its lock is never held
 * across I/O. It stays in one file, although it is long, because all of it is what happens under that one lock.
 *
 * <pre>
 * LOADING --loaded--> OPEN --nobody was here for a while--> CLOSED
 *    +---------------the store could not be read--------------^
 * </pre>
 */
final class Room {

    private static final Logger log = LoggerFactory.getLogger(Room.class);

    /** More missed events than this are not caught up one by one (protocol, section 5). */
    private static final int MAX_MISSED = 1_000;

    private static final int DEFAULT_HISTORY = 50;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private enum Life {
        LOADING,
        OPEN,
        CLOSED
    }

    private record Waiting(JoinReply reply, ClientMessage.Join request, boolean again) {}

    private final RoomName name;
    private final RoomServices services;
    private final Words words;
    private final RoomLog events;
    private final Roster roster;
    private final AtomicReferenceArray<@Nullable Share> shares;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private Life life = Life.LOADING;

    @GuardedBy("lock") private final Ahead ahead = new Ahead();

    /** Those who came before the room was loaded. */
    @GuardedBy("lock") private final List<Waiting> waiting = new ArrayList<>(0);

    @GuardedBy("lock") private int members;

    @GuardedBy("lock") private boolean filling;

    /** Whether what is being loaded may have changed since it was read. */
    @GuardedBy("lock") private boolean stale;

    /** The highest seq that anybody told of; when it is above the head, what is between has to be read. */
    @GuardedBy("lock") private long heard;

    /** When somebody last came, went or spoke, by {@code System.nanoTime()}. */
    private volatile long usedAt = System.nanoTime();

    /** The lowest seq that the store still has, as far as is known here; written under the lock, never decreases. */
    private volatile long first = 1;

    Room(RoomName name, RoomServices services) {
        this.name = name;
        this.services = services;
        this.words = new Words(name, services.clock());
        this.events = new RoomLog(
                services.settings().rooms().ring(), services.settings().rooms().ringBytes(), services.memory());
        this.roster = new Roster(events, words, services.settings().presence().linger(), this::later);
        this.shares = new AtomicReferenceArray<>(services.fanout().size());
    }

    RoomName name() {
        return name;
    }

    RoomLog log() {
        return events;
    }

    Words words() {
        return words;
    }

    Pages pages() {
        return services.pages();
    }

    /** How many people are here. */
    int count() {
        return roster.count();
    }

    long first() {
        return first;
    }

    long usedAt() {
        return usedAt;
    }

    // ---- coming and going

    /** Takes a connection in and gives its answer a place; null when the room has died. */
    @Nullable Membership enter(Outlet outlet, Identity identity, ClientMessage.Join request) {
        Membership membership = new Membership(this, outlet, identity);
        Integer limit = request.limit();
        JoinReply reply = new JoinReply(membership, request.id(), limit == null ? DEFAULT_HISTORY : limit);
        lock.lock();
        try {
            if (life == Life.CLOSED) {
                return null;
            }
            usedAt = System.nanoTime();
            members++;
            outlet.add(reply);
            if (life == Life.LOADING) {
                waiting.add(new Waiting(reply, request, false));
            } else {
                admit(reply, request);
            }
        } finally {
            lock.unlock();
        }
        wake();
        return membership;
    }

    /** Answers a second join of a member: with the ack alone, once the room is loaded. */
    void acknowledge(Membership membership, ClientMessage.Join request) {
        JoinReply reply = new JoinReply(membership, request.id(), 0);
        lock.lock();
        try {
            membership.outlet().add(reply);
            if (life == Life.LOADING) {
                waiting.add(new Waiting(reply, request, true));
            } else {
                reply.fill(
                        membership.hasLeft()
                                ? new Admission(words.unavailable(request.id()), true, 0, 0, 0, null)
                                : acknowledgement(request));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets a connection out; {@code asked} when it said so, else it dropped. */
    void exit(Membership membership, boolean asked) {
        lock.lock();
        try {
            if (membership.hasLeft()) {
                return;
            }
            membership.leave();
            members--;
            usedAt = System.nanoTime();
            String person = membership.identity().name().value();
            if (!membership.isAdmitted()) {
                return;
            }
            if (asked) {
                roster.leave(person);
            } else {
                roster.drop(person);
            }
        } finally {
            lock.unlock();
        }
        wake();
        membership.outlet().thread().execute(() -> membership.outlet().forget(membership));
    }

    @GuardedBy("lock") private void admit(JoinReply reply, ClientMessage.Join request) {
        Membership membership = reply.membership();
        Head head = events.head();
        Long since = request.since();
        boolean recovered = since != null
                && services.epoch().equals(request.epoch())
                && since <= head.seq()
                && since + 1 >= first
                && head.seq() - since <= MAX_MISSED;
        if (!membership.hasLeft()) {
            membership.admit();
            roster.enter(membership.identity().name().value());
        }
        byte[] ack = words.joinAck(request.id(), head.seq(), first, services.epoch(), roster.count(), recovered);
        reply.fill(new Admission(ack, false, head.position(), head.seq(), head.version(), recovered ? since : null));
    }

    @GuardedBy("lock") private Admission acknowledgement(ClientMessage.Join request) {
        long head = events.head().seq();
        byte[] ack = words.joinAck(request.id(), head, first, services.epoch(), roster.count(), false);
        return new Admission(ack, true, 0, 0, 0, null);
    }

    // ---- the life of the room

    /** Reads the newest events, once for everybody who waits. Called once, by whoever made the room. */
    void load(Runnable onFailure) {
        services.reader()
                .state(name, RoomLog.KEPT_EVENTS)
                .thenAccept(this::loaded)
                .exceptionally(failure -> {
                    log.atWarn()
                            .setCause(failure)
                            .addKeyValue("room", name.value())
                            .log("room could not be loaded");
                    loadFailed(failure.getCause() == null ? failure : failure.getCause());
                    onFailure.run();
                    return null;
                });
    }

    private void loaded(RoomState state) {
        boolean hole;
        boolean again;
        lock.lock();
        try {
            first = Math.max(first, state.first());
            events.startAt(state.head() - state.newest().size());
            for (StoredMessage message : state.newest()) {
                events.appendEvent(message.seq(), words.event(message));
            }
            life = Life.OPEN;
            takeHeld();
            for (Waiting joining : waiting) {
                if (joining.again()) {
                    joining.reply().fill(acknowledgement(joining.request()));
                } else {
                    admit(joining.reply(), joining.request());
                }
            }
            waiting.clear();
            hole = startFilling();
            again = stale;
        } finally {
            lock.unlock();
        }
        wake();
        if (hole) {
            fill();
        }
        if (again) {
            reread();
        }
    }

    private void loadFailed(Throwable cause) {
        lock.lock();
        try {
            life = Life.CLOSED;
            for (Waiting joining : waiting) {
                joining.reply().membership().leave();
                joining.reply().fill(new Admission(words.error(joining.request().id(), cause), true, 0, 0, 0, null));
            }
            waiting.clear();
            members = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Dies if nobody is here and nothing has happened for so long; whether it did. */
    boolean closeIfIdle(Duration idle) {
        lock.lock();
        try {
            if (life != Life.OPEN || members > 0 || roster.count() > 0 || System.nanoTime() - usedAt < idle.toNanos()) {
                return false;
            }
            life = Life.CLOSED;
            events.shrinkTo(0);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back what the ring holds beyond so many events; how many bytes that were. */
    long shrinkTo(int count) {
        lock.lock();
        try {
            long before = events.bytes();
            events.shrinkTo(count);
            return before - events.bytes();
        } finally {
            lock.unlock();
        }
    }

    // ---- the gate

    /**
     * The one gate for everything numbered: own commits, duplicates' answers, other nodes' announcements, holes read
     * from the store. Old is dropped, next is appended, ahead is held and the hole before it is read.
     */
    void accept(StoredMessage message) {
        boolean hole;
        lock.lock();
        try {
            if (life == Life.CLOSED) {
                return;
            }
            usedAt = System.nanoTime();
            heard = Math.max(heard, message.seq());
            if (life == Life.LOADING) {
                ahead.hold(message);
                return;
            }
            take(message);
            hole = startFilling();
        } finally {
            lock.unlock();
        }
        wake();
        if (hole) {
            fill();
        }
    }

    /** Hears that the store has nothing below this seq any more. */
    void expiredBelow(long seq) {
        if (seq <= first) {
            return;
        }
        lock.lock();
        try {
            first = Math.max(first, seq);
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private void take(StoredMessage message) {
        long next = events.head().seq() + 1;
        if (message.seq() == next) {
            events.appendEvent(next, words.event(message));
            takeHeld();
        } else if (message.seq() > next) {
            ahead.hold(message);
        }
    }

    @GuardedBy("lock") private void takeHeld() {
        long next = events.head().seq() + 1;
        for (StoredMessage held = ahead.take(next); held != null; held = ahead.take(++next)) {
            events.appendEvent(next, words.event(held));
        }
    }

    /** Whether there is a hole that nobody fills yet; then the caller does. */
    @GuardedBy("lock") private boolean startFilling() {
        if (filling || heard <= events.head().seq()) {
            return false;
        }
        filling = true;
        return true;
    }

    private void fill() {
        long from;
        long to;
        lock.lock();
        try {
            from = events.head().seq() + 1;
            if (heard < from || life == Life.CLOSED) {
                filling = false;
                return;
            }
            to = ahead.isEmpty() ? heard + 1 : ahead.lowest();
        } finally {
            lock.unlock();
        }
        if (to - from > Ahead.MAX_EVENTS) {
            filled(to, null, null);
            return;
        }
        services.reader()
                .read(name, new Range(from - 1, to, Ahead.MAX_EVENTS, true))
                .handle((page, failure) -> {
                    filled(to, page, failure);
                    return to;
                })
                .exceptionally(failure -> {
                    log.atError()
                            .setCause(failure)
                            .addKeyValue("room", name.value())
                            .log("room broke");
                    return to;
                });
    }

    /** The hole below {@code to} was read; what the store no longer has, or too much of it, is jumped over. */
    private void filled(long to, @Nullable Page page, @Nullable Throwable failure) {
        boolean again;
        lock.lock();
        try {
            filling = false;
            if (failure == null && life == Life.OPEN) {
                if (page != null && !page.messages().isEmpty()) {
                    long there = page.messages().get(0).seq();
                    if (there > events.head().seq() + 1) {
                        events.restartAt(there - 1);
                    }
                    page.messages().forEach(this::take);
                }
                if (events.head().seq() + 1 < to) {
                    events.restartAt(to - 1);
                    takeHeld();
                }
            }
            again = startFilling();
        } finally {
            lock.unlock();
        }
        wake();
        if (again && failure == null) {
            fill();
        } else if (again) {
            Future<?> unused = services.scheduler().schedule(this::fill, RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    // ---- what reads otherwise now

    /** Reads again what the ring holds: somebody's words read otherwise in the store now. */
    void reread() {
        lock.lock();
        try {
            if (life == Life.LOADING) {
                stale = true; // what is on its way may be older than the change
                return;
            }
        } finally {
            lock.unlock();
        }
        rereadFrom(events.floor());
    }

    private void rereadFrom(long after) {
        services.reader()
                .read(name, new Range(after, Long.MAX_VALUE, Ahead.MAX_EVENTS, true))
                .handle((page, failure) -> {
                    if (failure != null) {
                        Future<?> unused = services.scheduler()
                                .schedule(() -> rereadFrom(after), RETRY.toMillis(), TimeUnit.MILLISECONDS);
                    } else {
                        replace(page);
                    }
                    return after;
                })
                .exceptionally(failure -> {
                    log.atError()
                            .setCause(failure)
                            .addKeyValue("room", name.value())
                            .log("room broke");
                    return after;
                });
    }

    private void replace(Page page) {
        lock.lock();
        try {
            if (life == Life.CLOSED) {
                return;
            }
            page.messages().forEach(message -> events.replaceEvent(message.seq(), words.event(message)));
        } finally {
            lock.unlock();
        }
        if (page.more()) {
            rereadFrom(page.messages().get(page.messages().size() - 1).seq());
        }
    }

    // ---- what members ask

    /** The {@code members} object with a page of names. */
    byte[] members(ClientMessage.Members request, int limit) {
        lock.lock();
        try {
            return roster.page(request.id(), request.after(), limit);
        } finally {
            lock.unlock();
        }
    }

    /** Tells the room that a member types, as often as it may. */
    void typing(Membership membership) {
        lock.lock();
        try {
            if (membership.isAdmitted() && !membership.hasLeft()) {
                roster.typing(membership, TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
            }
        } finally {
            lock.unlock();
        }
        wake();
    }

    // ---- delivery

    /** The members that belong to the calling delivery thread. */
    Share share(DeliveryThread thread) {
        Share share = shares.get(thread.index());
        if (share == null) {
            share = new Share();
            shares.set(thread.index(), share);
        }
        return share;
    }

    /** Has the delivery threads look at the head; called after it was published, without the lock. */
    private void wake() {
        for (int i = 0; i < shares.length(); i++) {
            Share share = shares.get(i);
            if (share != null && share.isOccupied()) {
                services.fanout().thread(i).schedule(share);
            }
        }
    }

    private void later(Duration delay, Runnable task) {
        Future<?> unused = services.scheduler()
                .schedule(
                        () -> {
                            lock.lock();
                            try {
                                if (life == Life.OPEN) {
                                    task.run();
                                }
                            } finally {
                                lock.unlock();
                            }
                            wake();
                        },
                        delay.toNanos(),
                        TimeUnit.NANOSECONDS);
    }
}
