package chat.parley.store;

import chat.parley.protocol.RoomName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A {@link MessageStore} that keeps the newest messages of each room on the heap and forgets all of them at the end.
 */
public final class MemoryStore implements MessageStore {

    private final String epoch = UUID.randomUUID().toString();
    private final ConcurrentMap<RoomName, MemoryRoom> rooms = new ConcurrentHashMap<>();
    private final int messagesPerRoom;
    private final Clock clock;

    /**
     * An empty store.
     *
     * @param messagesPerRoom how many messages of a room it keeps
     */
    public MemoryStore(int messagesPerRoom, Clock clock) {
        if (messagesPerRoom < 1) {
            throw new IllegalArgumentException("messagesPerRoom " + messagesPerRoom);
        }
        this.messagesPerRoom = messagesPerRoom;
        this.clock = clock;
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public List<Outcome> append(List<Draft> batch) {
        List<Outcome> outcomes = new ArrayList<>(batch.size());
        for (Draft draft : batch) {
            outcomes.add(rooms.computeIfAbsent(draft.room(), name -> new MemoryRoom(messagesPerRoom))
                    .append(draft, clock.millis()));
        }
        return outcomes;
    }

    @Override
    public RoomState state(RoomName room, int newest) {
        MemoryRoom log = rooms.get(room);
        return log == null ? new RoomState(0, 1, List.of()) : log.state(newest);
    }

    @Override
    public Page read(RoomName room, Range range) {
        MemoryRoom log = rooms.get(room);
        return log == null ? new Page(List.of(), false, 1) : log.read(range);
    }

    @Override
    public void close() {
        rooms.clear();
    }
}
