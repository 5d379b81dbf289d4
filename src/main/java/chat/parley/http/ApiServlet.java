package chat.parley.http;

import chat.parley.config.Settings;
import chat.parley.endpoint.Handshake;
import chat.parley.endpoint.HttpCredentials;
import chat.parley.identity.AccountException;
import chat.parley.identity.Arrivals;
import chat.parley.identity.ContainerUser;
import chat.parley.identity.Credentials;
import chat.parley.identity.Entrance;
import chat.parley.protocol.ApiJson;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything below {@code /api/}: the checks that all requests share, then the route. No thread waits for a body or for an
 * answer. Refusals are problems (RFC 9457).
 */
final class ApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final Logger log = LoggerFactory.getLogger(ApiServlet.class);

    /** A name, two passwords, and plenty. */
    private static final int MAX_BODY_BYTES = 8 * 1024;

    private final transient List<Route<?>> routes;
    private final transient Predicate<Handshake> isOwn;
    private final transient Settings.External external;
    private final transient Entrance entrance;
    private final transient Arrivals arrivals;
    private final transient WhenAwake whenAwake;
    private final transient CrossOrigin crossOrigin;

    /**
     * A servlet with its routes.
     *
     * @param isOwn whether a request comes from one of our own pages, or from no page, and to a name of this server
     * @param external whether whom the application server has signed in counts
     * @param entrance knows who asks
     * @param arrivals has it in memory before
     * @param whenAwake lets act
     */
    ApiServlet(
            List<Route<?>> routes,
            Predicate<Handshake> isOwn,
            Settings.External external,
            Entrance entrance,
            Arrivals arrivals,
            WhenAwake whenAwake,
            CrossOrigin crossOrigin) {
        this.routes = routes;
        this.isOwn = isOwn;
        this.external = external;
        this.entrance = entrance;
        this.arrivals = arrivals;
        this.whenAwake = whenAwake;
        this.crossOrigin = crossOrigin;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Handshake handshake = Handshake.current();
        Exchange exchange = new Exchange(request, response, handshake.isSecure());
        if (!isOwn.test(handshake)) {
            log.atInfo()
                    .addKeyValue("address", handshake.address())
                    .addKeyValue("host", handshake.host())
                    .addKeyValue("origin", handshake.origin())
                    .log("request refused");
            exchange.answer(Reply.of(Problem.of(
                    403, "foreign_origin", "This host or origin is not allowed here (parley.hosts, parley.origins).")));
            return;
        }
        boolean isListed = crossOrigin.allow(handshake, response);
        String path = String.valueOf(request.getPathInfo());
        List<Route<?>> ofPath =
                routes.stream().filter(route -> route.path().equals(path)).toList();
        if (ofPath.isEmpty()) {
            exchange.answer(Reply.of(Problem.of(404, "not_found", "There is nothing here.")));
            return;
        }
        Route<?> route = ofPath.stream()
                .filter(each -> each.method().equals(request.getMethod()))
                .findFirst()
                .orElse(null);
        if (route == null) {
            String methods = ofPath.stream().map(Route::method).collect(Collectors.joining(", "));
            response.setHeader("Allow", methods);
            if (isListed && CrossOrigin.isPreflight(request)) {
                CrossOrigin.describe(methods, response);
                exchange.answer(Reply.NOTHING);
                return;
            }
            exchange.answer(Reply.of(Problem.of(405, "method_not_allowed", "This cannot be done here.")));
            return;
        }
        run(route, exchange, request, handshake);
    }

    private <T extends Record> void run(
            Route<T> route, Exchange exchange, HttpServletRequest request, Handshake handshake) throws IOException {
        String address = handshake.site();
        Credentials credentials = HttpCredentials.of(
                        ContainerUser.of(request.getUserPrincipal(), request::isUserInRole, external),
                        Collections.list(request.getHeaders("Authorization")),
                        Collections.list(request.getHeaders("Cookie")))
                .with(null, null, null, address);
        Caller caller = new Caller(entrance, credentials);
        Class<T> type = route.body();
        if (type == null) {
            Map<String, String> query;
            try {
                query = query(request);
            } catch (RuntimeException notDecodable) { // which one is the container's choice
                exchange.answer(Reply.of(Problem.of(400, "bad_request", "The query cannot be read.")));
                return;
            }
            @SuppressWarnings("unchecked") // a route without a body has none
            Route<Route.Nothing> bare = (Route<Route.Nothing>) route;
            act(
                    bare,
                    exchange,
                    new ApiRequest<>(address, handshake.address(), credentials, caller, query, new Route.Nothing()));
            return;
        }
        if (!isJson(request.getContentType())) {
            exchange.answer(Reply.of(
                    Problem.of(415, "unsupported_media_type", "The body has to be application/json in UTF-8.")));
            return;
        }
        if (request.getContentLengthLong() > MAX_BODY_BYTES) {
            exchange.answer(tooLarge());
            return;
        }
        exchange.awaitBody();
        long declared = request.getContentLengthLong();
        Runnable broken =
                () -> exchange.answer(Reply.of(Problem.of(400, "bad_request", "The body does not come to its end.")));
        Consumer<byte @Nullable []> whole = body -> {
            if (body == null) {
                exchange.answer(tooLarge());
                return;
            }
            exchange.hasBody();
            if (declared >= 0 && body.length != declared) {
                broken.run(); // some containers lose it with the upgrade to HTTP/2, and call that the end
                return;
            }
            T read;
            try {
                read = read(body.length == 0 ? "{}" : text(body), type);
            } catch (ApiJson.BadBodyException e) {
                exchange.answer(Reply.of(Problem.of(400, "bad_request", String.valueOf(e.getMessage()))));
                return;
            } catch (CharacterCodingException e) {
                exchange.answer(Reply.of(Problem.of(400, "bad_request", "The body is not UTF-8.")));
                return;
            }
            act(route, exchange, new ApiRequest<>(address, handshake.address(), credentials, caller, Map.of(), read));
        };
        request.getInputStream()
                .setReadListener(new BodyReader(request.getInputStream(), MAX_BODY_BYTES, whole, broken));
    }

    private static Map<String, String> query(HttpServletRequest request) {
        Map<String, String> first = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> first.put(name, values[0]));
        return first;
    }

    private static <T extends Record> T read(String text, Class<T> type) throws ApiJson.BadBodyException {
        if (type == Route.Nothing.class) {
            ApiJson.check(text);
            return Objects.requireNonNull(type.cast(new Route.Nothing()));
        }
        return ApiJson.read(text, type);
    }

    /** Acts unless this server missed what others did, who may have sent away who asks. */
    private <T extends Record> void act(Route<T> route, Exchange exchange, ApiRequest<T> request) {
        whenAwake.act(() -> actKnowing(route, exchange, request), () -> exchange.answer(Reply.of(WhenAwake.UNSURE)));
    }

    /** Acts when it is in memory who asks: at once, but for what another server did a moment ago. */
    private <T extends Record> void actKnowing(Route<T> route, Exchange exchange, ApiRequest<T> request) {
        if (!arrivals.areNeeded()) {
            actNow(route, exchange, request);
            return;
        }
        CompletionStage<Boolean> unused = arrivals.showing(request.credentials())
                .whenCompleteAsync(
                        (known, failure) -> {
                            if (failure == null) {
                                actNow(route, exchange, request);
                            } else {
                                exchange.answer(Reply.of(problem(AccountException.of(failure))));
                            }
                        },
                        whenAwake.executor());
    }

    private static <T extends Record> void actNow(Route<T> route, Exchange exchange, ApiRequest<T> request) {
        try {
            CompletionStage<Reply> unused = route.action().act(request).whenComplete((reply, failure) -> {
                if (failure == null) {
                    exchange.answer(reply);
                } else {
                    exchange.answer(Reply.of(problem(failure)));
                }
            });
        } catch (RuntimeException e) {
            exchange.answer(Reply.of(problem(e)));
        }
    }

    private static Problem problem(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RuntimeException || cause instanceof Error) {
            log.atError().setCause(cause).log("a request broke");
            return Problem.of(500, "internal", "Something broke in the server; try again.");
        }
        return Problem.of(cause);
    }

    private static Reply tooLarge() {
        return Reply.of(Problem.of(413, "too_large", "The body has at most " + MAX_BODY_BYTES + " bytes."));
    }

    /** JSON has one encoding (RFC 8259, section 8.1). */
    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.toLowerCase(Locale.ROOT).replaceAll("[\\s\"]", "");
        return type.equals("application/json") || type.equals("application/json;charset=utf-8");
    }

    private static String text(byte[] body) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    }
}
