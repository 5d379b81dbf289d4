package chat.parley.bench;

import org.jspecify.annotations.Nullable;

/**
 * What is sent, and for how long.
 *
 * @param size bytes of a message's content
 * @param rate messages a second in all, open loop; 0 is none
 * @param window messages outstanding in all rooms together, closed loop; 0 is none
 * @param seconds how long is measured
 * @param warmup seconds before, under the same load
 */
public record Traffic(int size, double rate, int window, int seconds, int warmup) {
    private static final double USUAL_RATE = 20;
    private static final int DAY = 86_400;

    /** @throws IllegalArgumentException with one line that names the option and what is wrong with it */
    public Traffic {
        Bounds.check("--size", size, Stamp.LENGTH, FrameWriter.MOST_CONTENT);
        Bounds.check("--rate", rate, 0, 10_000_000);
        Bounds.check("--window", window, 0, 1_000_000);
        Bounds.check("--seconds", seconds, 1, DAY);
        Bounds.check("--warmup", warmup, 0, DAY);
        if (rate > 0 && window > 0) {
            throw new IllegalArgumentException("--rate and --window exclude each other");
        }
    }

    /**
     * What the options say: open loop at 20 messages a second unless they name another rate or a window, or nobody is
     * to send.
     *
     * @param rate null when it was not given
     * @param window null when it was not given
     * @throws IllegalArgumentException with one line that names the option and what is wrong with it
     */
    public static Traffic of(
            int size, @Nullable Double rate, @Nullable Integer window, boolean idle, int seconds, int warmup) {
        if (idle && (rate != null || window != null)) {
            throw new IllegalArgumentException("--idle sends nothing: it excludes --rate and --window");
        }
        if (rate != null) {
            Bounds.check("--rate", rate, 0.01, 10_000_000);
        }
        if (window != null) {
            Bounds.check("--window", window, 1, 1_000_000);
        }
        boolean usual = !idle && rate == null && window == null;
        return new Traffic(
                size, usual ? USUAL_RATE : rate == null ? 0 : rate, window == null ? 0 : window, seconds, warmup);
    }

    /** Whether nobody sends. */
    boolean isIdle() {
        return rate == 0 && window == 0;
    }
}
