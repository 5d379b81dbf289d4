package chat.parley.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a server and its database or broker, and cuts a connection when it is told to: after what was asked has gone on, and
 * before its answer comes back. It can also make as if the database were away, or stood still, or as if what was sent arrived very late.
 */
public final class CuttingProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int target;
    private final AtomicInteger cuts = new AtomicInteger();
    private final Set<Socket> connected = ConcurrentHashMap.newKeySet();
    private final List<Way> ways = new CopyOnWriteArrayList<>();
    private volatile String word = "";
    private volatile boolean away;
    private volatile CountDownLatch goingOn = new CountDownLatch(0);

    /** A connection, in both directions. */
    private static final class Way {
        private final CountDownLatch passed = new CountDownLatch(1);
        private final StringBuffer late = new StringBuffer();
        private volatile CountDownLatch goingOn = new CountDownLatch(0);
        private boolean mute;
    }

    /** In front of what listens there, on a port of its own. */
    public CuttingProxy(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** Host and port. */
    public String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** Cuts the next so many connections that ask for something with this word in it. */
    public void cut(String asked, int times) {
        word = asked;
        cuts.set(times);
    }

    /** Ends all connections, and each that comes; or none any more. */
    public void goAway(boolean now) throws IOException {
        away = now;
        for (Socket each : connected) {
            each.close();
        }
    }

    /** Lets nothing through in either direction, and keeps every connection; or lets it go on. */
    public void standStill(boolean now) {
        if (now) {
            goingOn = new CountDownLatch(1);
        } else {
            goingOn.countDown();
        }
    }

    /** Keeps what is sent on the connections that there are, whatever becomes of them; new ones are as always. */
    public void leaveBehind() {
        ways.forEach(way -> way.goingOn = new CountDownLatch(1));
    }

    /** What is kept back. */
    public String leftBehind() {
        StringBuilder all = new StringBuilder();
        ways.forEach(way -> all.append(way.late));
        return all.toString();
    }

    /** Passes on what was kept back, whose senders have given up by now; returns when that has been done. */
    public void catchUp() throws InterruptedException {
        for (Way way : ways) {
            if (way.goingOn.getCount() > 0) {
                way.goingOn.countDown();
                if (!way.passed.await(30, TimeUnit.SECONDS)) {
                    throw new AssertionError("the sender has not given up");
                }
            }
        }
    }

    /** How many are still to be cut. */
    public int left() {
        return cuts.get();
    }

    @Override
    public void close() throws IOException {
        goingOn.countDown();
        ways.forEach(way -> way.goingOn.countDown());
        listening.close();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (away) {
                    client.close();
                    continue;
                }
                connected.removeIf(Socket::isClosed);
                connected.add(client);
                Socket server = connect(client);
                if (server == null) {
                    continue;
                }
                Way way = new Way();
                ways.add(way);
                start(() -> {
                    copy(client, server, way, true);
                    way.passed.countDown();
                });
                start(() -> copy(server, client, way, false));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Null when what stands behind is away; then whoever came is sent away. */
    private @Nullable Socket connect(Socket client) throws IOException {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            client.close();
            return null;
        }
    }

    private void copy(Socket from, Socket to, Way way, boolean asking) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                goingOn.await();
                String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
                if (asking && way.goingOn.getCount() > 0) {
                    way.late.append(text);
                }
                way.goingOn.await();
                boolean cut = asking && isCut(text);
                synchronized (way) {
                    way.mute |= cut;
                    if (!asking && way.mute) {
                        return; // the answer is here: so it was carried out
                    }
                }
                out.write(buffer, 0, length);
                out.flush();
            }
        } catch (IOException | InterruptedException e) {
            // One end has gone, so the other goes.
        }
    }

    private boolean isCut(String asked) {
        return asked.contains(word) && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
