package chat.parley.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 7d}; ISO-8601 is good
 * too.
 */
public final class Durations {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)", Pattern.CASE_INSENSITIVE);
    private static final Pattern BARE = Pattern.compile("\\d+");
    private static final String EXAMPLES = "500ms, 5s, 2m, 1h or PT5S";

    private Durations() {}

    /**
     * The duration that is written there.
     *
     * @throws IllegalArgumentException when it is none; the message is the reason
     */
    public static Duration parse(String written) {
        Matcher matcher = WRITTEN.matcher(written);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
        if (BARE.matcher(written).matches()) {
            throw new IllegalArgumentException(
                    "lacks its unit: write " + written + "s for seconds or " + written + "ms for milliseconds");
        }
        try {
            return Duration.parse(written);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be a duration such as " + EXAMPLES, e);
        }
    }
}
