package chat.parley.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address. One address has one value, however it was written: an IPv4 address mapped into IPv6
 * (RFC 4291, section 2.5.5.2) is the IPv4 address. Names are never looked up. Immutable.
 */
public final class IpAddress {

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

    /** Four decimal numbers, none with a zero in front: some readers would take that one for octal. */
    private static final Pattern IPV4 = Pattern.compile("(?:OCTET\\.){3}OCTET".replace("OCTET", OCTET));

    /** What begins like this and has a colon is an address or nothing. No zone: it means nothing to another machine. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]{2,}[0-9A-Fa-f:.]*");

    private static final int LONGEST = 45;

    /** What one customer of a provider has of IPv6 at least, bits (RFC 6177): limits by address go by it. */
    private static final int SITE_BITS = 64;

    private final InetAddress address;

    IpAddress(InetAddress address) {
        this.address = address;
    }

    /** The address that is written there, an IPv6 one without brackets; null when it is none. */
    public static @Nullable IpAddress parse(String written) {
        boolean is4 = written.length() <= LONGEST && IPV4.matcher(written).matches();
        boolean is6 = written.length() <= LONGEST
                && written.indexOf(':') >= 0
                && IPV6.matcher(written).matches();
        if (!is4 && !is6) {
            return null;
        }
        try {
            return new IpAddress(InetAddress.getByName(written));
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Of 4 or 16 bytes; those that map IPv4 into IPv6 are the IPv4 address. */
    static IpAddress of(byte[] bytes) {
        try {
            return new IpAddress(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    byte[] bytes() {
        return address.getAddress();
    }

    /**
     * Who is counted as one when addresses are limited: an IPv4 address by itself, of IPv6 the network of 64 bits,
     * because one machine has all of it to choose from.
     */
    public String site() {
        if (isIpv4()) {
            return toString();
        }
        byte[] site = Arrays.copyOf(Arrays.copyOf(bytes(), SITE_BITS / 8), bytes().length);
        return of(site) + "/" + SITE_BITS;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress that && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    /** As people and browsers write it: dotted, or lower case with the longest run of zeros left out. */
    @Override
    public String toString() {
        return isIpv4()
                ? address.getHostAddress()
                : Objects.requireNonNull(Ipv6.compressed(address.getHostAddress()), "an IPv6 address");
    }
}
