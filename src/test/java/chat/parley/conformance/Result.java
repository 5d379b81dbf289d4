package chat.parley.conformance;

/**
 * What came of a check.
 *
 * @param why of a known difference its reason, of a failure what happened; else empty
 * @param failure null unless it failed
 */
record Result(
        Check check,
        Outcome outcome,
        String why,
        long millis,
        @org.jspecify.annotations.Nullable Throwable failure) {

    /** Words of the table. */
    enum Outcome {
        OK,
        DIFFERS,
        FAILED
    }

    /** A line of the file of results. */
    String line() {
        return String.join(
                "\t",
                check.section(),
                check.name(),
                outcome.name().toLowerCase(java.util.Locale.ROOT),
                oneLine(why),
                millis + " ms");
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 300 ? line : line.substring(0, 300) + "...";
    }
}
