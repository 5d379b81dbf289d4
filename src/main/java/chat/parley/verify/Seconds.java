package chat.parley.verify;

import java.util.Locale;

/** Times for people. */
final class Seconds {

    private Seconds() {}

    static String of(long millis) {
        return String.format(Locale.ROOT, "%.3f s", millis / 1e3);
    }
}
