package chat.parley.server;

import chat.parley.endpoint.SenderContract;
import chat.parley.room.Sender;
import jakarta.websocket.Session;
import java.time.Duration;
import org.eclipse.jetty.ee10.websocket.jakarta.common.JakartaWebSocketSession;

/** The embedded server's own sender keeps the contract; the deadline of a send is its caller's. */
class JettySenderIT extends SenderContract {

    @Override
    protected Sender sender(Session session, Duration timeout) {
        return new JettySender(((JakartaWebSocketSession) session).getCoreSession());
    }

    @Override
    protected boolean hasOwnTimeout() {
        return false;
    }
}
