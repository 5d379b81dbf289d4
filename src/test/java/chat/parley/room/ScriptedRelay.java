package chat.parley.room;

import chat.parley.protocol.RoomName;
import chat.parley.relay.InProcessRelay;
import chat.parley.relay.Ledger;
import chat.parley.relay.Neighbours;
import chat.parley.relay.Relay;
import chat.parley.store.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A relay whose other side is the test. */
final class ScriptedRelay implements Relay {

    private final List<Long> announced = new CopyOnWriteArrayList<>();
    private final List<RoomName> subscribed = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Boolean>> unconfirmed = new ArrayList<>();
    private volatile boolean confirming = true;
    private final Relay alone = new InProcessRelay();
    private volatile @Nullable Listener listener;

    /** Another server announces something. */
    void hear(StoredMessage message) {
        Objects.requireNonNull(listener).announced(message.room(), message.seq(), Words.encode(message));
    }

    /** From now on subscriptions are not confirmed. */
    synchronized void stopConfirming() {
        confirming = false;
    }

    synchronized void confirm() {
        confirming = true;
        unconfirmed.forEach(each -> each.complete(true));
    }

    /** The seqs that were announced here. */
    List<Long> announced() {
        return announced;
    }

    List<RoomName> subscribed() {
        return subscribed;
    }

    @Override
    public void start(Listener hearing) {
        listener = hearing;
    }

    @Override
    public void announce(RoomName room, long seq, byte[] event) {
        announced.add(seq);
    }

    @Override
    public void typing(RoomName room, String sender) {}

    @Override
    public Neighbours neighbours() {
        return alone.neighbours();
    }

    @Override
    public Ledger ledger() {
        return alone.ledger();
    }

    @Override
    public synchronized CompletionStage<Boolean> subscribe(RoomName room) {
        subscribed.add(room);
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        if (confirming) {
            answer.complete(true);
        } else {
            unconfirmed.add(answer);
        }
        return answer;
    }

    @Override
    public void unsubscribe(RoomName room) {
        subscribed.remove(room);
    }

    @Override
    public void close() {}
}
