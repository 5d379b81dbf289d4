package chat.parley.room;

import chat.parley.protocol.CloseCode;

/** The transport of one member: takes everything at once, and counts it where those of all members count. */
final class CountingSender implements Sender {

    /** What was taken. */
    static final class Taken {
        private long parcels;
        private long bytes;

        long parcels() {
            return parcels;
        }

        long bytes() {
            return bytes;
        }
    }

    private final Taken taken;

    CountingSender(Taken taken) {
        this.taken = taken;
    }

    @Override
    public void send(Parcel parcel, Completion completion) {
        taken.parcels++;
        taken.bytes += parcel.bytes();
        completion.sent();
    }

    @Override
    public void ping(Completion completion) {
        completion.sent();
    }

    @Override
    public void close(CloseCode code, String reason) {
        throw new IllegalStateException(code + " " + reason);
    }

    @Override
    public void abort() {
        throw new IllegalStateException("aborted");
    }
}
