package chat.parley.relay;

import chat.parley.protocol.RoomName;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The neighbours of a server that is alone: there are none. */
final class InProcessNeighbours implements Neighbours {

    @Override
    public void start(Listener listener) {}

    @Override
    public void onResumed(Runnable task) {}

    @Override
    public void enter(RoomName room, String name) {}

    @Override
    public void leave(RoomName room, String name) {}

    @Override
    public CompletionStage<Boolean> watch(RoomName room) {
        return CompletableFuture.completedStage(true);
    }

    @Override
    public void unwatch(RoomName room) {}

    @Override
    public CompletionStage<Map<RoomName, Integer>> crowds(int most) {
        return CompletableFuture.completedStage(Map.of());
    }

    @Override
    public void depart(Duration linger) {}
}
