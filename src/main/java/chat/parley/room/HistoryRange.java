package chat.parley.room;

import chat.parley.store.Range;

/**
 * A page of history that somebody asks for, bounded by what the room's head was then.
 *
 * @param after only seqs above this one; 0 for no bound
 * @param before only seqs below this one; at most the head + 1
 * @param limit how many at most; 0 for an empty page
 * @param upwards whether the page starts at the lower end
 */
record HistoryRange(long after, long before, int limit, boolean upwards) {

    /** The lowest seq asked for, as far as the bounds tell. */
    long lowest(long first) {
        long floor = Math.max(after + 1, first);
        return upwards ? floor : Math.max(floor, before - limit);
    }

    /** The highest seq asked for, as far as the bounds tell; below the lowest when the range is empty. */
    long highest(long first) {
        long floor = Math.max(after + 1, first);
        return upwards ? Math.min(before - 1, floor + limit - 1) : before - 1;
    }

    boolean isEmpty(long first) {
        return limit == 0 || highest(first) < lowest(first);
    }

    Range inStore() {
        return new Range(after, before, limit, upwards);
    }
}
