package chat.parley.verify;

import java.time.Duration;

/**
 * How things are broken.
 *
 * @param command what a shell runs
 * @param every after what time again
 */
public record Kill(String command, Duration every) {

    /** @throws IllegalArgumentException with one line */
    public Kill {
        if (command.isBlank()) {
            throw new IllegalArgumentException("--kill is empty");
        }
        Plan.check("--every", every.toMillis() / 1e3, 0.1, 86_400);
    }
}
