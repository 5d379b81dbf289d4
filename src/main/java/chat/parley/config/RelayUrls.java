package chat.parley.config;

import java.util.List;

/** Reads where a Redis is. A refusal never shows what was written: there may be a password in it. */
final class RelayUrls {

    private static final List<String> SCHEMES =
            List.of("redis://", "rediss://", "redis-sentinel://", "rediss-sentinel://");

    private RelayUrls() {}

    static String parse(String written) {
        if (written.isEmpty()) {
            return written;
        }
        if (written.chars().anyMatch(c -> c <= ' ' || c == 0x7F)
                || SCHEMES.stream()
                        .noneMatch(scheme -> written.startsWith(scheme) && written.length() > scheme.length())) {
            throw new IllegalArgumentException(
                    "must be redis://, rediss:// or redis-sentinel:// and a host, without spaces, such as"
                            + " redis://:password@host:6379");
        }
        return written;
    }
}
