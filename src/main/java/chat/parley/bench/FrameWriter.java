package chat.parley.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Makes masked frames (RFC 6455, section 5.3), one at a time in one buffer. Not for several threads. */
final class FrameWriter {
    /** The most a message may carry (protocol, section 2), in bytes. */
    static final int MOST_CONTENT = 3072;

    /** What a message's id ends in: hex digits of its number. */
    static final int NUMBER_DIGITS = 8;

    private static final int MOST_PAYLOAD = MOST_CONTENT + 1024;
    private static final int MASKED = 0x80;
    private static final int LAST = 0x80;

    private static final byte[] MESSAGE_ROOM = "{\"type\":\"message\",\"room\":\"".getBytes(UTF_8);
    private static final byte[] MESSAGE_ID = "\",\"id\":\"".getBytes(UTF_8);
    private static final byte[] MESSAGE_CONTENT = "\",\"content\":\"".getBytes(UTF_8);
    private static final byte[] MESSAGE_END = "\"}".getBytes(UTF_8);

    private static final byte[] JOIN_ROOM =
            ("{\"type\":\"join\",\"id\":\"" + Inbox.JOIN_ID + "\",\"room\":\"").getBytes(UTF_8);

    private final int run;
    private final Stamp stamp;
    private final int size;
    private final SplittableRandom random;
    private final byte[] text = new byte[MOST_PAYLOAD];
    private final ByteBuffer frame = ByteBuffer.allocateDirect(MOST_PAYLOAD + 8);

    /** @param size bytes of content */
    FrameWriter(int run, int size, SplittableRandom random) {
        this.run = run;
        this.stamp = new Stamp(run);
        this.size = size;
        this.random = random;
    }

    /** A message; good until the next call, as are all of these. */
    ByteBuffer message(byte[] room, long sentAt, int sender, int number) {
        int at = put(0, MESSAGE_ROOM);
        at = put(at, room);
        at = put(at, MESSAGE_ID);
        at = Stamp.hex(text, at, run, 8);
        text[at++] = '-';
        at = Stamp.hex(text, at, number, NUMBER_DIGITS);
        at = put(at, MESSAGE_CONTENT);
        int contentEnd = at + size;
        at = stamp.write(text, at, sentAt, sender, number);
        while (at < contentEnd) {
            text[at++] = '.';
        }
        return frame(FrameReader.TEXT, put(at, MESSAGE_END));
    }

    /** A request to join, with so much history; its id is {@link Inbox#JOIN_ID}. */
    ByteBuffer join(byte[] room, int history) {
        return join(room, ",\"limit\":" + history);
    }

    /** A request to go on behind that seq of that log; its id is {@link Inbox#JOIN_ID}. */
    ByteBuffer resume(byte[] room, long since, String epoch) {
        return join(room, ",\"limit\":0,\"since\":" + since + ",\"epoch\":\"" + epoch + '"');
    }

    private ByteBuffer join(byte[] room, String rest) {
        int at = put(put(0, JOIN_ROOM), room);
        return frame(FrameReader.TEXT, put(at, ('"' + rest + '}').getBytes(UTF_8)));
    }

    /** The answer to the ping whose payload, of at most 125 bytes, stands here. */
    ByteBuffer pong(ByteBuffer in, int from, int to) {
        in.get(from, text, 0, to - from);
        return frame(FrameReader.PONG, to - from);
    }

    ByteBuffer close(int code) {
        text[0] = (byte) (code >>> 8);
        text[1] = (byte) code;
        return frame(FrameReader.CLOSE, 2);
    }

    private int put(int at, byte[] bytes) {
        System.arraycopy(bytes, 0, text, at, bytes.length);
        return at + bytes.length;
    }

    private ByteBuffer frame(int opcode, int length) {
        int mask = random.nextInt();
        frame.clear().put((byte) (LAST | opcode));
        if (length < 126) {
            frame.put((byte) (MASKED | length));
        } else {
            frame.put((byte) (MASKED | 126)).putShort((short) length);
        }
        frame.putInt(mask);
        for (int i = 0; i < length; i++) {
            frame.put((byte) (text[i] ^ (mask >>> (24 - 8 * (i & 3)))));
        }
        return frame.flip();
    }
}
