package chat.parley.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection, in one room. Belongs to one selector thread; small, as there may be many thousands. */
final class Member {
    /** Its life, in this order; only CLOSED can come at any time, and after it CONNECTING again. */
    enum State {
        CONNECTING,
        UPGRADING,
        /** Connected, and not yet told to join. */
        OPEN,
        JOINING,
        MEMBER,
        CLOSED
    }

    // More than this is never unsent: a connection that takes nothing gets no further message.
    private static final int MOST_UNSENT_BYTES = 64 * 1024;

    final int index;
    final int room; // -1: none
    final boolean stalled;
    final SeqCheck check = new SeqCheck();
    final @Nullable Comeback comeback; // null: it will not have to come back
    State state = State.CONNECTING;
    SocketChannel channel;
    SelectionKey key;

    @Nullable Handshake handshake; // null once it is over

    @Nullable ByteBuffer scrap; // the part of a frame that has come; null when none has

    @Nullable ByteArrayOutputStream fragments; // of a message in several frames; null outside of one

    boolean greeted; // by the server's first message
    boolean ready; // for what follows; counted once
    boolean awaitsHistory;
    int unanswered; // messages with neither ack nor error
    int outstanding; // messages that did not come back
    int lastOwnNumber = -1; // of its own messages, the last that came back
    private @Nullable ByteBuffer unsent; // null when everything is sent

    Member(int index, int room, boolean stalled, @Nullable Comeback comeback, Link link) {
        this.index = index;
        this.room = room;
        this.stalled = stalled;
        this.comeback = comeback;
        this.channel = link.channel();
        this.key = link.key();
        this.handshake = link.handshake();
        key.attach(this);
    }

    /** A connection that is being opened. */
    record Link(SocketChannel channel, SelectionKey key, Handshake handshake) {}

    /** The same person on a new connection. */
    void reconnect(Link link) {
        channel = link.channel();
        key = link.key();
        handshake = link.handshake();
        key.attach(this);
        state = State.CONNECTING;
        scrap = null;
        fragments = null;
        unsent = null;
        greeted = false;
        unanswered = 0; // until what was not answered is sent again
    }

    /** Whether a message would be sent at once. */
    boolean maySend() {
        return state == State.MEMBER && unsent == null && !stalled;
    }

    /** Whether it is in its room and has everything that it was promised when it joined. */
    boolean isComplete() {
        return state == State.MEMBER && !awaitsHistory && (comeback == null || comeback.isComplete(check.next()));
    }

    /**
     * Sends this, what the socket does not take when it takes more.
     *
     * @throws IOException if the server has long taken nothing
     */
    void send(ByteBuffer bytes) throws IOException {
        if (unsent == null) {
            write(bytes);
            if (!bytes.hasRemaining()) {
                return;
            }
        }
        int before = unsent == null ? 0 : unsent.remaining();
        if (before + bytes.remaining() > MOST_UNSENT_BYTES) {
            throw new IOException("the server takes nothing");
        }
        ByteBuffer more = ByteBuffer.allocate(before + bytes.remaining());
        if (unsent != null) {
            more.put(unsent);
        }
        unsent = more.put(bytes).flip();
        key.interestOpsOr(SelectionKey.OP_WRITE);
    }

    /** The socket takes more. */
    void sendRest() {
        if (unsent != null) {
            write(unsent);
            if (unsent.hasRemaining()) {
                return;
            }
            unsent = null;
        }
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
    }

    /** A socket that takes nothing any more may still hold why: so it is the next read that finds its end. */
    private void write(ByteBuffer bytes) {
        try {
            channel.write(bytes);
        } catch (IOException e) {
            bytes.position(bytes.limit());
        }
    }
}
