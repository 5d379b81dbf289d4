package chat.parley.load;

/**
 * How often each latency occurred, in nanoseconds, with less than 1% error and no allocation. One thread writes;
 * merging and reading come after.
 */
final class Histogram {
    // 128 steps for each doubling: a step is at most 1/128 of its value.
    private static final int STEP_BITS = 7;
    private static final int STEPS = 1 << STEP_BITS;
    // Doublings up to 2^42 ns, more than an hour; what is longer counts as that.
    private static final int LONGEST_BITS = 42;

    private final long[] counts = new long[(LONGEST_BITS - STEP_BITS + 1) * STEPS];
    private long count;
    private long max;

    /** Counts one; below 0 is counted as 0. */
    void record(long nanos) {
        counts[step(nanos)]++;
        count++;
        if (nanos > max) {
            max = nanos;
        }
    }

    void add(Histogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        max = Math.max(max, other.max);
    }

    long count() {
        return count;
    }

    /** The longest, exactly; 0 when there is none. */
    long max() {
        return max;
    }

    /** The least value that {@code percent} of all do not exceed, rounded up to its step; 0 when there is none. */
    long percentile(double percent) {
        long wanted = Math.max(1, (long) Math.ceil(count * percent / 100));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Math.min(longest(i), max);
            }
        }
        return max;
    }

    private static int step(long nanos) {
        if (nanos < STEPS) {
            return (int) Math.max(nanos, 0);
        }
        int shift = Long.SIZE - 1 - STEP_BITS - Long.numberOfLeadingZeros(nanos);
        if (shift >= LONGEST_BITS - STEP_BITS) {
            return (LONGEST_BITS - STEP_BITS + 1) * STEPS - 1;
        }
        return (shift << STEP_BITS) + (int) (nanos >>> shift);
    }

    private static long longest(int step) {
        if (step < 2 * STEPS) {
            return step;
        }
        int shift = (step >>> STEP_BITS) - 1;
        return ((step - ((long) shift << STEP_BITS) + 1) << shift) - 1;
    }
}
