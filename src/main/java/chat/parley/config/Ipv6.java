package chat.parley.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** IPv6 addresses as browsers write them: URL Standard, "IPv6 serializer", which is RFC 5952 without dotted ends. */
final class Ipv6 {

    private static final int PIECES = 8;

    /** What begins like this and has a colon is an address or nothing: it is never looked up as a name. */
    private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private Ipv6() {}

    /** The address without brackets, lower case, its longest run of zeros left out; null when it is none. */
    static @Nullable String compressed(String written) {
        boolean bracketed = written.startsWith("[") && written.endsWith("]");
        String literal = bracketed ? written.substring(1, written.length() - 1) : written;
        if (!LITERAL.matcher(literal).matches()) {
            return null;
        }
        try {
            return compressed(pieces(InetAddress.getByName(literal).getAddress()));
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static int[] pieces(byte[] address) {
        int[] pieces = new int[PIECES];
        if (address.length == 4) {
            pieces[5] = 0xffff; // Java makes four bytes of ::ffff:a.b.c.d
        }
        int from = PIECES - address.length / 2;
        for (int i = 0; i < address.length; i += 2) {
            pieces[from + i / 2] = (address[i] & 0xff) << 8 | (address[i + 1] & 0xff);
        }
        return pieces;
    }

    private static String compressed(int[] pieces) {
        int start = PIECES;
        int most = 1; // a single zero is written
        for (int i = 0; i < PIECES; i++) {
            int length = zeros(pieces, i);
            if (length > most) {
                start = i;
                most = length;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < PIECES; i++) {
            if (i == start) {
                text.append("::");
                i += most - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(pieces[i]));
            }
        }
        return text.toString();
    }

    private static int zeros(int[] pieces, int from) {
        int end = from;
        while (end < PIECES && pieces[end] == 0) {
            end++;
        }
        return end - from;
    }
}
