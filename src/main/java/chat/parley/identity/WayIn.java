package chat.parley.identity;

import org.jspecify.annotations.Nullable;

/** One way to say who one is. Called by any thread; must not block. */
@FunctionalInterface
public interface WayIn {

    /** The answer; null when nothing was brought for this way, so that the next one is asked. */
    @Nullable Entry enter(Credentials credentials);
}
