package chat.parley.room;

import chat.parley.identity.Identity;
import chat.parley.protocol.ClientMessage;
import chat.parley.protocol.CloseCode;
import chat.parley.protocol.Form;
import chat.parley.protocol.RoomName;
import chat.parley.protocol.UserName;
import chat.parley.store.Author;
import chat.parley.store.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A room and its members, everything real but their transport.
 *
 * <p>They come in through a server's rooms and its one delivery thread; then that server is closed, and the caller does
 * by itself what its threads would: pass an event through the room's gate, walk the members. So nothing but that is
 * measured: no thread is woken and none is waited for. Assertions have to be off, because members belong to their
 * delivery thread. One thread uses it.
 */
final class Audience implements Outlet.Owner {

    private static final RoomName LOBBY = new RoomName("lobby");
    private static final Author AUTHOR = new Author("key-anna", "anna", true);
    private static final String ID = "3f2c8a4e-5d1b-4c7a-9e60-8b1f2d3a4c5e";
    private static final String CONTENT = "A sentence of sixty-four bytes, as people write them in a chat.\n";

    private final CountingSender.Taken taken = new CountingSender.Taken();
    private final List<Membership> members = new ArrayList<>();
    private final Room room;
    private final Share share;

    /** So many members, all at the head. */
    Audience(int size) {
        try (Scene scene = new Scene("parley.rooms.ring", "4096", "parley.send.threads", "1")) {
            for (int i = 0; i < size; i++) {
                members.add(enter(scene.rooms(), "user-%04d".formatted(i)));
            }
            Await.until("all are live", this::areLive, () -> size);
            room = members.get(0).room();
            share = room.share(scene.fanout().thread(0));
        }
        share.run();
    }

    private Membership enter(RoomManager rooms, String name) {
        Outlet outlet = rooms.connect(new CountingSender(taken), Form.BATCH, this);
        Identity identity = new Identity("key-" + name, new UserName(name), true);
        ClientMessage.Join request = new ClientMessage.Join(LOBBY.value(), name, null, null, null);
        return Objects.requireNonNull(rooms.join(LOBBY, outlet, identity, request));
    }

    private boolean areLive() {
        return members.stream().allMatch(member -> member.outlet().isDrained());
    }

    /** Passes the next event, with 64 bytes of content, through the room's gate: as the writer does after a commit. */
    void append() {
        long seq = room.log().head().seq() + 1;
        room.accept(seq, Words.encode(new StoredMessage(LOBBY, seq, AUTHOR, ID, CONTENT, 1_735_689_600_000L)));
    }

    /** Brings every member to the head: as the delivery thread does when it is told of an event. */
    void walk() {
        share.run();
    }

    /** One of the members. */
    Membership member() {
        return members.get(0);
    }

    /** What all members were sent so far. */
    CountingSender.Taken taken() {
        return taken;
    }

    @Override
    public void failed(CloseCode code, String why) {
        throw new IllegalStateException(code + " " + why);
    }

    @Override
    public void broken(Throwable cause) {
        throw new IllegalStateException(cause);
    }
}
