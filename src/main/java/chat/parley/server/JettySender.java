package chat.parley.server;

import chat.parley.protocol.CloseCode;
import chat.parley.room.Parcel;
import chat.parley.room.Sender;
import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Sender} on Jetty's core session: writes bytes that were encoded once, all texts of a parcel in one write,
 * and never blocks. One send is outstanding at a time, so the sender is its own callback.
 */
final class JettySender implements Sender, Callback {

    private final CoreSession session;

    /** Of the send under way; set before it starts, taken by its callback. */
    private volatile @Nullable Completion completion;

    JettySender(CoreSession session) {
        this.session = session;
    }

    @Override
    public void send(Parcel parcel, Completion completion) {
        this.completion = completion;
        session.sendFrame(
                parcel.rendition(GatheredTexts.class, GatheredTexts::of).frame(), this, false);
    }

    @Override
    public void ping(Completion completion) {
        this.completion = completion;
        session.sendFrame(new Frame(OpCode.PING, ByteBuffer.allocate(0)), this, false);
    }

    @Override
    public void close(CloseCode code, String reason) {
        session.close(code.code(), Sender.fitting(reason), Callback.NOOP);
    }

    @Override
    public void abort() {
        session.abort();
    }

    @Override
    public void succeeded() {
        Completion done = completion;
        completion = null;
        if (done != null) {
            done.sent();
        }
    }

    @Override
    public void failed(Throwable cause) {
        Completion failed = completion;
        completion = null;
        if (failed != null) {
            failed.failed(cause);
        }
    }

    /** Completions only note what happened and wake a thread. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
