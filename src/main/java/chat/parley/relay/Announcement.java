package chat.parley.relay;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What travels through the broker, as bytes: a format number, who announces, the seq, and the event as it is.
 *
 * @param node stands for one start of one server
 */
record Announcement(long node, long seq, byte[] event) {

    private static final byte FORMAT = 1;
    private static final int HEADER = 1 + 2 * Long.BYTES;

    byte[] encode() {
        return ByteBuffer.allocate(HEADER + event.length)
                .put(FORMAT)
                .putLong(node)
                .putLong(seq)
                .put(event)
                .array();
    }

    /** What was encoded; null when it is of another format, of a server of another version, or no announcement at all. */
    static @Nullable Announcement decode(byte[] frame) {
        ByteBuffer in = ByteBuffer.wrap(frame);
        if (frame.length <= HEADER || in.get() != FORMAT) {
            return null;
        }
        long node = in.getLong();
        long seq = in.getLong();
        byte[] event = new byte[in.remaining()];
        in.get(event);
        return seq < 1 ? null : new Announcement(node, seq, event);
    }
}
