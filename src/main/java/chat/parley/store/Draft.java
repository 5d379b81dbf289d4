package chat.parley.store;

import chat.parley.protocol.RoomName;

/**
 * A message that is not in the log yet.
 *
 * @param id chosen by the client; with room and author the dedupe key, for as long as the message exists
 */
public record Draft(RoomName room, Author author, String id, String content) {}
