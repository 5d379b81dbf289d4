package chat.parley.endpoint;

import chat.parley.protocol.CloseCode;
import chat.parley.room.Parcel;
import chat.parley.room.Sender;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Sender} on nothing but the standard API: one {@code sendText} outstanding, the next from its completion
 * without recursion. Pings and closes may block in some containers, so they run on an executor that may wait.
 */
final class JakartaSender implements Sender, SendHandler {

    /**
     * The standard has no word for how long the other side may take to answer a close; this one is Tomcat's, which waits half a
     * minute otherwise, and nobody else reads it.
     */
    private static final String CLOSE_TIMEOUT = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";

    private final Session session;
    private final RemoteEndpoint.Async remote;
    private final Executor pings;
    private final Executor closes;

    // The parcel under way: written by the thread that starts a send, handed on from completion to completion.
    private @Nullable Parcel parcel;
    private @Nullable Completion completion;
    private int next;

    /** Whether a loop is sending, and what it is told by a completion that came before its send returned. */
    private final Turn turn = new Turn();

    JakartaSender(Session session, Duration timeout, Executor pings, Executor closes) {
        this.session = session;
        session.getUserProperties().put(CLOSE_TIMEOUT, Connection.CLOSE_MILLIS);
        this.remote = session.getAsyncRemote();
        this.remote.setSendTimeout(timeout.toMillis());
        this.pings = pings;
        this.closes = closes;
    }

    @Override
    public void send(Parcel parcel, Completion completion) {
        this.parcel = parcel;
        this.completion = completion;
        this.next = 0;
        sendNext();
    }

    @Override
    public void onResult(SendResult result) {
        if (!result.isOK()) {
            Throwable cause = result.getException();
            fail(cause == null ? new IOException("the send failed") : cause);
        } else if (turn.completed()) {
            sendNext();
        }
    }

    @Override
    public void ping(Completion completion) {
        try {
            pings.execute(() -> {
                try {
                    remote.sendPing(ByteBuffer.allocate(0));
                } catch (IOException | RuntimeException e) {
                    completion.failed(e);
                    return;
                }
                completion.sent();
            });
        } catch (RejectedExecutionException e) {
            completion.failed(e);
        }
    }

    @Override
    public void close(CloseCode code, String reason) {
        try {
            closes.execute(() -> {
                try {
                    session.close(
                            new CloseReason(CloseReason.CloseCodes.getCloseCode(code.code()), Sender.fitting(reason)));
                } catch (IOException | RuntimeException e) {
                    // It is closed, or as good as: whoever closes has taken it out of everything already.
                }
            });
        } catch (RejectedExecutionException e) {
            // The server has stopped, and its container closes what is left.
        }
    }

    /** The standard has nothing harsher than {@link #close}, which came before. */
    @Override
    public void abort() {}

    /** Sends text after text for as long as each completes before its send returns; else the completion goes on. */
    private void sendNext() {
        Parcel sending = parcel;
        if (sending == null) {
            return;
        }
        String[] texts = sending.strings();
        do {
            if (next == texts.length) {
                Completion done = completion;
                parcel = null;
                completion = null;
                if (done != null) {
                    done.sent();
                }
                return;
            }
            turn.begin();
            try {
                remote.sendText(texts[next++], this);
            } catch (RuntimeException e) {
                fail(e);
                return;
            }
        } while (turn.hasCompleted());
    }

    private void fail(Throwable cause) {
        Completion failed = completion;
        parcel = null;
        completion = null;
        if (failed != null) {
            failed.failed(cause);
        }
    }
}
