package chat.parley.http;

import chat.parley.config.IpAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy says of whom it got a request from.
 *
 * @param node who that was, as written; null when it does not say
 * @param scheme how they spoke, as written; null when it does not say
 */
record Hop(@Nullable String node, @Nullable String scheme) {

    /** Stands for what cannot be read: as a node it is no address. */
    static final Hop UNREADABLE = new Hop("", null);

    /** RFC 7239, section 6: an address and perhaps a port; many proxies write IPv6 without its brackets. */
    private static final Pattern NODE = Pattern.compile("(?:\\[([^]]+)]|([0-9.]+))(?::(?:\\d{1,5}|_[\\w.-]+))?");

    /** The address it names; null when it names none, or something that is none. */
    @Nullable IpAddress address() {
        if (node == null) {
            return null;
        }
        Matcher parts = NODE.matcher(node);
        if (!parts.matches()) {
            return IpAddress.parse(node);
        }
        String bracketed = parts.group(1);
        if (bracketed != null) {
            return bracketed.contains(":") ? IpAddress.parse(bracketed) : null;
        }
        return IpAddress.parse(parts.group(2));
    }

    /** Whether they spoke TLS; null when that is not said in words known here. */
    @Nullable Boolean isSecure() {
        if (scheme == null) {
            return null;
        }
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https", "wss" -> Boolean.TRUE;
            case "http", "ws" -> Boolean.FALSE;
            default -> null;
        };
    }
}
