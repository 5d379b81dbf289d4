package chat.parley.store;

/**
 * The two ends of a room's log at one moment.
 *
 * @param head the highest seq
 * @param first the lowest seq that is still there; {@code head + 1} when none is
 */
public record LogEnds(long head, long first) {}
