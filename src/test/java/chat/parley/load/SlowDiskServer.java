package chat.parley.load;

import chat.parley.config.Settings;
import chat.parley.config.SettingsLoader;
import chat.parley.protocol.RoomName;
import chat.parley.server.EmbeddedJetty;
import chat.parley.store.Draft;
import chat.parley.store.GuestSession;
import chat.parley.store.MessageStore;
import chat.parley.store.Outcome;
import chat.parley.store.Page;
import chat.parley.store.Range;
import chat.parley.store.RoomState;
import chat.parley.store.StoreException;
import chat.parley.store.Stores;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A server whose disk takes longer: {@code SlowDiskServer <port> <url> <milliseconds added to each commit>}. */
final class SlowDiskServer {

    private SlowDiskServer() {}

    public static void main(String[] arguments) throws Exception {
        Settings settings = SettingsLoader.of(Map.of(
                "parley.port",
                arguments[0],
                "parley.store.url",
                arguments[1],
                "parley.limits.messages-per-second",
                "0",
                "parley.limits.guest-names-per-address",
                "0"));
        MessageStore store = Stores.open(settings.store(), Clock.systemUTC());
        EmbeddedJetty server = EmbeddedJetty.start(settings, new Slow(store, Long.parseLong(arguments[2])));
        System.out.println("listens on " + server.uri());
        new CountDownLatch(1).await();
    }

    private record Slow(MessageStore store, long millis) implements MessageStore {

        @Override
        public String epoch() {
            return store.epoch();
        }

        @Override
        public List<Outcome> append(List<Draft> batch) throws StoreException {
            List<Outcome> outcomes = store.append(batch);
            rest();
            return outcomes;
        }

        @Override
        public RoomState state(RoomName room, int newest) throws StoreException {
            return store.state(room, newest);
        }

        @Override
        public Page read(RoomName room, Range range) throws StoreException {
            return store.read(room, range);
        }

        @Override
        public List<GuestSession> guests() throws StoreException {
            return store.guests();
        }

        @Override
        public void saveGuests(Collection<GuestSession> kept, Collection<String> forgotten) throws StoreException {
            store.saveGuests(kept, forgotten);
            rest();
        }

        @Override
        public void close() {
            store.close();
        }

        private void rest() {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
