package chat.parley.server;

import chat.parley.Parley;
import java.util.function.IntSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of everything when there is TLS: who comes without it is sent where it is. Nothing is served in the
 * clear, and a handshake or anything else that could carry a secret is refused instead of sent on, so that the client
 * gets mended. The place is made of the server's own names only: a foreign Host is refused.
 */
final class PlainPort extends Handler.Wrapper {

    private static final int HTTPS = 443;

    private final Parley parley;
    private final IntSupplier tlsPort;

    PlainPort(Handler behind, Parley parley, IntSupplier tlsPort) {
        super(behind);
        this.parley = parley;
        this.tlsPort = tlsPort;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.isSecure()) {
            return super.handle(request, response, callback);
        }
        String host = parley.connections().ownHost(request.getHeaders().get(HttpHeader.HOST));
        if (host == null || !isReading(request)) {
            response.setStatus(HttpStatus.FORBIDDEN_403);
            answer(response, "This port only shows the way to https and wss.", callback);
            return true;
        }
        int port = tlsPort.getAsInt();
        String place = "https://" + host + (port == HTTPS ? "" : ":" + port)
                + request.getHttpURI().getPathQuery();
        response.setStatus(HttpStatus.PERMANENT_REDIRECT_308);
        response.getHeaders().put(HttpHeader.LOCATION, place);
        answer(response, "This server speaks https.", callback);
        return true;
    }

    private static boolean isReading(Request request) {
        return (HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod()))
                && !request.getHeaders().contains(HttpHeader.UPGRADE, "websocket");
    }

    private static void answer(Response response, @Nullable String line, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        Content.Sink.write(response, true, line + "\n", callback);
    }
}
