package chat.parley.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What kind of value a setting has: its unit for people, and how what was written becomes a value. A refusal is an
 * {@link IllegalArgumentException} whose message says why, and what would be right.
 */
record Kind(String unit, Function<String, Object> parser) {

    /** The unit of what must not be shown. */
    static final String SECRET = "secret";

    static final long KB = 1024;
    static final long MB = 1024 * KB;
    static final long GB = 1024 * MB;

    Object parse(String written) {
        return parser.apply(written.strip());
    }

    /** An {@code Integer} from {@code min} to {@code max}. */
    static Kind number(String unit, int min, int max) {
        String right = "a whole number from " + min + " to " + max;
        return new Kind(unit, written -> Numbers.parse(written, min, max, false, right));
    }

    /** An {@code Integer} of at least {@code min}, or 0 for no limit. */
    static Kind limit(String unit, int min) {
        String right = "a whole number from " + min + " up, or 0 for no limit";
        return new Kind(unit, written -> Numbers.parse(written, min, Integer.MAX_VALUE, true, right));
    }

    /** A {@code Long}, bytes. */
    static Kind bytes(long min, long max) {
        return new Kind("bytes", written -> Sizes.parse(written, min, max, false));
    }

    /** A {@code Long}, bytes; 0 is good too and means what the setting says. */
    static Kind bytesOrZero(long min, long max) {
        return new Kind("bytes", written -> Sizes.parse(written, min, max, true));
    }

    /** A {@code Duration}; the bounds are written as a value is. */
    static Kind duration(String min, String max) {
        return new Kind("duration", written -> {
            Duration value = Durations.parse(written);
            if (value.compareTo(Durations.parse(min)) < 0 || value.compareTo(Durations.parse(max)) > 0) {
                throw new IllegalArgumentException("must be from " + min + " to " + max);
            }
            return value;
        });
    }

    /** A {@code String}, one of those. */
    static Kind oneOf(String... words) {
        List<String> known = List.of(words);
        return new Kind(String.join("/", words), written -> {
            String word = written.toLowerCase(Locale.ROOT);
            if (!known.contains(word)) {
                throw new IllegalArgumentException("must be one of " + String.join(", ", known));
            }
            return word;
        });
    }

    /** A {@code List<String>} of those. */
    static Kind manyOf(String... words) {
        List<String> known = List.of(words);
        return new Kind(
                "words",
                written -> list(written, word -> {
                    if (!known.contains(word)) {
                        throw new IllegalArgumentException("must be some of " + String.join(", ", known));
                    }
                    return word;
                }));
    }

    /** A {@code String} as it was written, perhaps empty. */
    static Kind text() {
        return new Kind("text", Kind::line);
    }

    /** A {@code List<String>} as they were written. */
    static Kind texts() {
        return new Kind("texts", written -> list(written, Kind::line));
    }

    /** A {@code String} that is not shown, perhaps empty. */
    static Kind secret() {
        return new Kind(SECRET, Kind::line);
    }

    /** A {@code String}: an address of HTTP, or empty. */
    static Kind httpUrl() {
        return new Kind("url", HttpUrls::parse);
    }

    /** A {@code String}: a name the application server itself gives, or empty. */
    static Kind jndiName() {
        return new Kind("name", written -> {
            String name = line(written);
            // With any other scheme JNDI asks strangers, and makes objects of what they answer.
            if (name.contains(":") && !name.startsWith("java:")) {
                throw new IllegalArgumentException(
                        "must be a name of the application server, such as java:comp/env/...");
            }
            return name;
        });
    }

    /** A {@code Boolean}. */
    static Kind yesNo() {
        Kind words = oneOf("true", "false");
        return new Kind(words.unit, written -> Boolean.valueOf((String) words.parse(written)));
    }

    /** A {@code String}: one host name or address. */
    static Kind host() {
        return new Kind("host", Hosts::host);
    }

    /** A {@code List<String>} of host names and addresses, in lower case. */
    static Kind hosts() {
        return new Kind("hosts", written -> list(written, Hosts::host));
    }

    /** A {@code List<String>} of origins, as browsers write them. */
    static Kind origins() {
        return new Kind("origins", written -> list(written, Hosts::origin));
    }

    /** A {@code String}: the path of a file, or empty. */
    static Kind file() {
        return new Kind("file", written -> {
            try {
                return Path.of(written).toString();
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("must be the path of a file", e);
            }
        });
    }

    /** A {@code List<Network>}: addresses and ranges of them. */
    static Kind networks() {
        return new Kind("networks", written -> list(written, Network::parse));
    }

    /** A {@code List<String>} of what may be names of people; what a name is, is known elsewhere. */
    static Kind names() {
        return new Kind(
                "names",
                written -> list(written, name -> {
                    if (!isPlain(name)) {
                        throw new IllegalArgumentException("'" + name + "' cannot be a name: names have no spaces");
                    }
                    return name;
                }));
    }

    /** A {@code String} of at least so many characters and at most 128, or empty for none. */
    static Kind secret(int min) {
        return new Kind(SECRET, written -> {
            if (!written.isEmpty() && (written.length() < min || written.length() > 128 || !isPlain(written))) {
                throw new IllegalArgumentException("must have " + min + " to 128 characters and no spaces");
            }
            return written;
        });
    }

    private static boolean isPlain(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    /** A {@code String}: {@code memory:}, or {@code jdbc:sqlite:} or {@code jdbc:postgresql:} and what follows. */
    static Kind storeUrl() {
        return new Kind("url", StoreUrls::parse);
    }

    /** A {@code String} that is not shown: where a Redis is, with its password; or empty. */
    static Kind relayUrl() {
        return new Kind(SECRET, RelayUrls::parse);
    }

    private static String line(String written) {
        if (written.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("must not have control characters");
        }
        return written;
    }

    private static <T> List<T> list(String written, Function<String, T> item) {
        return Stream.of(written.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(item)
                .distinct()
                .toList();
    }
}
