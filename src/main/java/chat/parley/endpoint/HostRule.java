package chat.parley.endpoint;

import chat.parley.config.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts and origins may connect: the {@code Host} has to be a name of this server, so that a foreign name that
 * resolves to it (DNS rebinding) is of no use, and the {@code Origin} has to be that very host or one that was
 * allowed (RFC 6455, section 10.2).
 */
final class HostRule {

    private final Set<String> hosts;
    private final Set<String> origins;

    HostRule(Settings.Http http) {
        this.hosts = Stream.concat(Stream.of(http.host()), http.hosts().stream())
                .map(HostRule::lower)
                .collect(Collectors.toUnmodifiableSet());
        this.origins = http.origins().stream().map(HostRule::lower).collect(Collectors.toUnmodifiableSet());
    }

    boolean allows(Handshake handshake) {
        return isOwnHost(handshake.host()) && isAllowedOrigin(handshake);
    }

    /** A host header without its port; null when it is no name of this server. */
    @Nullable String ownHost(@Nullable String header) {
        return header != null && isOwnHost(header) ? hostName(lower(header)) : null;
    }

    private boolean isOwnHost(@Nullable String header) {
        if (header == null) {
            return false;
        }
        String name = bare(hostName(lower(header)));
        return name.equals("localhost") || isLoopback(name) || hosts.contains(name);
    }

    private boolean isAllowedOrigin(Handshake handshake) {
        String origin = handshake.origin();
        if (origin == null) {
            return true; // no browser
        }
        String asked = lower(origin);
        if (origins.contains(asked)) {
            return true;
        }
        try {
            URI uri = new URI(asked);
            String scheme = handshake.isSecure() ? "https" : "http";
            String host = handshake.host();
            return scheme.equals(uri.getScheme())
                    && host != null
                    && withPort(lower(host), scheme).equals(withPort(String.valueOf(uri.getRawAuthority()), scheme));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isLoopback(String name) {
        return name.equals("::1") || name.matches("127(\\.\\d{1,3}){3}");
    }

    /** A host without the brackets of an IPv6 address (RFC 3986, section 3.2.2) and without the dot of the root. */
    private static String bare(String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            return host.substring(1, host.length() - 1);
        }
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** A host header without its port. */
    private static String hostName(String header) {
        int colon = header.lastIndexOf(':');
        return colon > header.lastIndexOf(']') ? header.substring(0, colon) : header;
    }

    private static String withPort(String authority, String scheme) {
        return hostName(authority).equals(authority)
                ? authority + (scheme.equals("https") ? ":443" : ":80")
                : authority;
    }

    private static String lower(String text) {
        return text.trim().toLowerCase(Locale.ROOT);
    }
}
