package chat.parley.endpoint;

import chat.parley.config.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client before it is connected.
 *
 * @param address the client's IP address, as text
 * @param host the {@code Host} header, as sent
 * @param origin the {@code Origin} header; null from what is no browser
 * @param isSecure whether the client speaks TLS
 */
public record Handshake(
        String address, @Nullable String host, @Nullable String origin, boolean isSecure) {

    /**
     * The handshake the calling thread is busy with. A container tells a {@code Configurator} neither the address
     * nor, when it asks about the origin, the host; a servlet listener sees both, on the same thread.
     */
    private static final ThreadLocal<Handshake> CURRENT = new ThreadLocal<>();

    static final Handshake UNKNOWN = new Handshake("unknown", null, null, false);

    /** Who is counted as one where addresses are limited: {@link IpAddress#site()}. */
    public String site() {
        return site(address);
    }

    static String site(String address) {
        IpAddress parsed = IpAddress.parse(address);
        return parsed == null ? address : parsed.site();
    }

    /** Says what the calling thread is busy with until {@link #end()}. */
    public void begin() {
        CURRENT.set(this);
    }

    /** The calling thread is no longer busy with a handshake. */
    public static void end() {
        CURRENT.remove();
    }

    /** What the calling thread is busy with; when that is nothing, a client of whom nothing is known. */
    public static Handshake current() {
        Handshake handshake = CURRENT.get();
        return handshake == null ? UNKNOWN : handshake;
    }
}
