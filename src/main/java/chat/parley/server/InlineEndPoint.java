package chat.parley.server;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose WebSocket frames are read by the thread that selects. Jetty takes every reader for one that may
 * block and hands each read to another thread; nothing that a frame sets off blocks here, and the hand-over costs more
 * than the frame. HTTP, which servlets answer, is handed over as ever.
 */
final class InlineEndPoint extends SocketChannelEndPoint {

    private @Nullable Callback reader;
    private @Nullable Callback inline; // the same, said not to block

    InlineEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** Called by one thread at a time: whoever reads the connection. */
    @Override
    public void fillInterested(Callback callback) {
        super.fillInterested(getConnection() instanceof WebSocketConnection ? inline(callback) : callback);
    }

    private Callback inline(Callback callback) {
        Callback wrapped = inline;
        if (wrapped == null || reader != callback) {
            wrapped = Callback.from(Invocable.InvocationType.NON_BLOCKING, callback::succeeded, callback::failed);
            reader = callback;
            inline = wrapped;
        }
        return wrapped;
    }
}
