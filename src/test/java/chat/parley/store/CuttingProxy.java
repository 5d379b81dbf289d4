package chat.parley.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a server and its database or broker, and cuts a connection when it is told to: after what was asked has gone on, and
 * before its answer comes back. It can also make as if the database were away, or stood still.
 */
public final class CuttingProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int target;
    private final AtomicInteger cuts = new AtomicInteger();
    private final Set<Socket> connected = ConcurrentHashMap.newKeySet();
    private volatile String word = "";
    private volatile boolean away;
    private volatile CountDownLatch goingOn = new CountDownLatch(0);

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

    /** How many are still to be cut. */
    public int left() {
        return cuts.get();
    }

    @Override
    public void close() throws IOException {
        goingOn.countDown();
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
                boolean[] mute = {false};
                start(() -> copy(client, server, mute, true));
                start(() -> copy(server, client, mute, false));
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

    private void copy(Socket from, Socket to, boolean[] mute, boolean asking) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                goingOn.await();
                boolean cut = asking && isCut(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
                synchronized (mute) {
                    mute[0] |= cut;
                    if (!asking && mute[0]) {
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
