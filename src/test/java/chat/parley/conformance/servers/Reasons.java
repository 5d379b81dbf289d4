package chat.parley.conformance.servers;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Why something is otherwise: what more than one server does. */
final class Reasons {

    private static final String PORT_IS_CLOSED =
            "It closes its port before it stops applications: who comes meanwhile is refused by the system and not by HTTP.";

    private Reasons() {}

    /** Who comes while the server ends finds no port. */
    static Map<String, String> portIsClosed() {
        return all(
                PORT_IS_CLOSED,
                "orderly end: who comes is refused 503 with Retry-After",
                "orderly end: health/ready says 503");
    }

    /** Connections end before an application is told of the end. */
    static Map<String, String> endsConnectionsFirst(String reason) {
        return all(
                reason,
                "orderly end: everybody is told reconnect, with a time",
                "orderly end: who stays is served until the end");
    }

    /** RFC 6455, section 5.1, is not kept. */
    static Map<String, String> takesUnmasked() {
        return all(
                "It waits for the rest of a frame that is not masked, and takes it: the client is dropped as silent.",
                "an unmasked frame closes 1002");
    }

    /** Who is sent a close frame and does not answer keeps the TCP connection. */
    static Map<String, String> waitsForTheClientsClose() {
        return all(
                "It says why, and then waits for the client's close frame without end: only the TCP connection of who never sends one stays.",
                "who is silent is pinged, and dropped 4508 without a pong",
                "a binary frame closes 1003",
                "4529: who goes on far over the rate limit");
    }

    /** Who reads slowly has more of it waiting in the server than elsewhere. */
    static Map<String, String> buffersMuch() {
        return all(
                "Tyrus keeps up to 10 MB for a client that reads slowly, so it is late and not behind.",
                "who reads too slowly is told the gap, and reads the hole by history");
    }

    /** The same reason for these checks. */
    static Map<String, String> all(String reason, String... checks) {
        Map<String, String> all = new HashMap<>();
        Arrays.asList(checks).forEach(check -> all.put(check, reason));
        return all;
    }

    /** One map of them. */
    @SafeVarargs
    static Map<String, String> together(Map<String, String>... some) {
        Map<String, String> all = new HashMap<>();
        Arrays.asList(some).forEach(all::putAll);
        return all;
    }
}
