package chat.parley.bench;

import java.nio.ByteBuffer;

/**
 * Finds one frame of a server after the other in what was read (RFC 6455, section 5.2), in place and without
 * allocation. Not for several threads.
 */
final class FrameReader {
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    /** The largest payload the server may send (protocol, section 1). */
    static final int MOST_PAYLOAD = 64 * 1024;

    /** The longest header before it; the server does not mask. */
    static final int MOST_HEADER = 10;

    private int opcode;
    private boolean last;
    private int payload;
    private int end;

    /**
     * Reads the header of the frame at the buffer's position, and moves nothing; returns false when the frame is not
     * there as a whole.
     */
    boolean read(ByteBuffer in) throws Malformed {
        int at = in.position();
        int have = in.remaining();
        if (have < 2) {
            return false;
        }
        int first = in.get(at);
        int second = in.get(at + 1) & 0xFF;
        if ((first & 0x70) != 0 || second >= 0x80) {
            throw new Malformed("a frame with reserved bits or a mask");
        }
        // RFC 6455, section 5.5
        if ((first & 0x8) != 0 && (first >= 0 || second > 125)) {
            throw new Malformed("a control frame in fragments or of more than 125 bytes");
        }
        long length = second;
        int header = 2;
        if (second == 126) {
            header = 4;
            length = have < header ? 0 : in.getShort(at + 2) & 0xFFFF;
        } else if (second == 127) {
            header = MOST_HEADER;
            length = have < header ? 0 : in.getLong(at + 2);
        }
        if (length < 0 || length > MOST_PAYLOAD) {
            throw new Malformed("a frame larger than 64 KB");
        }
        if (have < header + length) {
            return false;
        }
        opcode = first & 0xF;
        last = first < 0;
        payload = at + header;
        end = payload + (int) length;
        return true;
    }

    int opcode() {
        return opcode;
    }

    /** Whether it ends its message. */
    boolean isLast() {
        return last;
    }

    /** The index where the payload begins. */
    int payload() {
        return payload;
    }

    /** The index behind the frame. */
    int end() {
        return end;
    }
}
