package chat.parley.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Host names and origins, in the form in which a browser sends them. */
final class Hosts {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    /** Scheme, host and port, and the slash that people copy along; no user, path, query or fragment. */
    private static final Pattern ORIGIN =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(\\[[^]]*]|[^:/?#@\\[\\]]+)(?::(\\d{0,5}))?/?");

    private static final int MOST_PORT = 65_535;

    private Hosts() {}

    /**
     * A name or an address without a port, in lower case. A name is kept without the dot that may end it, an IPv6
     * address without brackets and as short as a browser writes it.
     */
    static String host(String written) {
        String host = form(written);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** Scheme, host and port (RFC 6454, section 6.1): lower case, no path, no port that the scheme implies. */
    static String origin(String written) {
        Matcher parts = ORIGIN.matcher(written);
        if (!parts.matches()) {
            throw notAnOrigin(written);
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        String digits = parts.group(3);
        int port = digits == null || digits.isEmpty() ? -1 : Integer.parseInt(digits);
        String host;
        try {
            host = form(parts.group(2));
        } catch (IllegalArgumentException e) {
            throw notAnOrigin(written);
        }
        if (port > MOST_PORT) {
            throw notAnOrigin(written);
        }
        boolean implied =
                port == -1 || (scheme.equals("http") && port == 80) || (scheme.equals("https") && port == 443);
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + (implied ? "" : ":" + port);
    }

    /** As {@link #host}, but a name keeps its last dot: in an origin a browser sends it. */
    private static String form(String written) {
        String address = Ipv6.compressed(written);
        if (address != null) {
            return address;
        }
        if (!NAME.matcher(written).matches()) {
            throw new IllegalArgumentException("must be a host name or an address, without a port");
        }
        return written.toLowerCase(Locale.ROOT);
    }

    private static IllegalArgumentException notAnOrigin(String written) {
        return new IllegalArgumentException(
                "'" + written + "' is no origin: write scheme and host, such as https://chat.example.org");
    }
}
