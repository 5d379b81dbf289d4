package chat.parley.bench;

import chat.parley.bench.Member.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads the members of one selector thread: answers to handshakes, frames, fragments, pings and closes; what is text
 * goes to the {@link Inbox}. All share one buffer, and a message that came in one frame is not copied out of it.
 */
final class Receiver {
    /** The code of a connection that ended without one (RFC 6455, section 7.1.5). */
    static final int CUT = 1006;

    /** The code of a close frame that has none (same section). */
    static final int NO_CODE = 1005;

    private static final int NORMAL = 1000;

    // Of what was read at once there may be the rest of a frame before it.
    private static final int READ_BYTES = 256 * 1024;
    private static final int BUFFER_BYTES = READ_BYTES + FrameReader.MOST_PAYLOAD + FrameReader.MOST_HEADER;

    private final boolean joinsLater;
    private final Rooms rooms;
    private final Inbox inbox;
    private final FrameWriter writer;
    private final FrameReader reader = new FrameReader();
    private final Scraps scraps = new Scraps();
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);

    Receiver(Task task, Rooms rooms, Inbox inbox, FrameWriter writer) {
        this.joinsLater = task.isJoinStorm();
        this.rooms = rooms;
        this.inbox = inbox;
        this.writer = writer;
    }

    /** The socket has something: returns 0, or the code the connection ended with. */
    int read(Member member) throws IOException, Malformed, CannotMeasure {
        in.clear();
        scraps.giveBack(member.scrap, in);
        member.scrap = null;
        int count = member.channel.read(in);
        long now = System.nanoTime();
        if (count < 0) {
            return CUT;
        }
        inbox.countRead(now);
        in.flip();
        int closed = 0;
        if (member.state != State.UPGRADING || isUpgraded(member)) {
            while (closed == 0 && reader.read(in)) {
                int end = reader.end();
                closed = accept(member, now);
                in.position(end);
            }
        }
        member.scrap = scraps.keep(in);
        return closed;
    }

    /** The frame that the reader found; returns 0, or the code of a close. */
    private int accept(Member member, long now) throws IOException, Malformed, CannotMeasure {
        int from = reader.payload();
        int to = reader.end();
        switch (reader.opcode()) {
            case FrameReader.TEXT, FrameReader.CONTINUATION -> {
                if ((reader.opcode() == FrameReader.TEXT) != (member.fragments == null)) {
                    throw new Malformed("a fragment of nothing, or a message within a message");
                }
                if (reader.isLast() && member.fragments == null) {
                    inbox.accept(member, in, from, to, now);
                } else {
                    acceptFragment(member, from, to, now);
                }
            }
            case FrameReader.PING -> member.send(writer.pong(in, from, to));
            case FrameReader.PONG -> {}
            case FrameReader.CLOSE -> {
                int code = to - from < 2 ? NO_CODE : in.getShort(from) & 0xFFFF;
                member.send(writer.close(code == NO_CODE ? NORMAL : code));
                return code;
            }
            default -> throw new Malformed("a frame that is no text");
        }
        return 0;
    }

    private void acceptFragment(Member member, int from, int to, long now) throws Malformed, CannotMeasure {
        ByteArrayOutputStream fragments = member.fragments == null ? new ByteArrayOutputStream() : member.fragments;
        member.fragments = fragments;
        if (fragments.size() + to - from > FrameReader.MOST_PAYLOAD) {
            throw new Malformed("a message larger than 64 KB");
        }
        byte[] part = new byte[to - from];
        in.get(from, part);
        fragments.writeBytes(part);
        if (reader.isLast()) {
            ByteBuffer whole = ByteBuffer.wrap(fragments.toByteArray());
            member.fragments = null;
            inbox.accept(member, whole, 0, whole.limit(), now);
        }
    }

    private boolean isUpgraded(Member member) throws IOException, CannotMeasure {
        Handshake handshake = member.handshake;
        if (handshake == null || !handshake.isAccepted(in)) {
            return false;
        }
        member.handshake = null;
        Comeback comeback = member.comeback;
        if (member.room < 0) {
            member.state = State.MEMBER;
        } else if (joinsLater) {
            member.state = State.OPEN;
        } else {
            member.state = State.JOINING;
            byte[] room = rooms.name(member.room);
            member.send(
                    comeback == null || comeback.epoch().isEmpty()
                            ? writer.join(room, 0)
                            : writer.resume(room, member.check.next() - 1, comeback.epoch()));
        }
        return true;
    }
}
