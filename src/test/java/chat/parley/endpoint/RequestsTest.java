package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import chat.parley.config.Settings;
import chat.parley.config.SettingsLoader;
import chat.parley.identity.Identity;
import chat.parley.protocol.ClientMessage;
import chat.parley.protocol.CloseCode;
import chat.parley.protocol.Form;
import chat.parley.protocol.UserName;
import chat.parley.relay.Relay;
import chat.parley.relay.Relays;
import chat.parley.room.Fanout;
import chat.parley.room.Outlet;
import chat.parley.room.Parcel;
import chat.parley.room.RoomManager;
import chat.parley.room.Sender;
import chat.parley.store.GroupCommit;
import chat.parley.store.MessageStore;
import chat.parley.store.StoreReader;
import chat.parley.store.Stores;
import jakarta.json.Json;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestsTest {

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private Settings settings;
    private MessageStore store;
    private GroupCommit commits;
    private StoreReader reader;
    private Relay relay;
    private Fanout fanout;
    private Requests requests;

    @BeforeEach
    void open() throws Exception {
        // So slow that nothing comes back while the test runs.
        settings = SettingsLoader.of(Map.of("parley.limits.burst", "6", "parley.limits.messages-per-second", "1"));
        store = Stores.open(settings.store(), Clock.systemUTC());
        commits = new GroupCommit(store, settings.store().queue());
        reader = new StoreReader(store);
        relay = Relays.open(settings.relay(), store.epoch(), scheduler);
        fanout = new Fanout(1);
        RoomManager rooms =
                new RoomManager(settings, store, commits, reader, relay, fanout, scheduler, Clock.systemUTC());
        fanout.start();
        Outlet outlet = rooms.connect(new Recorder(), Form.SINGLE, new Patient());
        Identity identity = new Identity("key", UserName.parse("somebody"), true);
        ChatServices services = new ChatServices(
                settings, rooms, null, null, null, null, null, null, null, null, null, scheduler, Clock.systemUTC());
        requests = new Requests(services, null, outlet, identity);
    }

    @AfterEach
    void close() {
        fanout.close();
        commits.close();
        reader.close();
        relay.close();
        store.close();
        scheduler.shutdownNow();
    }

    @Test
    void whatIsPutOffCostsWhatItWouldIfItWereCarriedOut() throws Exception {
        requests.putOff(new ClientMessage.Leave("den", "1"));
        requests.putOff(new ClientMessage.History("den", null, null, null, "5")); // costs five
        requests.putOff(new ClientMessage.History("den", null, null, null, "one too many"));

        assertEquals("unavailable", nextCode());
        assertEquals("unavailable", nextCode());
        assertEquals("rate_limited", nextCode());
    }

    private String nextCode() throws InterruptedException {
        String answer = answers.poll(30, TimeUnit.SECONDS);
        assertNotNull(answer);
        return Json.createReader(new StringReader(answer)).readObject().getString("code");
    }

    private final class Recorder implements Sender {

        @Override
        public void send(Parcel parcel, Completion completion) {
            for (int i = 0; i < parcel.size(); i++) {
                answers.add(new String(parcel.text(i), StandardCharsets.UTF_8));
            }
            completion.sent();
        }

        @Override
        public void ping(Completion completion) {
            completion.sent();
        }

        @Override
        public void close(CloseCode code, String reason) {}

        @Override
        public void abort() {}
    }

    private static final class Patient implements Outlet.Owner {

        @Override
        public void failed(CloseCode code, String why) {}

        @Override
        public void broken(Throwable cause) {}
    }
}
