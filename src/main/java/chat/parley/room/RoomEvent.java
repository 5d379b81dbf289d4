package chat.parley.room;

/**
 * One entry of a {@link RoomLog}: a numbered event or a notice, encoded once. Immutable; knows its own position, so
 * that a reader sees when the slot it looked at belongs to another round of the ring.
 */
final class RoomEvent {

    /**
     * What a log keeps on the heap for an entry beside its JSON: object, array header, slot; measured, rounded up.
     */
    static final int OVERHEAD_BYTES = 64;

    private final long position;
    private final long seq;
    private final boolean numbered;
    private final long version;
    private final byte[] json;

    /**
     * An entry.
     *
     * @param position its place in the ring, from 0, without holes
     * @param seq of a numbered event its own seq; of a notice the seq of the newest event before it, 0 for none
     * @param numbered whether it is a log event; else a notice
     * @param version the room's presence version once this has happened
     * @param json the object as it travels, UTF-8; nobody changes it
     */
    RoomEvent(long position, long seq, boolean numbered, long version, byte[] json) {
        this.position = position;
        this.seq = seq;
        this.numbered = numbered;
        this.version = version;
        this.json = json;
    }

    long position() {
        return position;
    }

    long seq() {
        return seq;
    }

    boolean isNumbered() {
        return numbered;
    }

    long version() {
        return version;
    }

    byte[] json() {
        return json;
    }

    long bytes() {
        return json.length + (long) OVERHEAD_BYTES;
    }
}
