package chat.parley.http;

import chat.parley.Parley;
import jakarta.servlet.http.HttpServlet;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** The HTTP interface of a server: one servlet, so that every request passes the same checks. */
public final class Api {

    /** Where the servlet has to be mapped; it has to be let work asynchronously. */
    public static final String PATTERN = "/api/*";

    private Api() {}

    /** The servlet of a server. */
    public static HttpServlet servlet(Parley parley) {
        return new ApiServlet(
                Stream.of(
                                new IdentityRoutes(parley, Clock.systemUTC()).all(),
                                new AdminRoutes(parley).all(),
                                new RoomRoutes(parley).all())
                        .<Route<?>>flatMap(List::stream)
                        .toList(),
                request -> parley.connections().isOwn(request),
                parley.settings().auth().external(),
                parley.entrance(),
                parley.arrivals(),
                new WhenAwake(() -> parley.wakefulness().waking(), parley.resuming()),
                new CrossOrigin(parley.settings().http()));
    }
}
