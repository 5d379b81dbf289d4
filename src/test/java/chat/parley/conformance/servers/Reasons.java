package chat.parley.conformance.servers;

import chat.parley.conformance.Difference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Why something is otherwise: what more than one server does. */
final class Reasons {

    private static final List<String> ASKED_AT_THE_END =
            List.of("orderly end: who comes is refused 503 with Retry-After", "orderly end: health/ready says 503");

    private Reasons() {}

    /** Who comes while the server ends finds no port. */
    static Map<String, Difference> portIsClosed() {
        return all(
                "It closes its port before it stops applications: who comes meanwhile gets no answer of HTTP.",
                "but was: <(connection (refused|ended)|no answer)>",
                ASKED_AT_THE_END);
    }

    /** Who comes while the server ends is answered by the server. */
    static Map<String, Difference> answersBusyByItself() {
        return all(
                "Once it ends it answers 503 by itself, without Retry-After.",
                "Retry-After: ",
                "orderly end: who comes is refused 503 with Retry-After");
    }

    /** Connections end before an application is told of the end. */
    static Map<String, Difference> endsConnectionsFirst(String reason) {
        return together(
                all(reason, "nobody was told", "orderly end: everybody is told reconnect, with a time"),
                all(
                        reason,
                        "nothing was acknowledged after the reconnect",
                        "orderly end: who stays is served until the end"));
    }

    /** The same, and the TCP connection alone tells of it. */
    static Map<String, Difference> endsWithoutCloseFrame() {
        String reason = "It ends connections before it tells applications of the end, and without a close frame.";
        return together(endsConnectionsFirst(reason), all(reason, "1006", "orderly end: who stays is closed 1001"));
    }

    /** RFC 6455, section 5.1, is not kept. */
    static Map<String, Difference> takesUnmasked() {
        return all(
                "It waits for the rest of a frame that is not masked, and takes it: the client is dropped as silent.",
                "4508",
                "an unmasked frame closes 1002");
    }

    /** Who is sent a close frame and does not answer keeps the TCP connection. */
    static Map<String, Difference> waitsForTheClientsClose() {
        return all(
                "It says why, and then waits for the client's close frame without end: only the TCP connection of who never sends one stays.",
                "Read timed out",
                "who is silent is pinged, and dropped 4508 without a pong",
                "a binary frame closes 1003",
                "4529: who goes on far over the rate limit");
    }

    /** Who reads slowly has more of it waiting in the server than elsewhere. */
    static Map<String, Difference> buffersMuch() {
        return all(
                "Tyrus keeps up to 10 MB for a client that reads slowly, so it is late and not behind.",
                "it was told of no gap",
                "who reads too slowly is told the gap, and reads the hole by history");
    }

    /** The same reason for these checks. */
    static Map<String, Difference> all(String reason, String shows, String... checks) {
        return all(reason, shows, List.of(checks));
    }

    private static Map<String, Difference> all(String reason, String shows, List<String> checks) {
        Map<String, Difference> all = new HashMap<>();
        checks.forEach(check -> all.put(check, new Difference(reason, shows)));
        return all;
    }

    /** One map of them. */
    @SafeVarargs
    static Map<String, Difference> together(Map<String, Difference>... some) {
        Map<String, Difference> all = new HashMap<>();
        Arrays.asList(some).forEach(all::putAll);
        return all;
    }
}
