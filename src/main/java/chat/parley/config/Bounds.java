package chat.parley.config;

/** Where the protocol itself ends, however the settings stand. */
final class Bounds {

    /** The largest frame a client may ever send, bytes. */
    static final int MOST_FRAME_BYTES = 64 * 1024;

    /**
     * The longest content there can be, bytes: an event in which every byte of it is escaped to two, with the longest
     * names beside it, still fits the 32 KB of a frame that carries one object (protocol, section 1).
     */
    static final int MOST_CONTENT_BYTES = 15 * 1024;

    /** What a message frame needs beside its content, bytes: type, a short room, a short id and the punctuation. */
    static final int FRAME_OVERHEAD_BYTES = 64;

    /** What the dearest frame (history, members) costs of the rate; a burst below it would never let one through. */
    static final int DEAREST_FRAME = 5;

    private Bounds() {}
}
