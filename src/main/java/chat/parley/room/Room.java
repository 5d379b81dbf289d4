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
import java.util.Collection;
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
    /** How long the announcement of what is missing may take before the store is asked. */
    private static final Duration HOLE = Duration.ofMillis(20);

    private static final Duration RETRY = Duration.ofSeconds(1);

    /** What reads otherwise now may be announced, or read, as it was for so long yet: a relay and a store are that slow at most. */
    private static final Duration REREAD_AGAIN = Duration.ofSeconds(5);

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

    /** Whether others may have gone on unheard, because nobody was here for whom that is looked at. */
    @GuardedBy("lock") private boolean isDoubtful;

    /** Those who have seen more than is known here, or come when nobody knows whether what is known is all. */
    @GuardedBy("lock") private final Forerunners forerunners = new Forerunners();

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
        this.roster = new Roster(events, words, services.settings().presence().linger(), this::later, this::register);
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

    /** How many people are here, on all servers. */
    int count() {
        return roster.count();
    }

    /** Whether somebody is here on this server. */
    boolean isOccupied() {
        return roster.isOccupied();
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
        boolean ask = false;
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
            } else if (isDoubtful || isAhead(request)) {
                forerunners.add(reply, request, target(request));
                ask = forerunners.startAsking();
            } else {
                admit(reply, request);
            }
        } finally {
            lock.unlock();
        }
        wake();
        if (ask) {
            askHead();
        }
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
            countOut();
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

    @GuardedBy("lock") private void countOut() {
        members--;
        isDoubtful |= members == 0 && services.isShared();
    }

    /** Whether somebody has seen what is not here yet: then another server took it, and the store knows. */
    @GuardedBy("lock") private boolean isAhead(ClientMessage.Join request) {
        Long since = request.since();
        return services.isShared()
                && since != null
                && services.epoch().equals(request.epoch())
                && since > events.head().seq();
    }

    @GuardedBy("lock") private long target(ClientMessage.Join request) {
        Long since = request.since();
        return isDoubtful || since == null ? Long.MAX_VALUE : since;
    }

    private void askHead() {
        services.reader()
                .state(name, 0)
                .handle((state, failure) -> {
                    headAnswered(state, failure);
                    return name;
                })
                .exceptionally(this::broke);
    }

    private void headAnswered(@Nullable RoomState state, @Nullable Throwable failure) {
        boolean hole;
        boolean again;
        lock.lock();
        try {
            if (state == null) {
                forerunners.answered(Long.MAX_VALUE);
                refuseForerunners(failure);
            } else {
                isDoubtful = members == 0; // who asked may have gone, and nobody looks at a room that is empty
                first = Math.max(first, state.first());
                heard = Math.max(heard, state.head());
                forerunners.answered(state.head());
                admitForerunners();
            }
            hole = startFilling();
            again = forerunners.startAsking();
        } finally {
            lock.unlock();
        }
        wake();
        if (hole) {
            fillSoon();
        }
        if (again) {
            askHead();
        }
    }

    @GuardedBy("lock") private void admitForerunners() {
        for (Forerunners.Join join : forerunners.takeUpTo(events.head().seq())) {
            admit(join.reply(), join.request());
        }
    }

    @GuardedBy("lock") private void refuseForerunners(@Nullable Throwable cause) {
        for (Forerunners.Join join : forerunners.takeAll()) {
            Membership membership = join.reply().membership();
            if (!membership.hasLeft()) {
                membership.leave();
                countOut();
            }
            String id = join.request().id();
            byte[] error = cause == null ? words.unavailable(id) : words.error(id, cause);
            join.reply().fill(new Admission(error, true, 0, 0, 0, null));
        }
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

    /**
     * Subscribes to what other servers announce, then reads the newest events, and who is there elsewhere, once for everybody
     * who waits: so what is committed while it reads is either read or announced. Called once, by whoever made the room.
     */
    void load(Runnable onFailure) {
        services.relay()
                .subscribe(name)
                .thenCompose(confirmed -> services.relay()
                        .neighbours()
                        .watch(name)
                        .thenCombine(services.reader().state(name, RoomLog.KEPT_EVENTS), (known, state) -> state))
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
        boolean ask;
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
                } else if (isAhead(joining.request())) {
                    forerunners.add(
                            joining.reply(),
                            joining.request(),
                            target(joining.request())); // came while the head was read
                } else {
                    admit(joining.reply(), joining.request());
                }
            }
            waiting.clear();
            hole = startFilling();
            ask = forerunners.startAsking();
            again = stale;
        } finally {
            lock.unlock();
        }
        wake();
        if (hole) {
            fillSoon();
        }
        if (ask) {
            askHead();
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
        unsubscribe();
    }

    private void unsubscribe() {
        services.relay().neighbours().unwatch(name);
        services.relay().unsubscribe(name);
    }

    /** Dies if nobody is here and nothing has happened for so long; whether it did. */
    boolean closeIfIdle(Duration idle) {
        lock.lock();
        try {
            if (life != Life.OPEN
                    || members > 0
                    || roster.isOccupied()
                    || System.nanoTime() - usedAt < idle.toNanos()) {
                return false;
            }
            life = Life.CLOSED;
            events.shrinkTo(0);
        } finally {
            lock.unlock();
        }
        unsubscribe();
        return true;
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

    // ---- the other servers' people

    private void register(String person, boolean isHere) {
        if (isHere) {
            services.relay().neighbours().enter(name, person);
        } else {
            services.relay().neighbours().leave(name, person);
        }
    }

    /** Some people are here on other servers now, or on none any more. */
    void elsewhere(Collection<String> came, Collection<String> went) {
        lock.lock();
        try {
            if (life == Life.CLOSED) {
                return;
            }
            roster.elsewhere(came, went, life == Life.LOADING);
        } finally {
            lock.unlock();
        }
        wake();
    }

    /** Somebody types on another server. */
    void typingElsewhere(String person) {
        lock.lock();
        try {
            if (life == Life.OPEN) {
                roster.typingElsewhere(person, TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
            }
        } finally {
            lock.unlock();
        }
        wake();
    }

    // ---- the gate

    /**
     * The one gate for everything numbered: own commits, duplicates' answers, other nodes' announcements, holes read
     * from the store. Old is dropped, next is appended, ahead is held and the hole before it is read.
     *
     * @param event encoded, as members get it
     */
    void accept(long seq, byte[] event) {
        boolean hole;
        lock.lock();
        try {
            if (life == Life.CLOSED) {
                return;
            }
            if (members > 0) {
                usedAt = System.nanoTime(); // what is said elsewhere keeps no room here that nobody is in
            }
            heard = Math.max(heard, seq);
            if (life == Life.LOADING) {
                ahead.hold(seq, event);
                return;
            }
            take(seq, event);
            admitForerunners();
            hole = startFilling();
        } finally {
            lock.unlock();
        }
        wake();
        if (hole) {
            fillSoon();
        }
    }

    /** Hears that there is an event with this number; what is missing up to it will be announced, or is read. */
    void hear(long seq) {
        boolean hole;
        lock.lock();
        try {
            heard = Math.max(heard, seq);
            hole = life == Life.OPEN && startFilling();
        } finally {
            lock.unlock();
        }
        if (hole) {
            fillSoon();
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

    @GuardedBy("lock") private void take(long seq, byte[] event) {
        long next = events.head().seq() + 1;
        if (seq == next) {
            events.appendEvent(next, event);
            takeHeld();
        } else if (seq > next) {
            ahead.hold(seq, event);
        }
    }

    @GuardedBy("lock") private void takeHeld() {
        long next = events.head().seq() + 1;
        for (byte[] held = ahead.take(next); held != null; held = ahead.take(++next)) {
            events.appendEvent(next, held);
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

    /** Gives what is missing a moment to be announced: with several servers most holes close by themselves. */
    private void fillSoon() {
        long missing = events.head().seq() + 1;
        Future<?> unused = services.scheduler().schedule(() -> fill(missing), HOLE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Reads the hole, if it is still the one that begins there; another one gets its moment too. */
    private void fill(long missing) {
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
        if (from > missing) {
            fillSoon();
            return;
        }
        if (to - from > Ahead.MAX_EVENTS) {
            services.reader()
                    .state(name, 0)
                    .handle((state, failure) -> filled(to, null, state, failure))
                    .exceptionally(this::broke);
            return;
        }
        services.reader()
                .read(name, new Range(from - 1, to, Ahead.MAX_EVENTS, true))
                .handle((page, failure) -> filled(to, page, null, failure))
                .exceptionally(this::broke);
    }

    private RoomName broke(Throwable failure) {
        log.atError().setCause(failure).addKeyValue("room", name.value()).log("room broke");
        return name;
    }

    /** The store was asked for the hole below {@code to}, or where its log ends when the hole is too large. */
    private RoomName filled(long to, @Nullable Page page, @Nullable RoomState state, @Nullable Throwable failure) {
        boolean again;
        boolean ask;
        lock.lock();
        try {
            filling = false;
            if (failure == null && life == Life.OPEN) {
                if (page != null) {
                    fillWith(to, page);
                } else if (state != null) {
                    jump(to, state);
                }
                admitForerunners();
            } else {
                refuseForerunners(failure);
            }
            again = startFilling();
            ask = forerunners.startAsking();
        } finally {
            lock.unlock();
        }
        wake();
        if (ask) {
            askHead();
        }
        if (again && failure == null) {
            fillSoon();
        } else if (again) {
            long missing = events.head().seq() + 1;
            Future<?> unused =
                    services.scheduler().schedule(() -> fill(missing), RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
        return name;
    }

    /** Takes what the store has of the hole below {@code to}, and jumps over what it no longer has. */
    @GuardedBy("lock") private void fillWith(long to, Page page) {
        if (page.messages().isEmpty()) {
            jumpOver(Math.min(to, page.first()));
        } else {
            jumpOver(page.messages().get(0).seq());
            page.messages().forEach(message -> take(message.seq(), words.event(message)));
        }
        if (events.head().seq() + 1 < to) {
            believeOnly(events.head().seq());
        }
    }

    /** Jumps over a hole that is too large to be worth reading; as far as the store has got. */
    @GuardedBy("lock") private void jump(long to, RoomState state) {
        first = Math.max(first, state.first());
        if (state.head() + 1 < to) {
            believeOnly(state.head());
        }
        long next = Math.min(to, state.head() + 1);
        if (next - events.head().seq() > Ahead.MAX_EVENTS) {
            jumpOver(next);
        }
    }

    @GuardedBy("lock") private void jumpOver(long next) {
        if (next > events.head().seq() + 1) {
            events.restartAt(next - 1);
            takeHeld();
        }
    }

    /** Somebody told of numbers that the store never gave: they are nothing, and what is said next has them. */
    @GuardedBy("lock") private void believeOnly(long head) {
        log.atWarn()
                .addKeyValue("room", name.value())
                .addKeyValue("head", head)
                .addKeyValue("told", heard)
                .log(
                        "numbers were announced that the store does not have: is another log on this relay, with the same epoch?");
        heard = head;
        ahead.clear();
        forerunners.believeOnly(head);
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
        if (services.isShared()) {
            later(REREAD_AGAIN, () -> rereadFrom(events.floor()));
        }
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
                    return name;
                })
                .exceptionally(this::broke);
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
            if (membership.isAdmitted()
                    && !membership.hasLeft()
                    && roster.typing(membership, TimeUnit.NANOSECONDS.toMillis(System.nanoTime()))) {
                services.relay().typing(name, membership.identity().name().value());
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
