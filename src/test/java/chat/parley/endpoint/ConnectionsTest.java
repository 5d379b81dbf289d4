package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import chat.parley.config.SettingsLoader;
import chat.parley.relay.InProcessRelay;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    @Test
    void aSessionThatWaitsForItsWelcomeTakesRoom() throws Exception {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        Connections connections = new Connections(
                SettingsLoader.of(Map.of("parley.limits.connections", "1")), new InProcessRelay().ledger(), scheduler);
        scheduler.shutdown();
        assertNull(connections.closed("somewhere"));

        connections.waits();
        assertEquals("full", connections.closed("somewhere"));

        connections.waitsNoMore();
        assertNull(connections.closed("somewhere"));
    }
}
