package chat.parley.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers of bytes as people write them: {@code 4096}, {@code 64KB}, {@code 1MB}, {@code 2GB}; KB is 1024 bytes. */
final class Sizes {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18})\\s*(B|KB|MB|GB)?", Pattern.CASE_INSENSITIVE);

    private Sizes() {}

    static long parse(String written, long min, long max, boolean orZero) {
        Matcher matcher = WRITTEN.matcher(written);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a number of bytes such as 4096, 64KB or 1MB");
        }
        long value;
        try {
            value = Math.multiplyExact(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(bounds(min, max, orZero), e);
        }
        if ((value < min || value > max) && !(orZero && value == 0)) {
            throw new IllegalArgumentException(bounds(min, max, orZero));
        }
        return value;
    }

    private static long unit(@Nullable String unit) {
        if (unit == null) {
            return 1;
        }
        return switch (unit.toUpperCase(Locale.ROOT)) {
            case "KB" -> Kind.KB;
            case "MB" -> Kind.MB;
            case "GB" -> Kind.GB;
            default -> 1;
        };
    }

    private static String bounds(long min, long max, boolean orZero) {
        return "must be " + (orZero ? "0 or " : "") + "from " + min + " to " + max + " bytes";
    }
}
