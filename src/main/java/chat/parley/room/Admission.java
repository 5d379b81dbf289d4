package chat.parley.room;

import org.jspecify.annotations.Nullable;

/**
 * How a join came out: decided by the room under its lock, once.
 *
 * @param answer the {@code ack}, or the {@code error} of a refused join, encoded
 * @param isAlone whether nothing follows: the join was refused, or is a second one
 * @param position where the member's live events start
 * @param head the seq of the newest event at that moment
 * @param version the presence version at that moment
 * @param since the seq the member has seen, when all after it is to be sent; null when it starts with a page of
 *     history
 */
record Admission(
        byte[] answer,
        boolean isAlone,
        long position,
        long head,
        long version,
        @Nullable Long since) {}
