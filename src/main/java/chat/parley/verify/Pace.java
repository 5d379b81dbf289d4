package chat.parley.verify;

import java.util.SplittableRandom;

/** When somebody says the next thing: at random times, now and then several at once. One thread. */
final class Pace {

    private static final int BURST_EVERY = 8;
    private static final int BURST = 4;

    /** Who was held up says so much at most at once what they would have said. */
    private static final double MOST_BEHIND_SECONDS = 0.5;

    private final double perSecond;
    private final SplittableRandom random;
    private double due;
    private int atOnce;

    /** @param perSecond 0 for as fast as they are answered */
    Pace(double perSecond, SplittableRandom random) {
        this.perSecond = perSecond;
        this.random = random;
        this.due = System.nanoTime() / 1e9 + (perSecond > 0 ? random.nextDouble() / perSecond : 0);
    }

    boolean isDue() {
        return perSecond <= 0 || atOnce > 0 || System.nanoTime() / 1e9 >= due;
    }

    /** It was said. */
    void next() {
        if (perSecond <= 0) {
            return;
        }
        if (atOnce > 0) {
            atOnce--;
            return;
        }
        boolean burst = random.nextInt(BURST_EVERY) == 0;
        atOnce = burst ? BURST - 1 : 0;
        // On average BURST_EVERY - 1 + BURST messages take BURST_EVERY turns.
        double turnsPerSecond = perSecond * BURST_EVERY / (BURST_EVERY - 1 + BURST);
        double now = System.nanoTime() / 1e9;
        due = Math.max(due, now - MOST_BEHIND_SECONDS) - Math.log(1 - random.nextDouble()) / turnsPerSecond;
    }
}
