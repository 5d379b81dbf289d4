package chat.parley.room;

import chat.parley.protocol.Form;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a room's log as it is sent to members that stand at {@code from}. Immutable.
 *
 * @param log the log it is of
 * @param form how it is laid in frames
 * @param from the position it starts at
 * @param liveFrom notices below this position are left out; 0 for none
 * @param to the position a member stands at once it was sent
 * @param seq the seq of the newest event up to there
 * @param version the presence version there
 * @param isFull whether it ended because a send carries no more, not because the log did
 * @param parcel what to send; null when there is nothing but notices that are left out
 */
record Run(
        RoomLog log,
        Form form,
        long from,
        long liveFrom,
        long to,
        long seq,
        long version,
        boolean isFull,
        @Nullable Parcel parcel) {

    /**
     * What a member at {@code from} is sent to come as near to the head as one send can; null when it fell off the
     * ring.
     */
    static @Nullable Run build(RoomLog log, Form form, long from, long liveFrom, Head head) {
        ParcelBuilder builder = new ParcelBuilder(form);
        RoomEvent last = null;
        boolean full = false;
        long position = from;
        for (; position < head.position(); position++) {
            RoomEvent event = log.get(position);
            if (event == null) {
                break;
            }
            if ((event.isNumbered() || position >= liveFrom) && !builder.add(event.json())) {
                full = true;
                break;
            }
            last = event;
        }
        if (last == null) {
            return null;
        }
        Parcel parcel = builder.isEmpty() ? null : builder.build();
        return new Run(log, form, from, liveFrom, position, last.seq(), last.version(), full, parcel);
    }

    /** Whether this is what a member of the log at {@code from} is to be sent when the log ends at {@code head}. */
    boolean serves(RoomLog log, Form form, long from, long liveFrom, Head head) {
        return this.log == log
                && this.form == form
                && this.from == from
                && this.liveFrom == liveFrom
                && (isFull || to == head.position());
    }
}
