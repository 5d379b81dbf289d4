package chat.parley.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One connection, in one room. Belongs to one selector thread; small, as there may be many thousands. */
final class Member {
    /** Its life, in this order; only CLOSED can come at any time. */
    enum State {
        CONNECTING,
        UPGRADING,
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
    final SocketChannel channel;
    State state = State.CONNECTING;
    SelectionKey key;
    Handshake handshake; // null once it is over
    ByteBuffer scrap; // the part of a frame that has come; null when none has
    ByteArrayOutputStream fragments; // of a message in several frames; null outside of one
    int unanswered; // messages with neither ack nor error
    int outstanding; // messages that did not come back
    int lastOwnNumber = -1; // of its own messages, the last that came back
    private ByteBuffer unsent; // null when everything is sent

    Member(int index, int room, boolean stalled, SocketChannel channel, Handshake handshake) {
        this.index = index;
        this.room = room;
        this.stalled = stalled;
        this.channel = channel;
        this.handshake = handshake;
    }

    /** Whether a message would be sent at once. */
    boolean maySend() {
        return state == State.MEMBER && unsent == null && !stalled;
    }

    /** Sends this, what the socket does not take when it takes more. */
    void send(ByteBuffer bytes) throws IOException {
        if (unsent == null) {
            channel.write(bytes);
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
    void sendRest() throws IOException {
        if (unsent != null) {
            channel.write(unsent);
            if (unsent.hasRemaining()) {
                return;
            }
            unsent = null;
        }
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
    }
}
