package chat.parley.bench;

/** What an option's number may be. */
final class Bounds {
    private Bounds() {}

    /** @throws IllegalArgumentException with one line that names the option and its bounds */
    static void check(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "%s is %s but must be from %s to %s".formatted(option, plain(value), plain(least), plain(most)));
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
