package chat.parley.server;

import chat.parley.room.Parcel;
import java.nio.ByteBuffer;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * The texts of a parcel as they go over the wire, but for the header of the first, which Jetty writes: the first
 * payload, then header and payload of each that follows (RFC 6455, section 5.2). So a hundred small messages cost
 * Jetty, and the kernel, what one costs. Immutable; shared by all members that get the parcel.
 */
final class GatheredTexts {

    /** FIN and the opcode of a text frame. */
    private static final byte FINAL_TEXT = (byte) 0x81;

    /**
     * The largest payload whose length stands in the second byte of the header; larger ones, up to 64 KB, need two
     * more.
     */
    private static final int SMALL = 125;

    private final byte[] bytes;
    private final int firstLength;

    private GatheredTexts(byte[] bytes, int firstLength) {
        this.bytes = bytes;
        this.firstLength = firstLength;
    }

    static GatheredTexts of(Parcel parcel) {
        byte[] first = parcel.text(0);
        if (parcel.size() == 1) {
            return new GatheredTexts(first, first.length);
        }
        ByteBuffer wire = ByteBuffer.allocate((int) parcel.bytes() + 4 * (parcel.size() - 1));
        wire.put(first);
        for (int i = 1; i < parcel.size(); i++) {
            byte[] text = parcel.text(i);
            wire.put(FINAL_TEXT);
            if (text.length <= SMALL) {
                wire.put((byte) text.length);
            } else {
                wire.put((byte) (SMALL + 1)).putShort((short) text.length);
            }
            wire.put(text);
        }
        byte[] bytes = new byte[wire.position()];
        wire.flip().get(bytes);
        return new GatheredTexts(bytes, first.length);
    }

    /** A frame for one send: its header tells the length of the first text, its payload carries all. */
    Frame frame() {
        return new GatheredFrame(ByteBuffer.wrap(bytes), firstLength);
    }

    private static final class GatheredFrame extends Frame {

        private final int headerLength;

        private GatheredFrame(ByteBuffer payload, int headerLength) {
            super(OpCode.TEXT, payload);
            this.headerLength = headerLength;
        }

        /** Jetty asks this for the header, and writes the payload buffer to its end. */
        @Override
        public int getPayloadLength() {
            return headerLength;
        }
    }
}
