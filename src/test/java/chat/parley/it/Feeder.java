package chat.parley.it;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who says very much in one room: {@code "number 1 "}, {@code "number 2 "} and so on, every ninth at some length. It keeps
 * nothing of what it receives. One thread at a time; whoever made it closes it.
 */
final class Feeder implements WebSocket.Listener, AutoCloseable {

    private static final int UNANSWERED = 1000;
    private static final String ACK = "\"type\":\"ack\"";
    private static final String ERROR = "\"type\":\"error\"";

    private final String room;
    private final Semaphore window = new Semaphore(UNANSWERED);
    private final AtomicInteger said = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final StringBuilder frame = new StringBuilder();
    private final WebSocket socket;
    private volatile @Nullable String refusal;

    private Feeder(TestServer server, String room) {
        this.room = room;
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols(Subprotocol.BATCH.offered().get(0))
                .buildAsync(
                        URI.create("ws://localhost:" + server.port() + "/chat?name=" + server.newName("feeder")), this)
                .join();
    }

    /** Comes in and into the room. */
    static Feeder in(TestServer server, String room) {
        Feeder feeder = new Feeder(server, room);
        feeder.send(Wire.request("join", room).add("limit", 0).build().toString());
        feeder.settle();
        return feeder;
    }

    /** Says so much, and waits until all of it is in the log. */
    void say(int count) {
        for (int i = 0; i < count; i++) {
            say();
        }
        settle();
    }

    /** Goes on saying so much a second. */
    void start(int perSecond) {
        clock.scheduleAtFixedRate(this::say, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
    }

    /** Ends that; answers how much was said in all, which is in the log now. */
    int stop() throws InterruptedException {
        clock.shutdown();
        if (!clock.awaitTermination(30, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not stop");
        }
        settle();
        return said.get();
    }

    private void say() {
        int number = said.incrementAndGet();
        String content = ("number " + number + " ").repeat(number % 9 == 0 ? 1 + number % 50 : 1);
        send(Wire.request("message", room).add("content", content).build().toString());
    }

    private void send(String frame) {
        take(1);
        socket.sendText(frame, true).join();
    }

    private void settle() {
        take(UNANSWERED);
        window.release(UNANSWERED);
        if (refusal != null) {
            throw new AssertionError(refusal);
        }
    }

    private void take(int permits) {
        try {
            if (!window.tryAcquire(permits, 30, TimeUnit.SECONDS)) {
                throw new AssertionError("no answer");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        frame.append(data);
        if (last) {
            String text = frame.toString();
            frame.setLength(0);
            if (text.contains(ERROR)) {
                refusal = text;
            }
            window.release(count(text, ACK) + count(text, ERROR));
        }
        socket.request(1);
        return null;
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            count++;
        }
        return count;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        socket.abort();
    }
}
