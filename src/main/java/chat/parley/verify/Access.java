package chat.parley.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How people come in.
 *
 * @param tokens bearer tokens, of which each person brings one, in turns; when there are none, people come as guests
 * @param cookie what to say in the header {@code Cookie}; null for nothing
 * @param origin the same of {@code Origin}
 * @param insecure whether any certificate is believed
 */
public record Access(
        List<String> tokens,
        @Nullable String cookie,
        @Nullable String origin,
        boolean insecure) {

    /** As guests, to servers without TLS or with a certificate that is known. */
    public static final Access GUESTS = new Access(List.of(), null, null, false);

    /** @throws IllegalArgumentException with one line */
    public Access {
        tokens = List.copyOf(tokens);
        for (String token : tokens) {
            check("--token", token);
        }
        check("--cookie", cookie);
        check("--origin", origin);
        if (!tokens.isEmpty() && cookie != null) {
            throw new IllegalArgumentException("--token and --cookie exclude each other");
        }
    }

    /** Whether people choose their names themselves. */
    boolean isOfGuests() {
        return tokens.isEmpty() && cookie == null;
    }

    private static void check(String option, @Nullable String value) {
        if (value != null && (value.isBlank() || !value.chars().allMatch(c -> c >= ' ' && c < 0x7f))) {
            throw new IllegalArgumentException(option + " must be printable ASCII");
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return isOfGuests() ? "guests" : tokens.isEmpty() ? "a cookie" : tokens.size() + " tokens";
    }
}
