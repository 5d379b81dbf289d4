package chat.parley.bench;

import chat.parley.bench.Member.State;
import chat.parley.bench.Timetable.Stage;
import chat.parley.protocol.CloseCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connections of one selector thread, from the first packet to the close, and what their ends count as. */
final class Links {
    private static final int NORMAL = 1000;
    private static final long CLOSING_NANOS = 2_000_000_000L;
    private static final int DISCARDED_BYTES = 64 * 1024;

    private final Dialer dialer;
    private final FrameWriter writer;
    private final Pace pace;
    private final Timetable timetable;
    private final Tally tally;
    private final List<Member> members = new ArrayList<>();
    private final ByteBuffer discarded = ByteBuffer.allocate(DISCARDED_BYTES);
    private int live;
    private long closingSince;
    private @Nullable String failure;

    Links(Dialer dialer, FrameWriter writer, Pace pace, Timetable timetable, Tally tally) {
        this.dialer = dialer;
        this.writer = writer;
        this.pace = pace;
        this.timetable = timetable;
        this.tally = tally;
    }

    /** All there ever were; more may join them while CONNECTING. */
    List<Member> members() {
        return members;
    }

    /** Connections that are not closed. */
    int live() {
        return live;
    }

    /** Why nothing can be measured; null while there is no reason. */
    @Nullable String failure() {
        return failure;
    }

    /** Opens those whose time has come. */
    void dial(long now, int ready) throws CannotMeasure, IOException {
        Member member = dialer.dial(now, ready);
        while (member != null) {
            members.add(member);
            live++;
            if (member.channel.isConnected()) {
                connected(member);
            }
            member = dialer.dial(now, ready);
        }
    }

    /** All come back at once. */
    void redial() throws CannotMeasure, IOException {
        for (Member member : members) {
            dialer.redial(member);
            live++;
            if (member.channel.isConnected()) {
                connected(member);
            }
        }
    }

    /** The socket is connected: the handshake begins. */
    void connected(Member member) throws IOException {
        member.channel.finishConnect();
        Handshake handshake = member.handshake;
        if (handshake != null) {
            member.state = State.UPGRADING;
            member.key.interestOps(SelectionKey.OP_READ);
            member.send(ByteBuffer.wrap(handshake.request()));
        }
    }

    void sendClose(Member member, int code) {
        try {
            member.send(writer.close(code));
        } catch (IOException e) {
            // It is closed then.
        }
    }

    /** The one way a connection ends; what it waited for will not come. */
    void closed(Member member, int code) {
        if (member.state == State.CLOSED) {
            return;
        }
        Stage stage = timetable.stage();
        if (stage == Stage.CONNECTING && failure == null) {
            failure = "a connection was closed before all had joined: " + CloseNames.of(code)
                    + (code == CloseCode.TOO_MANY_CONNECTIONS.code()
                            ? "; the server's setting parley.limits.guest-names-per-address=0 lets more in"
                            : "");
        }
        if (stage == Stage.BREAKING) {
            tally.cuts.merge(code, 1L, Long::sum);
        } else if (stage != Stage.CLOSING) {
            tally.closes.merge(code, 1L, Long::sum);
        }
        member.state = State.CLOSED;
        member.key.cancel();
        live--;
        pace.done(member.outstanding);
        member.outstanding = 0;
        try {
            member.channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says goodbye on all that are there. */
    void leave() {
        closingSince = System.nanoTime();
        for (Member member : members) {
            if (member.state == State.CLOSED) {
                continue;
            }
            if (member.stalled) {
                member.key.interestOps(SelectionKey.OP_READ); // what lies there now, and perhaps the end behind it
            } else {
                sendClose(member, NORMAL);
            }
        }
    }

    /** Reads what a member did not read; if an end lies behind it, the server has given that member up. */
    void discard(Member member) {
        int count;
        try {
            count = member.channel.read(discarded.clear());
        } catch (IOException e) {
            count = -1;
        }
        if (count < 0) {
            tally.stalledCut++;
            closed(member, Receiver.CUT);
        }
    }

    /** Whether all have closed, or have had the time to. */
    boolean isOver() {
        if (live > 0 && System.nanoTime() - closingSince < CLOSING_NANOS) {
            return false;
        }
        for (Member member : members) {
            closed(member, Receiver.CUT);
        }
        return true;
    }
}
