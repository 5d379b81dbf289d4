package chat.parley.http;

import chat.parley.config.Settings;
import chat.parley.endpoint.Handshake;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Keeps what is known of a client at hand while a request is handled: it is the one place from which every container
 * lets the WebSocket handshake see the client's address.
 */
public final class HandshakeListener implements ServletRequestListener {

    private final Clients clients;

    /** Believes these proxies. */
    public HandshakeListener(Settings.Proxies proxies) {
        this.clients = new Clients(proxies);
    }

    /**
     * Has a request answered later than the calling thread is done with it, which forgets the client now: Tomcat tells no
     * listener of the end of such a request on this thread.
     */
    static AsyncContext answerLater(HttpServletRequest request) {
        AsyncContext context = request.startAsync();
        Handshake.end();
        return context;
    }

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (event.getServletRequest() instanceof HttpServletRequest request) {
            clients.of(request).begin();
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        Handshake.end();
    }
}
