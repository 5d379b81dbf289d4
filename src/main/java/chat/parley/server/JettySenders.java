package chat.parley.server;

import chat.parley.endpoint.SenderFactory;
import chat.parley.room.Sender;
import jakarta.websocket.Session;
import java.util.Iterator;
import org.eclipse.jetty.ee10.websocket.jakarta.common.JakartaWebSocketSession;
import org.eclipse.jetty.websocket.core.ExtensionStack;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.IncomingFrames;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;

/** What Parley asks of Jetty below the interface that all containers share: of sessions that have just been opened. */
final class JettySenders implements SenderFactory {

    /** Nothing is decoded by Jetty from here on: the table of decoders that each session has goes. */
    @Override
    public Sender senderFor(Session session) {
        JakartaWebSocketSession jetty = (JakartaWebSocketSession) session;
        for (Iterator<?> decoders = jetty.getDecoders().iterator(); decoders.hasNext(); ) {
            decoders.next();
            decoders.remove();
        }
        return new JettySender(jetty.getCoreSession());
    }

    /**
     * Stands between Jetty's parser and what handles its frames, where extensions stand; there are none (protocol,
     * section 1). Nothing is read yet while a session is being opened, so no frame is missed.
     */
    @Override
    public void tellOfSilentFrames(Session session, Runnable listener) {
        WebSocketCoreSession core = (WebSocketCoreSession) ((JakartaWebSocketSession) session).getCoreSession();
        ExtensionStack stack = core.getExtensionStack();
        IncomingFrames handler = stack.getNextIncoming();
        stack.initialize(
                (frame, callback) -> {
                    if (isSilent(frame)) {
                        listener.run();
                    }
                    handler.onFrame(frame, callback);
                },
                stack.getNextOutgoing(),
                core);
    }

    private static boolean isSilent(Frame frame) {
        return frame.getOpCode() == OpCode.PING || (frame.isDataFrame() && !frame.isFin());
    }
}
