package chat.parley.crash;

import chat.parley.config.SettingsLoader;
import chat.parley.protocol.RoomName;
import chat.parley.store.Draft;
import chat.parley.store.GuestSession;
import chat.parley.store.MessageStore;
import chat.parley.store.Outcome;
import chat.parley.store.Page;
import chat.parley.store.Range;
import chat.parley.store.RoomState;
import chat.parley.store.StoreException;
import chat.parley.store.StoredMessage;
import chat.parley.store.Stores;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A store that is wrong on purpose: it answers from memory, and the file hears of it a moment later. */
final class EarlyStore implements MessageStore {

    private static final long LATE_MILLIS = 200;

    private final MessageStore file;
    private final MessageStore memory;
    private final Set<RoomName> known = new HashSet<>();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();

    EarlyStore(MessageStore file) {
        this.file = file;
        this.memory = Stores.open(
                SettingsLoader.of(Map.of("parley.store.url", "memory:", "parley.store.memory-messages", "1000000"))
                        .store(),
                Clock.systemUTC());
    }

    @Override
    public String epoch() {
        return file.epoch();
    }

    @Override
    public synchronized List<Outcome> append(List<Draft> batch) throws StoreException {
        for (Draft draft : batch) {
            know(draft.room());
        }
        List<Draft> copy = List.copyOf(batch);
        Future<?> unused = later.schedule(() -> write(copy), LATE_MILLIS, TimeUnit.MILLISECONDS);
        return memory.append(batch);
    }

    @Override
    public synchronized RoomState state(RoomName room, int newest) throws StoreException {
        know(room);
        return memory.state(room, newest);
    }

    @Override
    public synchronized Page read(RoomName room, Range range) throws StoreException {
        know(room);
        return memory.read(room, range);
    }

    @Override
    public List<GuestSession> guests() throws StoreException {
        return file.guests();
    }

    @Override
    public void saveGuests(Collection<GuestSession> kept, Collection<String> forgotten) throws StoreException {
        synchronized (file) {
            file.saveGuests(kept, forgotten);
        }
    }

    @Override
    public void close() {
        later.shutdown();
        try {
            later.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        memory.close();
        file.close();
    }

    private void write(List<Draft> batch) {
        synchronized (file) {
            try {
                file.append(batch);
            } catch (StoreException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Takes a room's log into memory, once. */
    private void know(RoomName room) throws StoreException {
        if (!known.add(room)) {
            return;
        }
        long last = 0;
        boolean more = true;
        while (more) {
            Page page = file.read(room, Range.following(last, 1_000));
            List<Draft> drafts = new ArrayList<>();
            for (StoredMessage message : page.messages()) {
                drafts.add(new Draft(room, message.author(), message.id(), message.content()));
                last = message.seq();
            }
            memory.append(drafts);
            more = page.more();
        }
    }
}
