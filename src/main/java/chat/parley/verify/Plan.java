package chat.parley.verify;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for, checked.
 *
 * @param urls the servers: people come to any of them, and come back to any of them
 * @param people how many there are
 * @param rooms how many rooms they are spread over
 * @param rate how many messages a second all of them say together; 0: as fast as they are answered
 * @param seconds how long they talk
 * @param stay how long they stay connected on average before they leave and come back; zero: until something breaks
 * @param settle how long it may take after the last fault until everything flows again
 * @param kill how things are broken; null: somebody else does it, or nobody
 * @param seed decides all that is left to chance here; what the servers do is not
 */
public record Plan(
        List<URI> urls,
        int people,
        int rooms,
        double rate,
        int seconds,
        Duration stay,
        Duration settle,
        @Nullable Kill kill,
        Access access,
        long seed) {

    /** So many messages are kept in mind at most, each with about {@link Book#BYTES_A_MESSAGE} bytes. */
    static final long MOST_MESSAGES = 20_000_000;

    private static final double LEAST_RATE = 0.1;
    private static final double MOST_RATE = 10_000;

    /** @throws IllegalArgumentException with one line that names the option and what is wrong with it */
    public Plan {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("which server? A URL such as ws://127.0.0.1:8080/chat is missing");
        }
        check("--people", people, 2, 1_000);
        check("--rooms", rooms, 1, 100);
        check("--seconds", seconds, 1, 604_800);
        check("--stay", stay.toMillis() / 1e3, 0, 86_400);
        check("--settle", settle.toMillis() / 1e3, 0.1, 3_600);
        if (rate != 0 && !(rate >= LEAST_RATE && rate <= MOST_RATE)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "--rate is %s but must be from %s to %s, or 0 for as fast as they are answered",
                    plain(rate),
                    plain(LEAST_RATE),
                    plain(MOST_RATE)));
        }
        if (rooms > people) {
            throw new IllegalArgumentException(
                    "--rooms is " + rooms + ", which is more than the " + people + " of --people");
        }
        if (kill != null && kill.every().toMillis() >= seconds * 1_000L) {
            throw new IllegalArgumentException("--every is not before the end of --seconds: nothing would be broken");
        }
        if (rate * seconds > MOST_MESSAGES) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "--rate times --seconds is %,.0f messages, but no more than %,d are kept in mind",
                    rate * seconds,
                    MOST_MESSAGES));
        }
    }

    /**
     * The URL of an endpoint; {@code /chat} when it has no path.
     *
     * @throws IllegalArgumentException with one line that says what is wrong
     */
    public static URI parse(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no URL: " + text, e);
        }
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        boolean isWebSocket = (scheme.equals("ws") || scheme.equals("wss"))
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawFragment() == null
                && url.getPort() <= 0xFFFF
                && url.getPort() != 0;
        if (!isWebSocket) {
            throw new IllegalArgumentException("a URL must look like ws://HOST:PORT/chat, not " + text);
        }
        if (!url.getRawPath().isEmpty()) {
            return url;
        }
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(scheme + "://" + url.getRawAuthority() + "/chat" + query);
    }

    /** The name of a server, for people. */
    static String name(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }

    static void check(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s is %s but must be from %s to %s",
                    option,
                    plain(value),
                    plain(least),
                    plain(most)));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : String.valueOf(value);
    }
}
