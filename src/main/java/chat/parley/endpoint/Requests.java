package chat.parley.endpoint;

import chat.parley.identity.Entry;
import chat.parley.identity.Identity;
import chat.parley.identity.Pass;
import chat.parley.protocol.BadNameException;
import chat.parley.protocol.ClientMessage;
import chat.parley.protocol.CloseCode;
import chat.parley.protocol.ErrorCode;
import chat.parley.protocol.JsonCodec;
import chat.parley.protocol.RoomName;
import chat.parley.protocol.ServerMessage;
import chat.parley.room.Answer;
import chat.parley.room.Membership;
import chat.parley.room.Outlet;
import chat.parley.room.RoomManager;
import chat.parley.store.Outcome;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what a client asks, in the order it asks. One thread at a time calls {@link #carryOut}; any thread may
 * end it.
 */
final class Requests implements ClientMessage.Handler<Optional<Refused>> {

    private static final Logger log = LoggerFactory.getLogger(Requests.class);

    private static final int PAGE_COST = 5;

    /** When to try again with a token whose key is being fetched, milliseconds. */
    private static final long RETRY_MILLIS = 1_000;

    private static final Refused UNSURE = new Refused(
            ErrorCode.UNAVAILABLE,
            null,
            "The server does not know what happened while it was away; try again.",
            RETRY_MILLIS);

    private static final Optional<Refused> DONE = Optional.empty();

    private final ChatServices services;
    private final RoomManager rooms;
    private final Connection connection;
    private final Outlet outlet;
    private final Identity identity;
    private final Answers answers;
    private final RateLimit rate;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final Map<RoomName, Membership> memberships = new HashMap<>(2);

    @GuardedBy("lock") private boolean ended;

    private volatile boolean refusing;

    Requests(ChatServices services, Connection connection, Outlet outlet, Identity identity) {
        this.services = services;
        this.rooms = services.rooms();
        this.connection = connection;
        this.outlet = outlet;
        this.identity = identity;
        this.answers = new Answers(services.clock());
        this.rate = new RateLimit(
                services.settings().limits().messagesPerSecond(),
                services.settings().limits().burst());
    }

    /** Carries out one request and answers it. */
    void carryOut(ClientMessage request) {
        if (refusing || !isWithinRate(request)) {
            return;
        }
        try {
            request.accept(this).ifPresent(refused -> refuse(request, refused));
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("a request broke");
            refuse(request, Refused.BROKEN);
        }
    }

    /**
     * Refuses a request because nobody knows whether it may be carried out; it may be tried again. It costs what it would if
     * it were carried out. Called like {@link #carryOut}.
     */
    void putOff(ClientMessage request) {
        if (!refusing && isWithinRate(request)) {
            refuse(request, UNSURE);
        }
    }

    /** Charges a request, which is answered here when it is one too many. */
    private boolean isWithinRate(ClientMessage request) {
        boolean isPage = request instanceof ClientMessage.History || request instanceof ClientMessage.Members;
        long wait = rate.take(isPage ? PAGE_COST : 1);
        if (wait == 0) {
            return true;
        }
        if (rate.refused(System.nanoTime())) {
            connection.failed(CloseCode.FLOOD, "went on sending far over the rate limit");
        } else {
            refuse(request, new Refused(ErrorCode.RATE_LIMITED, null, "Too many requests; wait a little.", wait));
        }
        return false;
    }

    /** A frame without a request in it costs what every frame costs, though nothing answers it. Called like {@link #carryOut}. */
    void countSilentFrame() {
        if (rate.take(1) > 0 && rate.refused(System.nanoTime())) {
            connection.failed(CloseCode.FLOOD, "went on sending far over the rate limit");
        }
    }

    /** Takes no further request: the server is going away. */
    void refuseAll() {
        refusing = true;
    }

    /** Goes out of all rooms, for ever. */
    void leaveAll() {
        List<Membership> all;
        lock.lock();
        try {
            ended = true;
            all = new ArrayList<>(memberships.values());
            memberships.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(rooms::drop);
    }

    @Override
    public Optional<Refused> onJoin(ClientMessage.Join join) {
        return named(join.room(), name -> {
            Membership known = membership(name);
            if (known != null) {
                rooms.acknowledge(known, join);
                return DONE;
            }
            int limit = services.settings().limits().roomsPerConnection();
            if (limit > 0 && joinedRooms() >= limit) {
                return Refused.because(ErrorCode.TOO_MANY_ROOMS, "You are in as many rooms as you may be: leave one.");
            }
            Optional<Refused> refused =
                    limited(services.rates().joins().take(identity.key()), "You join too often; wait a little.");
            if (refused.isPresent()) {
                return refused;
            }
            Membership membership = rooms.join(name, outlet, identity, join);
            if (membership == null) {
                return Refused.because(ErrorCode.BUSY, "The server has as many rooms as it can hold; try again later.");
            }
            if (!remember(name, membership)) {
                rooms.drop(membership);
            }
            log("joined", name);
            return DONE;
        });
    }

    @Override
    public Optional<Refused> onLeave(ClientMessage.Leave leave) {
        return named(leave.room(), name -> {
            Membership membership = forget(name);
            if (membership != null) {
                rooms.leave(membership);
                log("left", name);
            }
            answer(answers.left(leave.id(), name));
            return DONE;
        });
    }

    @Override
    public Optional<Refused> onMessage(ClientMessage.Message message) {
        return inRoom(message.room(), membership -> {
            Optional<Refused> refused = mayNotSay(membership);
            if (refused.isPresent()) {
                return refused;
            }
            String id = message.id() == null ? UUID.randomUUID().toString() : message.id();
            Answer answer = outlet.answer();
            rooms.send(membership, id, message.content()).whenComplete((outcome, failure) -> {
                if (outcome instanceof Outcome.Stored stored && stored.message().seq() == 1) {
                    services.rates().newRooms().charge(identity.key());
                }
                answer.fill(JsonCodec.encode(
                        answers.outcome(id, membership.roomName(), message.id() == null, outcome, failure)));
            });
            return DONE;
        });
    }

    /** That a room is new is only known for certain, and paid for, when its first message is stored. */
    private Optional<Refused> mayNotSay(Membership membership) {
        UserRates rates = services.rates();
        if (membership.isRoomNew()) {
            long wait = rates.newRooms().look(identity.key());
            if (wait > 0) {
                return limited(wait, "You opened too many rooms; wait, or talk in one that there is.");
            }
        }
        return limited(
                rates.messages().take(identity.key()), "You say too much on all your connections; wait a little.");
    }

    @Override
    public Optional<Refused> onHistory(ClientMessage.History history) {
        return inRoom(history.room(), membership -> rooms.history(membership, history) ? DONE : tooManyPages());
    }

    @Override
    public Optional<Refused> onMembers(ClientMessage.Members members) {
        return inRoom(members.room(), membership -> rooms.members(membership, members) ? DONE : tooManyPages());
    }

    @Override
    public Optional<Refused> onTyping(ClientMessage.Typing typing) {
        return inRoom(typing.room(), membership -> {
            rooms.typing(membership);
            return DONE;
        });
    }

    @Override
    public Optional<Refused> onPing(ClientMessage.Ping ping) {
        answer(answers.pong(ping.id()));
        return DONE;
    }

    @Override
    public Optional<Refused> onAuth(ClientMessage.Auth auth) {
        Entry entry = services.entrance().token(auth.content());
        if (entry instanceof Entry.TryLater later) {
            return Optional.of(new Refused(ErrorCode.BUSY, null, later.why(), RETRY_MILLIS));
        }
        Pass renewed = entry instanceof Entry.Entered entered ? entered.pass() : null;
        if (renewed == null || !renewed.identity().equals(identity)) {
            String why = entry instanceof Entry.NotSignedIn not ? ": " + not.why() + "." : ".";
            return Refused.because(ErrorCode.FORBIDDEN, "This is no token of yours that is good now" + why);
        }
        answer(answers.renewed(auth.id(), connection.renew(renewed)));
        return DONE;
    }

    @Override
    public Optional<Refused> onUndecodable(ClientMessage.Undecodable frame) {
        if (frame.equals(ClientMessage.Undecodable.FRAME_TOO_LARGE)) {
            connection.failed(CloseCode.TOO_BIG, "the frame is too large");
            return DONE;
        }
        return Optional.of(new Refused(frame.code(), frame.field(), frame.why(), 0));
    }

    private static Optional<Refused> named(String room, Function<RoomName, Optional<Refused>> request) {
        RoomName name;
        try {
            name = RoomName.parse(room);
        } catch (BadNameException e) {
            return Optional.of(new Refused(ErrorCode.BAD_ROOM, "room", e.why(), 0));
        }
        return request.apply(name);
    }

    private Optional<Refused> inRoom(String room, Function<Membership, Optional<Refused>> request) {
        return named(room, name -> {
            Membership membership = membership(name);
            return membership == null
                    ? Refused.because(ErrorCode.NOT_JOINED, "You are not in this room.")
                    : request.apply(membership);
        });
    }

    private @Nullable Membership membership(RoomName name) {
        lock.lock();
        try {
            Membership membership = memberships.get(name);
            if (membership != null && membership.hasLeft()) {
                memberships.remove(name);
                return null;
            }
            return membership;
        } finally {
            lock.unlock();
        }
    }

    /** In how many rooms it is. Any thread. */
    int joinedRooms() {
        lock.lock();
        try {
            return (int) memberships.values().stream()
                    .filter(membership -> !membership.hasLeft())
                    .count();
        } finally {
            lock.unlock();
        }
    }

    private boolean remember(RoomName name, Membership membership) {
        lock.lock();
        try {
            if (!ended) {
                memberships.put(name, membership);
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Membership forget(RoomName name) {
        lock.lock();
        try {
            return memberships.remove(name);
        } finally {
            lock.unlock();
        }
    }

    private void refuse(ClientMessage request, Refused refused) {
        answer(answers.refused(request, refused));
    }

    private void answer(ServerMessage message) {
        outlet.answer(JsonCodec.encode(message));
    }

    private static Optional<Refused> limited(long waitMillis, String why) {
        return waitMillis == 0 ? DONE : Optional.of(new Refused(ErrorCode.RATE_LIMITED, null, why, waitMillis));
    }

    private static Optional<Refused> tooManyPages() {
        return Refused.because(ErrorCode.BUSY, "Too many pages were asked for at once; wait for them.");
    }

    private void log(String what, RoomName room) {
        log.atInfo()
                .addKeyValue("connection", connection.number())
                .addKeyValue("user", identity.name().value())
                .addKeyValue("room", room.value())
                .log(what);
    }
}
