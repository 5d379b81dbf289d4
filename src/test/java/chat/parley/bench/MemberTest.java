package chat.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a server said before it went is read, even by a member who wrote when it was gone already. */
class MemberTest {

    @Test
    void aWriteThatFailsLeavesTheLastWordsToBeRead() throws Exception {
        try (ServerSocketChannel listening =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel channel = SocketChannel.open(listening.getLocalAddress());
                SocketChannel server = listening.accept();
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            Handshake handshake =
                    new Handshake(URI.create("ws://localhost/chat"), "", "parley.v1", new SplittableRandom(1));
            Member member = new Member(0, 0, false, null, new Member.Link(channel, key, handshake));
            server.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
            server.setOption(StandardSocketOptions.SO_LINGER, 0);
            server.close();
            awaitBroken(channel);

            member.send(ByteBuffer.allocate(10));
            member.send(ByteBuffer.allocate(10));

            ByteBuffer in = ByteBuffer.allocate(10);
            assertEquals(4, channel.read(in));
        }
    }

    /** Until a write fails: one that comes before the news that the other side is gone does not. */
    private static void awaitBroken(SocketChannel channel) throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            try {
                channel.write(ByteBuffer.allocate(1));
            } catch (IOException e) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        fail("writes still succeed");
    }
}
