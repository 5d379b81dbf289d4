package chat.parley.config;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses in CIDR notation (RFC 4632; RFC 4291, section 2.3): an address and how many of its bits count.
 * Immutable.
 */
public final class Network {

    private static final int MAPPED_BITS = 96;

    private final IpAddress base;
    private final int bits;

    private Network(IpAddress base, int bits) {
        this.base = base;
        this.bits = bits;
    }

    /**
     * {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or an address alone, which is a network of one.
     *
     * @throws IllegalArgumentException when it is none; the message is the reason
     */
    public static Network parse(String written) {
        int slash = written.indexOf('/');
        String literal = slash < 0 ? written : written.substring(0, slash);
        IpAddress base = IpAddress.parse(literal);
        if (base == null) {
            throw notANetwork(written);
        }
        int most = base.bytes().length * 8;
        // ::ffff:10.0.0.0/104 is 10.0.0.0/8
        int mapped = base.isIpv4() && literal.contains(":") ? MAPPED_BITS : 0;
        int bits = slash < 0 ? most : bits(written, slash, most + mapped) - mapped;
        if (bits < 0) {
            throw notANetwork(written);
        }
        Network network = new Network(base, bits);
        if (!network.hasNoBitsBehind()) {
            throw new IllegalArgumentException("'" + written + "' has bits set behind its first "
                    + written.substring(slash + 1) + ": is the address or the length wrong?");
        }
        return network;
    }

    /** The network of so many bits that an address is in; all its bits, if it has not as many. */
    static Network of(IpAddress address, int bits) {
        byte[] base = address.bytes();
        for (int bit = bits; bit < base.length * 8; bit++) {
            base[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return new Network(IpAddress.of(base), Math.min(bits, base.length * 8));
    }

    /** Whether it has fewer bits than those, depending on its family. */
    public boolean isWiderThan(int bitsOfIpv4, int bitsOfIpv6) {
        return bits < (isIpv4() ? bitsOfIpv4 : bitsOfIpv6);
    }

    int bits() {
        return bits;
    }

    boolean isIpv4() {
        return base.isIpv4();
    }

    /** Whether the address is in it. */
    public boolean contains(IpAddress address) {
        return address.isIpv4() == base.isIpv4() && firstDifference(address.bytes(), base.bytes()) >= bits;
    }

    private static int bits(String written, int slash, int most) {
        String digits = written.substring(slash + 1);
        if (!digits.matches("0|[1-9]\\d{0,2}") || Integer.parseInt(digits) > most) {
            throw notANetwork(written);
        }
        return Integer.parseInt(digits);
    }

    private boolean hasNoBitsBehind() {
        byte[] bytes = base.bytes();
        for (int bit = bits; bit < bytes.length * 8; bit++) {
            if ((bytes[bit / 8] >> (7 - bit % 8) & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int firstDifference(byte[] one, byte[] other) {
        int index = Arrays.mismatch(one, other);
        return index < 0
                ? one.length * 8
                : index * 8 + Integer.numberOfLeadingZeros((one[index] ^ other[index]) & 0xff) - 24;
    }

    private static IllegalArgumentException notANetwork(String written) {
        return new IllegalArgumentException(
                "'" + written + "' is no range of addresses: write one such as 10.0.0.0/8 or 2001:db8::/32");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Network that && bits == that.bits && base.equals(that.base);
    }

    @Override
    public int hashCode() {
        return 31 * base.hashCode() + bits;
    }

    /** In CIDR notation. */
    @Override
    public String toString() {
        return base + "/" + bits;
    }

    /** In CIDR notation, but of one address the address alone. */
    public String shortest() {
        return bits == base.bytes().length * 8 ? base.toString() : toString();
    }
}
