package chat.parley.room;

import chat.parley.identity.Identity;
import chat.parley.protocol.ClientMessage;
import chat.parley.protocol.CloseCode;
import chat.parley.protocol.Form;
import chat.parley.protocol.JsonCodec;
import chat.parley.protocol.RoomName;
import chat.parley.protocol.ServerFrameDecoder;
import chat.parley.protocol.ServerMessage;
import chat.parley.protocol.UserName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One connection as the rooms see it, on a transport that writes down everything. One test thread uses it. */
final class Peer implements Outlet.Owner {

    private final RoomManager rooms;
    private final String name;
    private final FakeSender sender;
    private final Outlet outlet;
    private final Map<String, Membership> memberships = new ConcurrentHashMap<>();
    private final List<CloseCode> failures = new CopyOnWriteArrayList<>();
    private final List<Throwable> breaks = new CopyOnWriteArrayList<>();
    private final List<ServerMessage> heard = new ArrayList<>();
    /** The since of each join, by its id; -1 for none. */
    private final Map<String, Long> sinces = new HashMap<>();

    private int decoded;
    private int ids;

    Peer(RoomManager rooms, Executor late, String name, Form form) {
        this.rooms = rooms;
        this.name = name;
        this.sender = new FakeSender(late);
        this.outlet = rooms.connect(sender, form, this);
    }

    @Override
    public void failed(CloseCode code, String why) {
        failures.add(code);
    }

    @Override
    public void broken(Throwable cause) {
        breaks.add(cause);
    }

    List<CloseCode> failures() {
        return failures;
    }

    List<Throwable> breaks() {
        return breaks;
    }

    FakeSender sender() {
        return sender;
    }

    Outlet outlet() {
        return outlet;
    }

    // ---- what a client asks

    void join(String room) {
        join(room, null, null, null);
    }

    void join(String room, int limit) {
        join(room, null, null, limit);
    }

    void joinSince(String room, long since, String epoch) {
        join(room, since, epoch, null);
    }

    void join(String room, @Nullable Long since, @Nullable String epoch, @Nullable Integer limit) {
        ClientMessage.Join request = new ClientMessage.Join(room, nextId(), since, epoch, limit);
        Membership known = memberships.get(room);
        if (known != null && !known.hasLeft()) {
            rooms.acknowledge(known, request);
            return;
        }
        UserName user = new UserName(name);
        Membership membership =
                rooms.join(new RoomName(room), outlet, new Identity("key-" + name, user, true), request);
        if (membership == null) {
            throw new AssertionError("too many rooms");
        }
        memberships.put(room, membership);
        sinces.put(String.valueOf(request.id()), since == null ? -1 : since);
    }

    void leave(String room) {
        Membership membership = memberships.remove(room);
        if (membership != null) {
            rooms.leave(membership);
        }
        outlet.answer(JsonCodec.encode(
                new ServerMessage.Ack(Transcript.LEAVE, room, null, null, null, null, null, null, null, null, 0)));
    }

    /** The connection is gone: as when a container says so. */
    void drop() {
        outlet.close();
        memberships.values().forEach(rooms::drop);
        memberships.clear();
    }

    void say(String room, String content) {
        rooms.send(membership(room), name + "-" + nextId(), content);
    }

    void typing(String room) {
        rooms.typing(membership(room));
    }

    boolean history(String room, @Nullable Long before, @Nullable Long after, @Nullable Integer limit) {
        return rooms.history(membership(room), new ClientMessage.History(room, before, after, limit, nextId()));
    }

    boolean members(String room) {
        return rooms.members(membership(room), new ClientMessage.Members(room, null, null, nextId()));
    }

    boolean isIn(String room) {
        return memberships.containsKey(room);
    }

    Membership membership(String room) {
        Membership membership = memberships.get(room);
        if (membership == null) {
            throw new AssertionError(name + " is not in " + room);
        }
        return membership;
    }

    private String nextId() {
        return "q" + ++ids;
    }

    // ---- what it heard

    /** Everything so far, in order. */
    List<ServerMessage> heard() {
        List<String> texts = sender.texts();
        ServerFrameDecoder decoder = new ServerFrameDecoder();
        for (; decoded < texts.size(); decoded++) {
            heard.addAll(decoder.decode(texts.get(decoded)).messages());
        }
        return heard;
    }

    <T extends ServerMessage> List<T> heard(Class<T> type) {
        return heard().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The first of a kind, waited for. */
    <T extends ServerMessage> T awaitFirst(Class<T> type) {
        return await(type, 1).get(0);
    }

    <T extends ServerMessage> List<T> await(Class<T> type, int count) {
        Await.until(
                name + " hears " + count + " " + type.getSimpleName(),
                () -> heard(type).size() >= count,
                this::newest);
        return heard(type);
    }

    /** Waits until it knows the log up to this seq, by events, a page or a gap. */
    void awaitSeq(String room, long seq) {
        Await.until(name + " hears of seq " + seq, () -> lastSeq(room) >= seq, this::newest);
    }

    private List<ServerMessage> newest() {
        List<ServerMessage> all = heard();
        return all.subList(Math.max(0, all.size() - 10), all.size());
    }

    /** Up to which seq this member knows the room's log, announced holes included; -1 before it knows anything. */
    long lastSeq(String room) {
        return transcript(room).reached();
    }

    /** What it was sent of a room's log: everything numbered, and the gaps. */
    Transcript transcript(String room) {
        return Transcript.of(room, sinces, heard());
    }

    @Override
    public String toString() {
        return name;
    }
}
