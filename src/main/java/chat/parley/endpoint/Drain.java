package chat.parley.endpoint;

import chat.parley.protocol.CloseCode;
import chat.parley.protocol.ServerMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the connections of a server that goes away end: each is told when to come back, all are served until then;
 * those that stay are closed at last. Called by the one thread that stops the server, in the order of the methods;
 * every wait is bounded.
 */
public final class Drain {

    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    /** How far apart the slots of two clients are, unless there are so many that the window is over before. */
    private static final Duration SLOT = Duration.ofMillis(5);

    /** How long clients whose slot has come may take to close. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final Duration FLUSH = Duration.ofSeconds(2);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Connections connections;
    private final Duration window;
    private final Clock clock;

    /**
     * The end of all connections.
     *
     * @param window over how long many clients are spread at most
     */
    public Drain(Connections connections, Duration window, Clock clock) {
        this.connections = connections;
        this.window = window;
        this.clock = clock;
    }

    /** Lets nobody in any more, tells everybody when to come back, and serves them until then. */
    public void sendAway() {
        connections.refuseNew();
        List<Connection> open = connections.all();
        if (open.isEmpty()) {
            return;
        }
        Duration spread = SLOT.multipliedBy(open.size());
        long millis = Math.min(spread.toMillis(), window.toMillis());
        log.atInfo()
                .addKeyValue("connections", open.size())
                .addKeyValue("ms", millis)
                .log("draining");
        Collections.shuffle(open);
        for (int i = 0; i < open.size(); i++) {
            open.get(i).say(new ServerMessage.Reconnect(millis * i / open.size(), clock.millis()));
        }
        await(Duration.ofMillis(millis).plus(GRACE), () -> connections.size() == 0);
    }

    /** Takes no further requests. */
    public void stopReading() {
        connections.all().forEach(Connection::stopReading);
    }

    /** Waits until all answers, and all events of all rooms, are in the senders' hands; then closes who is left. */
    public void closeRest() {
        List<Connection> left = connections.all();
        left.forEach(connection -> connection.outlet().flush());
        await(
                FLUSH,
                () -> left.stream().allMatch(connection -> connection.outlet().isFlushed()));
        left.forEach(connection -> connection.failed(CloseCode.GOING_AWAY, "server shutdown"));
        await(CLOSE, () -> connections.size() == 0);
    }

    private static void await(Duration atMost, BooleanSupplier done) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (!done.getAsBoolean() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
