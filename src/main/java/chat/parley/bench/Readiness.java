package chat.parley.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a Parley that is being started was there, by {@link System#nanoTime()}.
 *
 * @param accepted when it accepted a connection
 * @param served when it had said that it takes clients
 */
record Readiness(long accepted, long served) {
    private static final int ANSWER_MILLIS = 5000;
    private static final long PAUSE_MILLIS = 3;
    private static final String READY = "HTTP/1.1 200";
    private static final String REQUEST = "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    /** A port nobody listens at now. */
    static int freePort(InetAddress host) throws CannotMeasure {
        try (ServerSocket free = new ServerSocket(0, 1, host)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new CannotMeasure("no free port: " + e.getMessage());
        }
    }

    /** Tries until the process there takes clients; null when it ended, or does not within that time. */
    static @Nullable Readiness await(InetSocketAddress address, Process process, long patienceNanos)
            throws InterruptedException {
        long begin = System.nanoTime();
        long accepted = 0;
        while (process.isAlive() && System.nanoTime() - begin < patienceNanos) {
            try (Socket socket = new Socket()) {
                socket.connect(address, ANSWER_MILLIS);
                if (socket.getLocalPort() != socket.getPort()) { // else it met itself
                    accepted = accepted == 0 ? System.nanoTime() : accepted;
                    if (isReady(socket)) {
                        return new Readiness(accepted, System.nanoTime());
                    }
                }
            } catch (IOException e) {
                // Not yet.
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return null;
    }

    private static boolean isReady(Socket socket) throws IOException {
        socket.setSoTimeout(ANSWER_MILLIS);
        socket.getOutputStream().write(REQUEST.getBytes(ISO_8859_1));
        return new String(socket.getInputStream().readNBytes(READY.length()), ISO_8859_1).equals(READY);
    }
}
