package chat.parley.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** Waits until a Parley accepts a connection and says on it that it takes clients. */
final class Readiness {
    private static final int ANSWER_MILLIS = 5000;
    private static final long PAUSE_MILLIS = 2;
    private static final String READY = "HTTP/1.1 200";
    private static final String REQUEST = "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private Readiness() {}

    static void await(InetSocketAddress address, long patienceNanos) throws CannotMeasure, InterruptedException {
        long begin = System.nanoTime();
        while (!isReady(address)) {
            if (System.nanoTime() - begin > patienceNanos) {
                throw new CannotMeasure("the server of its own listens but does not take clients");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private static boolean isReady(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(REQUEST.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readNBytes(READY.length()), ISO_8859_1).equals(READY);
        } catch (IOException e) {
            return false;
        }
    }
}
