package chat.parley.room;

import chat.parley.config.Settings;
import chat.parley.config.SettingsException;
import chat.parley.config.SettingsLoader;
import chat.parley.protocol.Form;
import chat.parley.protocol.RoomName;
import chat.parley.protocol.ServerMessage;
import chat.parley.store.Author;
import chat.parley.store.Draft;
import chat.parley.store.GroupCommit;
import chat.parley.store.Outcome;
import chat.parley.store.ScheduleLog;
import chat.parley.store.StoreReader;
import chat.parley.store.StoredMessage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The rooms of a server on a memory store, with everything real but the transport. */
final class Scene implements AutoCloseable {

    private static final Author SOMEBODY = new Author("key-somebody", "somebody", true);

    private final HeldStore store;
    private final ScriptedRelay relay = new ScriptedRelay();
    private final GroupCommit commits;
    private final StoreReader reader;
    private final Settings settings;
    private final Fanout fanout;
    private final ScheduleLog scheduler = new ScheduleLog();
    private final ScheduledExecutorService late = Executors.newScheduledThreadPool(1);
    private final RoomManager rooms;
    private int written;

    /** Keys and values in turn; a small ring and two delivery threads if nothing else is said. */
    Scene(String... keysAndValues) {
        this(false, keysAndValues);
    }

    /** One of several servers, if the store is shared. */
    private Scene(boolean shared, String... keysAndValues) {
        Map<String, String> values = new HashMap<>(Map.of("parley.rooms.ring", "256", "parley.send.threads", "2"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        try {
            this.settings = SettingsLoader.of(values);
            this.store = new HeldStore(settings.store().memoryMessages(), shared);
            this.commits = new GroupCommit(store, settings.store().queue());
            this.reader = new StoreReader(store);
            this.fanout = new Fanout(Integer.parseInt(values.get("parley.send.threads")));
            this.rooms = new RoomManager(settings, store, commits, reader, relay, fanout, scheduler, Clock.systemUTC());
        } catch (SettingsException e) {
            throw new IllegalArgumentException(e);
        }
        fanout.start();
        rooms.start();
    }

    /** A server beside others, of which the test plays the part. */
    static Scene amongOthers() {
        return new Scene(true, "parley.rooms.ring", "4096");
    }

    /** Has an event enter a room as an announcement does. */
    static void enter(Room room, StoredMessage message) {
        room.accept(message.seq(), Words.encode(message));
    }

    ScriptedRelay relay() {
        return relay;
    }

    ScheduleLog scheduler() {
        return scheduler;
    }

    HeldStore store() {
        return store;
    }

    Fanout fanout() {
        return fanout;
    }

    /** For a room beside the manager's. */
    RoomServices services() {
        RingMemory memory = new RingMemory(settings.rooms().memoryBytes(), () -> {});
        return new RoomServices(
                settings,
                store.epoch(),
                store.isShared(),
                reader,
                relay,
                new Pages(reader),
                memory,
                fanout,
                scheduler,
                Clock.systemUTC());
    }

    RoomManager rooms() {
        return rooms;
    }

    StoreReader reader() {
        return reader;
    }

    Peer peer(String name) {
        return peer(name, Form.BATCH);
    }

    Peer peer(String name, Form form) {
        return new Peer(rooms, task -> late.schedule(task, 100, TimeUnit.MICROSECONDS), name, form);
    }

    /** Somebody who is in the room and whose transport completes at once. */
    Peer member(String name, String room) {
        Peer peer = peer(name);
        peer.join(room);
        peer.awaitFirst(ServerMessage.History.class);
        return peer;
    }

    /** Puts messages into the store behind the rooms' backs, as another node would; returns them. */
    List<StoredMessage> write(String room, int count) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drafts.add(new Draft(new RoomName(room), SOMEBODY, "w" + ++written, "content " + written));
        }
        return store.append(drafts).stream()
                .map(outcome -> ((Outcome.Stored) outcome).message())
                .toList();
    }

    /** Appends through the writer, and returns when all is committed and in the room. */
    void say(Peer peer, String room, int count) {
        for (int i = 1; i <= count; i++) {
            peer.say(room, "say " + i);
            if (i % 1_000 == 0) {
                awaitCommits();
            }
        }
        awaitCommits();
    }

    /** Waits until what was appended before has been told to the rooms. */
    void awaitCommits() {
        Draft last = new Draft(new RoomName("scene-itself"), SOMEBODY, "s" + ++written, "done?");
        commits.append(last)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        store.open();
        commits.close();
        fanout.close();
        reader.close();
        scheduler.shutdownNow();
        late.shutdownNow();
        store.close();
    }
}
