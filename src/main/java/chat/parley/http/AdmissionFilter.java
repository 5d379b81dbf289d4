package chat.parley.http;

import chat.parley.endpoint.Connections;
import chat.parley.endpoint.Handshake;
import chat.parley.endpoint.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses handshakes before the upgrade, with a status that says why and when to come back. */
public final class AdmissionFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Logger log = LoggerFactory.getLogger(AdmissionFilter.class);

    private final transient Connections connections;

    /** A filter in front of {@code /chat}. */
    public AdmissionFilter(Connections connections) {
        this.connections = connections;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Handshake handshake = Handshake.current();
        Refusal refusal = connections.refusal(handshake);
        if (refusal == null) {
            chain.doFilter(request, response);
            return;
        }
        log.atInfo()
                .addKeyValue("address", handshake.address())
                .addKeyValue("host", handshake.host())
                .addKeyValue("origin", handshake.origin())
                .addKeyValue("status", refusal.status())
                .addKeyValue("why", refusal.why())
                .log("handshake refused");
        response.setStatus(refusal.status());
        if (refusal.retryAfterSeconds() > 0) {
            response.setHeader("Retry-After", Integer.toString(refusal.retryAfterSeconds()));
        }
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(refusal.why());
    }
}
