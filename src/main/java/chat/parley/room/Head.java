package chat.parley.room;

/**
 * The end of a {@link RoomLog} at one moment, published as one value so that its parts agree.
 *
 * @param position the position the next entry will get
 * @param seq the seq of the newest event, 0 for none
 * @param version the room's presence version
 */
record Head(long position, long seq, long version) {}
