package chat.parley.verify;

import java.util.List;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param seconds how long people talked
 * @param early whether it was ended before its time
 * @param turnedAway how many people were never let in
 * @param why the reason the last of them was given
 */
record Report(Plan plan, Run run, double seconds, boolean early, int turnedAway, String why, List<Strike> strikes) {

    boolean isClean() {
        return counts().isEmpty();
    }

    /** Whether things were to be broken and no command did. */
    boolean wasNothingBroken() {
        return plan.kill() != null && strikes.stream().allMatch(Strike::hasFailed);
    }

    Map<Finding.Kind, Long> counts() {
        return run.counts();
    }
}
