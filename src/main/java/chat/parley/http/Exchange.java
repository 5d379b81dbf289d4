package chat.parley.http;

import chat.parley.endpoint.HttpCredentials;
import chat.parley.protocol.ApiJson;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer, which may come later and on another thread; answered once, whoever is first. */
final class Exchange implements AsyncListener {

    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    /** A body that is not there by then, or a store that has not answered, is not waited for. */
    private static final long MILLIS = 10_000;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final boolean isSecure;
    private final AsyncContext context;
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile boolean awaitsBody;
    private volatile boolean hasBody;

    /**
     * Begins to answer.
     *
     * @param isSecure whether the client speaks TLS, with this server or with its proxy
     */
    Exchange(HttpServletRequest request, HttpServletResponse response, boolean isSecure) {
        this.isSecure = isSecure;
        this.request = request;
        this.response = response;
        this.context = HandshakeListener.answerLater(request);
        context.setTimeout(MILLIS);
        context.addListener(this);
    }

    /** Says that nothing is done before the body is there. */
    void awaitBody() {
        awaitsBody = true;
    }

    /** Says that the body is there. */
    void hasBody() {
        awaitsBody = false;
        hasBody = true;
    }

    /** Answers, unless it is answered. */
    void answer(Reply reply) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        try {
            AsyncBody.send(context, response, head(reply));
        } catch (IOException | RuntimeException e) {
            log.atDebug().setCause(e).log("an answer could not be written");
            context.complete();
        }
    }

    /** The same within a callback of the container, which takes the request for broken when it is not over after that. */
    private void answerHere(Reply reply) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        try {
            response.getOutputStream().write(head(reply));
        } catch (IOException | RuntimeException e) {
            log.atDebug().setCause(e).log("an answer could not be written");
        } finally {
            context.complete();
        }
    }

    /** Sets status and headers; the body, which may be empty. */
    private byte[] head(Reply reply) {
        response.setStatus(reply.status());
        if (!hasBody && announcesBody()) {
            // Containers end the connection then, or not, by how much of it has come; the client had better know.
            response.setHeader("Connection", "close"); // RFC 9112, section 9.6
        }
        String cookie = reply.cookie();
        if (cookie != null) {
            response.addHeader("Set-Cookie", cookie(cookie, reply.cookieSeconds()));
        }
        Record body = reply.body();
        if (body == null) {
            return new byte[0];
        }
        if (body instanceof Problem problem) {
            Long wait = problem.retryAfterMs();
            if (wait != null) {
                response.setHeader("Retry-After", Long.toString((wait + 999) / 1_000));
            }
            if (problem.status() == 401) {
                response.setHeader("WWW-Authenticate", "Bearer"); // RFC 9110, section 15.5.2
            }
            response.setContentType("application/problem+json");
        } else {
            response.setContentType("application/json");
        }
        byte[] bytes = ApiJson.write(body);
        response.setContentLength(bytes.length);
        return bytes;
    }

    /** RFC 9112, section 6.3: what HTTP/2 has instead concerns no connection. */
    private boolean announcesBody() {
        return request.getProtocol().startsWith("HTTP/1")
                && (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null);
    }

    /** Written out (RFC 6265, section 4.1): a servlet's own cookie has no SameSite before Servlet 6. */
    private String cookie(String value, int seconds) {
        String path = ContextPath.of(request.getServletContext());
        String age = value.isEmpty() ? "; Max-Age=0" : seconds < 0 ? "" : "; Max-Age=" + seconds;
        return HttpCredentials.COOKIE + "=" + value + "; Path=" + (path.isEmpty() ? "/" : path) + age
                + (isSecure ? "; Secure" : "") + "; HttpOnly; SameSite=Strict";
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        if (answered.get()) {
            context.complete(); // the client does not read
            return;
        }
        if (awaitsBody) {
            response.setHeader("Connection", "close"); // RFC 9110, section 15.5.9
            answerHere(Reply.of(Problem.of(408, "request_timeout", "The body did not come in time.")));
            return;
        }
        answerHere(Reply.of(Problem.of(503, "unavailable", "This took too long; whether it was done is unknown.")));
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {
        if (answered.get()) {
            context.complete();
            return;
        }
        answerHere(Reply.of(Problem.of(500, "internal", "Something broke in the server; try again.")));
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
