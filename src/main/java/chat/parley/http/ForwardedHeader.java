package chat.parley.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a {@code Forwarded} header (RFC 7239, section 4), strictly: a quote that is open must not swallow a proxy. */
final class ForwardedHeader {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~"; // RFC 9110, section 5.6.2

    private final String line;
    private int at;

    private ForwardedHeader(String line) {
        this.line = line;
    }

    /** The hops of one line, the client's first; null when it is not well-formed. */
    static @Nullable List<Hop> parse(String line) {
        try {
            return new ForwardedHeader(line).elements();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private List<Hop> elements() {
        List<Hop> hops = new ArrayList<>();
        do {
            skipBlanks();
            if (!isAtEnd() && line.charAt(at) != ',') { // RFC 9110, section 5.6.1: empty elements do not count
                hops.add(element());
            }
        } while (skip(','));
        if (!isAtEnd()) {
            throw new IllegalArgumentException();
        }
        return hops;
    }

    private Hop element() {
        String node = null;
        String scheme = null;
        do {
            skipBlanks();
            String name = token().toLowerCase(Locale.ROOT);
            if (!skip('=')) {
                throw new IllegalArgumentException();
            }
            String value = !isAtEnd() && line.charAt(at) == '"' ? quoted() : token();
            if (name.equals("for")) {
                node = once(node, value);
            } else if (name.equals("proto")) {
                scheme = once(scheme, value);
            }
            skipBlanks();
        } while (skip(';'));
        return new Hop(node, scheme);
    }

    private static String once(@Nullable String before, String value) {
        if (before != null) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private String token() {
        int start = at;
        while (!isAtEnd() && isTokenCharacter(line.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw new IllegalArgumentException();
        }
        return line.substring(start, at);
    }

    private String quoted() {
        StringBuilder text = new StringBuilder();
        at++;
        while (!isAtEnd() && line.charAt(at) != '"') {
            if (line.charAt(at) == '\\') {
                at++;
            }
            if (isAtEnd() || (line.charAt(at) < ' ' && line.charAt(at) != '\t')) {
                throw new IllegalArgumentException();
            }
            text.append(line.charAt(at++));
        }
        if (!skip('"')) {
            throw new IllegalArgumentException();
        }
        return text.toString();
    }

    private void skipBlanks() {
        while (!isAtEnd() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }

    private boolean skip(char c) {
        if (isAtEnd() || line.charAt(at) != c) {
            return false;
        }
        at++;
        return true;
    }

    private boolean isAtEnd() {
        return at == line.length();
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_MARKS.indexOf(c) >= 0;
    }
}
