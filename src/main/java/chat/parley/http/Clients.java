package chat.parley.http;

import chat.parley.config.IpAddress;
import chat.parley.config.Network;
import chat.parley.config.Settings;
import chat.parley.endpoint.Handshake;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom a request comes from. Without trusted proxies that is whoever is at the other end of the connection, whatever
 * the headers say. A trusted proxy is believed about whom it got the request from, and if that is a trusted proxy too,
 * so is it, and so on: from the right to the left, as far as the trust goes. What stands further left was written by
 * the client and is not read. Where it cannot be read how it went on, the answer is the other end of the connection.
 * Immutable; any thread may call.
 */
final class Clients {

    private static final Logger log = LoggerFactory.getLogger(Clients.class);

    /** More proxies than this in a row are no chain but a mistake or an attack. */
    private static final int MOST_HOPS = 16;

    private final List<Network> trusted;
    private final boolean readsForwarded;
    private final boolean readsXForwarded;

    /** Who a request comes from, and whether they speak TLS. */
    record Client(String address, boolean isSecure) {}

    Clients(Settings.Proxies proxies) {
        this.trusted = proxies.networks();
        this.readsForwarded = !proxies.header().equals("x-forwarded");
        this.readsXForwarded = !proxies.header().equals("forwarded");
        if (!trusted.isEmpty() && readsForwarded && readsXForwarded) {
            log.warn(
                    "parley.proxy-header is auto: name the header that your proxies write, or clients can hide as a proxy");
        }
    }

    /** What is known of whoever made the request. */
    Handshake of(HttpServletRequest request) {
        Client client = client(
                request.getRemoteAddr(),
                request.isSecure(),
                values(request, "Forwarded"),
                values(request, "X-Forwarded-For"),
                values(request, "X-Forwarded-Proto"));
        return new Handshake(client.address(), host(request), request.getHeader("Origin"), client.isSecure());
    }

    /** HTTP/2 has it in a field of its own (RFC 9113, section 8.3.1), which not every container shows as the header. */
    private static @Nullable String host(HttpServletRequest request) {
        String header = request.getHeader("Host");
        if (header != null || !request.getProtocol().startsWith("HTTP/2")) {
            return header;
        }
        String name = request.getServerName();
        boolean isBareIpv6 = name.contains(":") && !name.startsWith("[");
        return (isBareIpv6 ? "[" + name + "]" : name) + ":" + request.getServerPort();
    }

    /**
     * The client.
     *
     * @param peer the address of the other end of the connection
     * @param isSecure whether that connection is TLS
     * @param forwarded the values of {@code Forwarded}, one for each line, in order; and so of the others
     */
    Client client(
            String peer, boolean isSecure, List<String> forwarded, List<String> forwardedFor, List<String> protocols) {
        IpAddress address = peerAddress(peer);
        if (address == null) {
            return new Client(peer, isSecure);
        }
        Client direct = new Client(address.toString(), isSecure);
        if (!isTrusted(address)) {
            return direct;
        }
        List<Hop> hops = readsForwarded ? byForwarded(forwarded) : List.of();
        List<Hop> others = readsXForwarded ? byXForwarded(forwardedFor, protocols) : List.of();
        Client one = walk(address, direct, hops);
        if (hops.isEmpty() || others.isEmpty()) {
            return hops.isEmpty() ? walk(address, direct, others) : one;
        }
        // The proxy wrote one of them and passed the other on. Unless they say the same, nobody knows which.
        Client other = walk(address, direct, others);
        return one.address().equals(other.address()) ? one : direct;
    }

    private Client walk(IpAddress peer, Client direct, List<Hop> nearestFirst) {
        IpAddress address = peer;
        Boolean isSecure = null;
        int read = 0;
        for (Hop hop : nearestFirst) {
            if (!isTrusted(address)) {
                break;
            }
            isSecure = hop.isSecure();
            if (hop.node() == null) {
                break;
            }
            IpAddress next = hop.address();
            if (next == null || ++read > MOST_HOPS) {
                return direct;
            }
            address = next;
        }
        return new Client(address.toString(), isSecure == null ? direct.isSecure() : isSecure);
    }

    private boolean isTrusted(IpAddress address) {
        for (Network network : trusted) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static List<Hop> byForwarded(List<String> lines) {
        List<Hop> nearestFirst = new ArrayList<>();
        for (int i = lines.size() - 1; i >= 0; i--) {
            List<Hop> hops = ForwardedHeader.parse(lines.get(i));
            if (hops == null) {
                nearestFirst.add(Hop.UNREADABLE);
                break;
            }
            List<Hop> reversed = new ArrayList<>(hops);
            Collections.reverse(reversed);
            nearestFirst.addAll(reversed);
        }
        return nearestFirst;
    }

    /** Schemes belong to the hops if there is one for each, or one that the last proxy set; else to none. */
    private static List<Hop> byXForwarded(List<String> forwardedFor, List<String> protocols) {
        List<String> nodes = items(forwardedFor);
        List<String> schemes = items(protocols);
        if (nodes.isEmpty()) {
            return schemes.size() == 1 ? List.of(new Hop(null, schemes.get(0))) : List.of();
        }
        List<Hop> nearestFirst = new ArrayList<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            String scheme = null;
            if (schemes.size() == nodes.size()) {
                scheme = schemes.get(i);
            } else if (schemes.size() == 1) {
                scheme = schemes.get(0);
            }
            nearestFirst.add(new Hop(nodes.get(i), scheme));
        }
        return nearestFirst;
    }

    private static List<String> items(List<String> lines) {
        List<String> items = new ArrayList<>();
        for (String line : lines) {
            for (String item : line.split(",", -1)) {
                items.add(item.strip());
            }
        }
        return items;
    }

    /** Containers write an IPv6 address with brackets or without, and with the zone it came by. */
    private static @Nullable IpAddress peerAddress(String peer) {
        String bare = peer.startsWith("[") && peer.endsWith("]") ? peer.substring(1, peer.length() - 1) : peer;
        int zone = bare.indexOf('%');
        return IpAddress.parse(zone < 0 ? bare : bare.substring(0, zone));
    }

    private static List<String> values(HttpServletRequest request, String header) {
        Enumeration<String> values = request.getHeaders(header);
        return values == null ? List.of() : Collections.list(values);
    }
}
