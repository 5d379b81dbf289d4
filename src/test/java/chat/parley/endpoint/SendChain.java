package chat.parley.endpoint;

import chat.parley.room.Parcel;
import chat.parley.room.Sender;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends one parcel after the other, each when the one before has completed. */
final class SendChain implements Sender.Completion {

    private final Sender sender;
    private final List<Parcel> parcels;
    private final AtomicInteger sent;

    SendChain(Sender sender, List<Parcel> parcels, AtomicInteger sent) {
        this.sender = sender;
        this.parcels = parcels;
        this.sent = sent;
    }

    void start() {
        sender.send(parcels.get(0), this);
    }

    @Override
    public void sent() {
        int next = sent.incrementAndGet();
        if (next < parcels.size()) {
            sender.send(parcels.get(next), this);
        }
    }

    @Override
    public void failed(Throwable cause) {
        throw new AssertionError(cause);
    }
}
