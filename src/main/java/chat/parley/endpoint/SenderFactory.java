package chat.parley.endpoint;

import chat.parley.room.Sender;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Makes the sender for a session: the portable one, or one that a certain server does better. */
@FunctionalInterface
public interface SenderFactory {

    /** A sender for a session that has just been opened. Must not block. */
    Sender senderFor(Session session);

    /**
     * Has a listener told of each frame that says nothing by itself and that a container keeps from its endpoints: a
     * ping, which it answers, and a piece of a message that is not the last. It is told before the next frame is read, by
     * the thread that reads. By default of none: Jakarta WebSocket does not show them.
     *
     * @param session one that is being opened
     */
    default void tellOfSilentFrames(Session session, Runnable listener) {}

    /**
     * The sender for any container.
     *
     * @param timeout how long one send may take
     * @param pings runs pings, which wait for the peer in some containers
     * @param closes runs closes, which wait for the peer in some containers
     */
    static SenderFactory portable(Duration timeout, Executor pings, Executor closes) {
        return session -> new JakartaSender(session, timeout, pings, closes);
    }
}
