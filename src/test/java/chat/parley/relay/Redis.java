package chat.parley.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A Redis for tests, started when the first asks and ended with the process; {@code PARLEY_TEST_REDIS}, a {@code redis://}
 * URL, names another in its place.
 */
public final class Redis {

    private static final String ELSEWHERE = System.getenv("PARLEY_TEST_REDIS");

    private static @Nullable String started;

    private Redis() {}

    /** Its URL. */
    public static synchronized String url() {
        if (ELSEWHERE != null) {
            return ELSEWHERE;
        }
        String url = started;
        if (url == null) {
            url = start();
            started = url;
        }
        return url;
    }

    /** The same Redis at another address. */
    public static String by(String address) {
        return url().replaceFirst("[^/@]+$", address);
    }

    /** Where it listens. */
    public static int port() {
        int port = URI.create(url()).getPort();
        return port < 0 ? 6379 : port;
    }

    private static String start() {
        try {
            return OwnRedis.start().url();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
