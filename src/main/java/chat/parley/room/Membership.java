package chat.parley.room;

import chat.parley.identity.Identity;
import chat.parley.protocol.RoomName;
import org.jspecify.annotations.Nullable;

/**
 * A connection in a room: nothing but the place it has reached.
 *
 * <p>It is joining until the room has admitted it, catching up until its answer is in the sender's hands, and live
 * from then on; LEFT at the end. The cursor belongs to the connection's delivery thread; {@link #hasLeft()} may be
 * asked by any thread.
 */
public final class Membership {

    private final Room room;
    private final Outlet outlet;
    private final Identity identity;
    private volatile boolean left;

    /** Whether it was counted in; only under the room's lock. */
    private boolean admitted;

    /** When this member last told that it types, milliseconds; only under the room's lock. */
    private long lastTyping = Long.MIN_VALUE / 2;

    // The cursor. Delivery thread only.
    private long position;
    private long liveFrom; // notices below this position are from before the member came
    private long seq; // of the newest event it was sent
    private long version; // of the newest presence it was sent
    private int index = -1; // its place in the share, -1 while it is not LIVE

    Membership(Room room, Outlet outlet, Identity identity) {
        this.room = room;
        this.outlet = outlet;
        this.identity = identity;
    }

    /** Whether it is over: by a leave, a drop, or a join that was refused after all. */
    public boolean hasLeft() {
        return left;
    }

    /** Who is the member. */
    public Identity identity() {
        return identity;
    }

    /** Where. */
    public RoomName roomName() {
        return room.name();
    }

    /** Whether nothing was ever said there, as far as is known by now. */
    public boolean isRoomNew() {
        return room.log().head().seq() == 0;
    }

    Room room() {
        return room;
    }

    Outlet outlet() {
        return outlet;
    }

    void leave() {
        left = true;
    }

    boolean isAdmitted() {
        return admitted;
    }

    void admit() {
        admitted = true;
    }

    long lastTyping() {
        return lastTyping;
    }

    void typed(long now) {
        lastTyping = now;
    }

    int index() {
        return index;
    }

    void placeAt(int index) {
        this.index = index;
    }

    /** Sets the cursor: everything from this position on is to be sent, but notices only from {@code liveFrom}. */
    void standAt(long position, long liveFrom, long seq, long version) {
        this.position = position;
        this.liveFrom = liveFrom;
        this.seq = seq;
        this.version = version;
    }

    boolean isBehind() {
        return position < room.log().head().position();
    }

    /** What brings this member nearer to the head, and moves the cursor behind it; null when it is there already. */
    @Nullable Parcel next(ParcelCache parcels) {
        RoomLog log = room.log();
        Head head = log.head();
        while (position < head.position()) {
            Run run = parcels.run(log, outlet.form(), position, liveFrom, head);
            if (run == null) {
                return fallOff(log.head());
            }
            standAt(run.to(), liveFrom, run.seq(), run.version());
            if (run.parcel() != null) {
                return run.parcel();
            }
        }
        return null;
    }

    /** The ring dropped what this member needed next: it is told what it misses and goes on at the head. */
    private @Nullable Parcel fallOff(Head head) {
        ParcelBuilder missed = new ParcelBuilder(outlet.form());
        if (head.seq() > seq) {
            missed.add(room.words().gap(seq + 1, head.seq()));
        }
        if (head.version() != version) {
            missed.add(room.words().summary(head.version(), room.count()));
        }
        standAt(head.position(), liveFrom, head.seq(), head.version());
        return missed.isEmpty() ? null : missed.build();
    }
}
