package chat.parley.store;

import java.util.List;

/**
 * A room's log at one moment.
 *
 * @param head the highest seq; 0 when nothing was ever said
 * @param first the lowest seq that is still there; {@code head + 1} when none is
 * @param newest the newest messages, ascending, ending with {@code head}
 */
public record RoomState(long head, long first, List<StoredMessage> newest) {}
