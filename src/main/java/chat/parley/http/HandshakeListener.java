package chat.parley.http;

import chat.parley.endpoint.Handshake;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Keeps what is known of a client at hand while a request is handled: it is the one place from which every container
 * lets the WebSocket handshake see the client's address.
 */
public final class HandshakeListener implements ServletRequestListener {

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (event.getServletRequest() instanceof HttpServletRequest request) {
            of(request).begin();
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        Handshake.end();
    }

    static Handshake of(HttpServletRequest request) {
        return new Handshake(
                request.getRemoteAddr(), request.getHeader("Host"), request.getHeader("Origin"), request.isSecure());
    }
}
