package chat.parley.store;

import chat.parley.protocol.RoomName;

/**
 * A message of a room's log: numbered and committed.
 *
 * @param seq its place, from 1, without holes
 * @param timestamp milliseconds since the Unix epoch; never decreases within a room
 */
public record StoredMessage(RoomName room, long seq, Author author, String id, String content, long timestamp) {}
