package chat.parley.store;

import java.util.List;

/**
 * What was found in a {@link Range}.
 *
 * @param messages ascending
 * @param more whether the range holds further messages in its direction
 * @param first the lowest seq the room's log still has; {@code head + 1} when it has none
 */
public record Page(List<StoredMessage> messages, boolean more, long first) {}
