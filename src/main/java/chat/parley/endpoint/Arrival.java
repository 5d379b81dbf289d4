package chat.parley.endpoint;

import chat.parley.identity.Credentials;
import chat.parley.protocol.ClientMessage;
import chat.parley.protocol.CloseCode;
import jakarta.websocket.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an opened session becomes a {@link Connection}, at once or when the store has said who it is, and how its frames get there: in
 * their order, held while something has to be known first. It blocks no thread of the container.
 */
final class Arrival {

    private static final Logger log = LoggerFactory.getLogger(Arrival.class);

    /** About what a frame takes beside what it says. */
    private static final int FRAME_CHARS = 200;

    /** What may be held of one connection, in characters; many may wait at the same time. */
    private static final long MOST_HELD_CHARS = 128 * 1024;

    /** The same before it is known who it is: a join or two. */
    private static final long MOST_HELD_OF_STRANGERS = 16 * 1024;

    /** Where there is no limit for bursts. */
    private static final int MOST_HELD = 200;

    private final ChatServices services;
    private final Passage passage;

    /** Null before it is known who it is, and when they are refused. */
    private volatile @Nullable Connection connection;

    /** Over, perhaps before it began. */
    private volatile boolean isOver;

    private volatile Runnable refuseFlood = () -> {};

    Arrival(ChatServices services) {
        this.services = services;
        int burst = services.settings().limits().burst();
        this.passage = new Passage(
                burst > 0 ? burst : MOST_HELD, services.connections().holding(), services.resuming());
    }

    @Nullable Connection connection() {
        return connection;
    }

    /** Takes the session in, or closes it; now or later. */
    void begin(Session session, Handshake handshake, HttpCredentials shown) {
        if (Admissions.isBanned(services, session, handshake)) {
            return;
        }
        Credentials brought = Admissions.credentials(session, handshake, shown);
        CompletionStage<Boolean> waking = services.wakefulness().waking();
        if (waking == null && !services.arrivals().areNeeded()) {
            connection = Admissions.admit(services, session, handshake, brought);
        } else {
            admitLater(session, handshake, brought, waking);
        }
    }

    /** Once the store has said who it is; what comes meanwhile is held. */
    private void admitLater(
            Session session, Handshake handshake, Credentials brought, @Nullable CompletionStage<Boolean> waking) {
        passage.shut();
        refuseFlood = () -> Admissions.flooded(services, session, handshake);
        CompletionStage<Credentials> arrived = waking == null
                ? Admissions.arrive(services, brought)
                : waking.thenCompose(isAwake -> isAwake
                        ? Admissions.arrive(services, brought)
                        : CompletableFuture.failedFuture(new IllegalStateException("not awake")));
        services.connections().waits();
        CompletionStage<Credentials> unused = arrived.whenCompleteAsync(
                (known, failure) -> {
                    services.connections().waitsNoMore();
                    if (failure == null && !isOver) {
                        admitted(session, handshake, known);
                        return;
                    }
                    passage.discard();
                    if (!isOver) {
                        isOver = true;
                        Admissions.sendAway(services, session, handshake);
                    }
                },
                services.resuming());
    }

    private void admitted(Session session, Handshake handshake, Credentials known) {
        try {
            Connection made = Admissions.admit(services, session, handshake, known);
            connection = made;
            if (made != null && isOver) {
                made.closed(CloseCode.GOING_AWAY.code()); // while it was made
            }
            passage.open();
        } catch (RuntimeException e) {
            isOver = true;
            passage.discard();
            log.atError().setCause(e).log("an admission broke");
            Admissions.sendAway(services, session, handshake);
        }
    }

    /**
     * Hands a frame to the connection when it is its turn; nothing, once all is over. One thread at a time.
     *
     * @param message what it says; null when it is none
     * @param carryOut does it
     * @param putOff refuses it, as it cannot be known whether it may be carried out
     */
    void pass(@Nullable ClientMessage message, Consumer<Connection> carryOut, Consumer<Connection> putOff) {
        Connection known = connection;
        Passage.Frame frame = new Passage.Frame() {
            @Override
            public @Nullable CompletionStage<Boolean> first() {
                return message == null || isOver || connection == null ? null : needed(message);
            }

            @Override
            public void carryOut() {
                hand(carryOut);
            }

            @Override
            public void putOff() {
                hand(putOff);
            }
        };
        if (isOver || passage.offer(frame, chars(message), known == null ? MOST_HELD_OF_STRANGERS : MOST_HELD_CHARS)) {
            return;
        }
        if (known != null) {
            known.failed(CloseCode.FLOOD, "too much while the server was busy with itself");
        } else {
            isOver = true;
            refuseFlood.run();
        }
    }

    private void hand(Consumer<Connection> frame) {
        Connection connected = connection;
        if (connected != null) {
            frame.accept(connected);
        }
    }

    /** Nothing is done before this server knows what it missed; and a token is looked up before it is judged. */
    private @Nullable CompletionStage<Boolean> needed(ClientMessage message) {
        CompletionStage<Boolean> waking = services.wakefulness().waking();
        if (!(message instanceof ClientMessage.Auth auth)
                || !services.arrivals().areNeeded()) {
            return waking;
        }
        CompletionStage<Boolean> awake = waking == null ? CompletableFuture.completedStage(true) : waking;
        return awake.thenCompose(isAwake -> isAwake
                ? services.arrivals().renewing(auth.content()).handle((done, failure) -> true)
                : CompletableFuture.completedStage(false));
    }

    private static int chars(@Nullable ClientMessage message) {
        return FRAME_CHARS
                + (message instanceof ClientMessage.Message said
                        ? said.content().length()
                        : message instanceof ClientMessage.Auth auth
                                ? auth.content().length()
                                : 0);
    }

    /** The session is gone. */
    void end(int closeCode) {
        isOver = true;
        Connection known = connection;
        if (known != null) {
            known.closed(closeCode);
        }
    }
}
