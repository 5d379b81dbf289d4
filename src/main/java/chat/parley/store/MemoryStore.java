package chat.parley.store;

import chat.parley.protocol.RoomName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A {@link MessageStore} that keeps the newest messages of each room on the heap and forgets all of them at the end.
 */
public final class MemoryStore implements MessageStore {

    private final String epoch = UUID.randomUUID().toString();
    private final ConcurrentMap<RoomName, MemoryRoom> rooms = new ConcurrentHashMap<>();
    private final MemoryAccountStore accounts = new MemoryAccountStore();
    private final int messagesPerRoom;
    private final long maxBytes;
    private final Clock clock;

    /** Bytes of all messages kept; the writer only. */
    private long bytes;

    /** The rooms that keep messages, quietest first; the writer only. */
    private final Set<MemoryRoom> quietest = new LinkedHashSet<>();

    /**
     * An empty store.
     *
     * @param messagesPerRoom how many messages of a room it keeps
     * @param maxBytes how many bytes of messages it keeps of all rooms; of more, those of the quietest rooms go first
     */
    public MemoryStore(int messagesPerRoom, long maxBytes, Clock clock) {
        if (messagesPerRoom < 1) {
            throw new IllegalArgumentException("messagesPerRoom " + messagesPerRoom);
        }
        this.messagesPerRoom = messagesPerRoom;
        this.maxBytes = maxBytes;
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
            MemoryRoom room = rooms.computeIfAbsent(draft.room(), name -> new MemoryRoom(messagesPerRoom));
            long before = room.bytes();
            outcomes.add(room.append(draft, clock.millis()));
            bytes += room.bytes() - before;
            quietest.remove(room);
            quietest.add(room);
            makeRoom();
        }
        return outcomes;
    }

    private void makeRoom() {
        for (Iterator<MemoryRoom> rest = quietest.iterator(); bytes > maxBytes && rest.hasNext(); ) {
            MemoryRoom room = rest.next();
            bytes -= room.forget(bytes - maxBytes);
            if (room.bytes() == 0) {
                rest.remove();
            }
        }
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
    public List<RoomName> rooms(int limit) {
        return rooms.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<RoomName, MemoryRoom> room) ->
                        -room.getValue().lastTimestamp()))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public AccountStore accounts() {
        return accounts;
    }

    @Override
    public Retouched retouch(long before) {
        MemoryAccountStore.Departure gone = accounts.nextDeparture(before);
        if (gone == null) {
            return Retouched.NOTHING;
        }
        Set<RoomName> touched = new LinkedHashSet<>();
        rooms.forEach((name, room) -> {
            long held = room.bytes();
            if (room.retouch(gone.key(), gone.name(), gone.erases())) {
                touched.add(name);
            }
            bytes += room.bytes() - held;
        });
        return new Retouched(touched, false);
    }

    @Override
    public void close() {
        rooms.clear();
    }
}
