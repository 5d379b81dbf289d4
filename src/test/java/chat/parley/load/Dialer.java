package chat.parley.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.SplittableRandom;

/** Begins the connections of one selector thread, not faster than asked and not too many at once. */
final class Dialer {
    // A server's queue of connections it has not accepted holds a few hundred, often.
    private static final int MOST_AT_ONCE = 128;
    // 127.0.0.2 and so on: each source address has its own ports.
    private static final int SOURCE_ADDRESSES = 100;
    // A stalled member's receive buffer: small, so that the server feels soon that nobody reads.
    private static final int STALLED_BUFFER_BYTES = 4096;

    private final Options options;
    private final int run;
    private final InetSocketAddress server;
    private final int thread;
    private final SplittableRandom random;
    private final int total;
    private int begun;
    private long start;

    Dialer(Options options, int run, InetSocketAddress server, int thread, SplittableRandom random) {
        this.options = options;
        this.run = run;
        this.server = server;
        this.thread = thread;
        this.random = random;
        this.total = (options.sockets() - thread + options.threads() - 1) / options.threads();
    }

    /** How many it will begin. */
    int total() {
        return total;
    }

    /** Begins the next connection if it is time for it; else null. */
    Member dial(Selector selector, long now, int joined) throws CannotMeasure {
        if (begun == 0) {
            start = now;
        }
        double allowed = 1 + (now - start) / 1e9 * options.connectRate() / options.threads();
        if (begun == total || begun >= allowed || begun - joined >= MOST_AT_ONCE) {
            return null;
        }
        int index = thread + begun++ * options.threads();
        boolean stalled = index >= options.connections();
        int room = options.rooms() == 0 ? -1 : index % options.rooms();
        // The run is part of the name: a guest's name stays reserved for a while.
        String name = "load-" + Integer.toHexString(run) + "-" + index;
        try {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (stalled) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, STALLED_BUFFER_BYTES);
            }
            bind(channel, index);
            channel.connect(server);
            Handshake handshake = new Handshake(options.url(), name, options.form(), random);
            Member member = new Member(index, room, stalled, channel, handshake);
            member.key = channel.register(selector, SelectionKey.OP_CONNECT, member);
            return member;
        } catch (IOException e) {
            throw new CannotMeasure("connection " + (index + 1) + " failed: " + e.getMessage());
        }
    }

    private void bind(SocketChannel channel, int index) {
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
