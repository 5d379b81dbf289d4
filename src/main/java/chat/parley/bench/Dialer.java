package chat.parley.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Begins the connections of one selector thread: at first not faster than asked and not too many at once. */
final class Dialer {
    // A server's queue of connections it has not accepted holds a few hundred, often.
    private static final int MOST_AT_ONCE = 128;
    // 127.0.0.2 and so on: each source address has its own ports.
    private static final int SOURCE_ADDRESSES = 100;
    // A stalled member's receive buffer: small, so that the server feels soon that nobody reads.
    private static final int STALLED_BUFFER_BYTES = 4096;

    private final Task task;
    private final Crowd crowd;
    private final int run;
    private final int thread;
    private final SplittableRandom random;
    private final Selector selector;
    private final int total;
    private int begun;
    private long start;

    Dialer(Task task, int run, int thread, SplittableRandom random, Selector selector) {
        this.task = task;
        this.crowd = task.crowd();
        this.run = run;
        this.thread = thread;
        this.random = random;
        this.selector = selector;
        this.total = (crowd.sockets() - thread + crowd.threads() - 1) / crowd.threads();
    }

    /** Begins the next connection if it is time for it; else null. */
    @Nullable Member dial(long now, int ready) throws CannotMeasure {
        if (begun == 0) {
            start = now;
        }
        double allowed = 1 + (now - start) / 1e9 * crowd.connectRate() / crowd.threads();
        if (begun == total || begun >= allowed || begun - ready >= MOST_AT_ONCE) {
            return null;
        }
        int index = thread + begun++ * crowd.threads();
        boolean stalled = index >= crowd.connections();
        int room = crowd.rooms() == 0 ? -1 : index % crowd.rooms();
        Comeback comeback = task.isRestart() ? new Comeback() : null;
        return new Member(index, room, stalled, comeback, connect(index, stalled, ""));
    }

    /** Begins a connection of somebody who was there before. */
    void redial(Member member) throws CannotMeasure {
        String session = member.comeback == null ? "" : "&session=" + member.comeback.session();
        member.reconnect(connect(member.index, member.stalled, session));
    }

    private Member.Link connect(int index, boolean stalled, String session) throws CannotMeasure {
        // The run is part of the name: a guest's name stays reserved for a while.
        String name = "bench-" + Integer.toHexString(run) + "-" + index;
        try {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (stalled) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, STALLED_BUFFER_BYTES);
            }
            bind(channel, index);
            Peer peer = task.peers().get(task.server(index));
            channel.connect(peer.address());
            Handshake handshake = new Handshake(
                    peer.url(), "name=" + name + session, crowd.form().subprotocol(), random);
            return new Member.Link(channel, channel.register(selector, SelectionKey.OP_CONNECT), handshake);
        } catch (IOException e) {
            throw new CannotMeasure("connection " + (index + 1) + " could not be begun: " + e.getMessage());
        }
    }

    private void bind(SocketChannel channel, int index) {
        InetSocketAddress server = task.peers().get(task.server(index)).address();
        byte[] address = server.getAddress().getAddress();
        if (address.length != 4 || !server.getAddress().isLoopbackAddress()) {
            return;
        }
        byte[] source = {127, 0, 0, (byte) (2 + index % SOURCE_ADDRESSES)};
        try {
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(source), 0));
        } catch (IOException e) {
            // Not every system answers to all of 127.0.0.x; there the ports of one address have to do.
        }
    }
}
