package chat.parley.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One port before several nodes: each connection goes to the next node that is ready and can be reached, and stays there until
 * either side ends. That is all a load balancer has to do for Parley. Two threads a connection: for people, not for
 * crowds.
 */
final class RoundRobinPort implements AutoCloseable {

    private static final int BUFFER_BYTES = 16_384;
    private static final int CONNECT_MILLIS = 1_000;

    private final ServerSocket port;
    private final List<NodeProcess> nodes;
    private final AtomicInteger turn = new AtomicInteger();

    private RoundRobinPort(ServerSocket port, List<NodeProcess> nodes) {
        this.port = port;
        this.nodes = nodes;
    }

    /** Listens on the loopback; 0 is any free port. */
    static RoundRobinPort open(int number, List<NodeProcess> nodes) throws IOException {
        RoundRobinPort port =
                new RoundRobinPort(new ServerSocket(number, 512, InetAddress.getByName("localhost")), nodes);
        start("round-robin", port::accept);
        return port;
    }

    int number() {
        return port.getLocalPort();
    }

    /** Takes nobody any more; who is connected stays. */
    @Override
    public void close() throws IOException {
        port.close();
    }

    private void accept() {
        while (!port.isClosed()) {
            try {
                Socket client = port.accept();
                start("connection", () -> serve(client));
            } catch (IOException e) {
                // Closed, or somebody who was gone before their turn.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket node = next()) {
            client.setTcpNoDelay(true);
            node.setTcpNoDelay(true);
            Thread back = start("back", () -> pump(node, client));
            pump(client, node);
            back.join();
        } catch (IOException e) {
            // Nobody is there: the connection ends.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A connection to the node whose turn it is. */
    private Socket next() throws IOException {
        IOException refused = new IOException("no node is ready");
        for (int i = 0; i < nodes.size(); i++) {
            NodeProcess node = nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
            if (!node.isReady()) {
                continue;
            }
            Socket socket = new Socket();
            try {
                socket.connect(node.address(), CONNECT_MILLIS);
                return socket;
            } catch (IOException e) {
                socket.close();
                refused = e;
            }
        }
        throw refused;
    }

    /** Until one side ends what it says, which the other is told; or breaks, which ends both ways. */
    private static void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                to.getOutputStream().write(buffer, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed as far as it can be.
        }
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
