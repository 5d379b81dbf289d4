package chat.parley.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Host names and origins, in the form in which a browser sends them. */
final class Hosts {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern IPV6 = Pattern.compile("\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*]?");

    private Hosts() {}

    /** A name or an address without a port, in lower case. */
    static String host(String written) {
        if (!NAME.matcher(written).matches() && !IPV6.matcher(written).matches()) {
            throw new IllegalArgumentException("must be a host name or an address, without a port");
        }
        return written.toLowerCase(Locale.ROOT);
    }

    /** Scheme, host and port (RFC 6454, section 6.1): lower case, no path, no port that the scheme implies. */
    static String origin(String written) {
        URI uri;
        try {
            uri = new URI(written);
        } catch (URISyntaxException e) {
            throw notAnOrigin(written, e);
        }
        boolean bare = uri.getRawPath() == null
                || uri.getRawPath().isEmpty()
                || uri.getRawPath().equals("/");
        if (uri.getScheme() == null
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || !bare) {
            throw notAnOrigin(written, null);
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean implied = uri.getPort() == -1
                || (scheme.equals("http") && uri.getPort() == 80)
                || (scheme.equals("https") && uri.getPort() == 443);
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (implied ? "" : ":" + uri.getPort());
    }

    private static IllegalArgumentException notAnOrigin(String written, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "'" + written + "' is no origin: write scheme and host, such as https://chat.example.org", cause);
    }
}
