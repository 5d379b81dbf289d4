package chat.parley.store;

/**
 * A piece of a room's log.
 *
 * @param after only seqs above this one; 0 for no bound
 * @param before only seqs below this one; {@link Long#MAX_VALUE} for no bound
 * @param limit how many messages at most, 1 or more
 * @param upwards whether the limit counts from the lower end; else from the upper end
 */
public record Range(long after, long before, int limit, boolean upwards) {

    public Range {
        if (after < 0 || before < 1 || limit < 1) {
            throw new IllegalArgumentException("after " + after + ", before " + before + ", limit " + limit);
        }
    }

    /** The {@code limit} messages that follow {@code after}. */
    public static Range following(long after, int limit) {
        return new Range(after, Long.MAX_VALUE, limit, true);
    }

    /** The newest {@code limit} messages below {@code before}. */
    public static Range preceding(long before, int limit) {
        return new Range(0, before, limit, false);
    }
}
