package chat.parley.relay;

import chat.parley.protocol.RoomName;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The relay of a server that is alone: there is nobody to tell, and nothing to hear. */
public final class InProcessRelay implements Relay {

    private final Neighbours neighbours = new InProcessNeighbours();
    private final Ledger ledger = new InProcessLedger();

    @Override
    public void start(Listener listener) {}

    @Override
    public void announce(RoomName room, long seq, byte[] event) {}

    @Override
    public void typing(RoomName room, String sender) {}

    @Override
    public CompletionStage<Boolean> subscribe(RoomName room) {
        return CompletableFuture.completedStage(true);
    }

    @Override
    public void unsubscribe(RoomName room) {}

    @Override
    public Neighbours neighbours() {
        return neighbours;
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public void close() {}
}
