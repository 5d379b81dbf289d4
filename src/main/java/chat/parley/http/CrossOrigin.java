package chat.parley.http;

import chat.parley.config.Settings;
import chat.parley.endpoint.Handshake;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What pages of the origins in {@code parley.origins} may read (Fetch Standard, section 3.3): they come by {@code
 * Authorization: Bearer}; with the cookie they read nothing. Immutable; any thread may call.
 */
final class CrossOrigin {

    /** For how long a browser need not ask again, seconds. */
    private static final String MAX_AGE = "600";

    private final List<String> origins;

    CrossOrigin(Settings.Http http) {
        this.origins = http.origins();
    }

    /** Lets the page that asks read the answer, if its origin is listed; whether it is. */
    boolean allow(Handshake handshake, HttpServletResponse response) {
        response.setHeader("Vary", "Origin"); // what is answered depends on it, to no page as well
        String origin = listed(handshake.origin());
        if (origin == null) {
            return false;
        }
        response.setHeader("Access-Control-Allow-Origin", origin);
        return true;
    }

    /** Whether a browser asks what a page may send, before it sends it. */
    static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
    }

    /** Says what a page may send to a path. */
    static void describe(String methods, HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Methods", methods);
        response.setHeader("Access-Control-Allow-Headers", "authorization, content-type");
        response.setHeader("Access-Control-Max-Age", MAX_AGE);
    }

    private @Nullable String listed(@Nullable String origin) {
        if (origin == null) {
            return null;
        }
        String asked = origin.trim().toLowerCase(Locale.ROOT);
        return origins.contains(asked) ? asked : null;
    }
}
