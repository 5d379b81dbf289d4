package chat.parley.server;

import chat.parley.http.Problem;
import chat.parley.protocol.ApiJson;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Errors that Jetty finds by itself: the status and its name, as text; below {@code /api/} as a problem, like all that is
 * answered there. Nothing of the request is in them: a URI may hold a guest's secret; and nothing of what went wrong inside.
 */
final class PlainErrors extends ErrorHandler {

    private static final String API = "/api/";

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        if (isApi(request.getHttpURI())) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
            ByteBuffer problem = ByteBuffer.wrap(ApiJson.write(Problem.ofStatus(code)));
            response.write(true, problem, callback);
        } else {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
            Content.Sink.write(response, true, code + " " + HttpStatus.getMessage(code) + "\n", callback);
        }
    }

    /** As it was asked for: what is behind that may be just what could not be read. */
    private static boolean isApi(@Nullable HttpURI uri) {
        String path = uri == null ? null : uri.getPath();
        return path != null && path.startsWith(API);
    }
}
