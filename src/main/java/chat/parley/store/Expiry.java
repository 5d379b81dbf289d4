package chat.parley.store;

import chat.parley.protocol.RoomName;
import java.util.Map;

/**
 * What one bite of the retention took.
 *
 * @param firsts the lowest seq that is still there, of each room that lost some
 * @param done whether all rooms were looked at since the last bite that was done
 */
public record Expiry(Map<RoomName, Long> firsts, boolean done) {}
