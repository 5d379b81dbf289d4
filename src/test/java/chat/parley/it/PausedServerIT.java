package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.crash.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server is paused for longer than a client may be silent, as a machine is that moves, or sleeps. */
@Timeout(120)
class PausedServerIT {

    private static final int LISTENERS = 20;
    private static final int PAUSE_SECONDS = 9;

    @TempDir
    private Path folder;

    @Test
    void nobodyIsTakenForSilentWhoCouldNotBeHeard() throws Exception {
        int port = ServerProcess.port();
        List<ChatClient> listeners = new ArrayList<>();
        try (ServerProcess server = ServerProcess.with(
                port,
                folder,
                Map.of(
                        "parley.store.url", "memory:",
                        "parley.heartbeat.ping", "1s",
                        "parley.heartbeat.timeout", "6s"))) {
            URI chat = URI.create("ws://localhost:" + port + "/chat");
            try {
                for (int i = 0; i < LISTENERS; i++) {
                    ChatClient listener = ChatClient.connect(chat, Subprotocol.SINGLE);
                    listeners.add(listener);
                    listener.join("den");
                }

                server.standStill(true);
                TimeUnit.SECONDS.sleep(PAUSE_SECONDS); // as long as it is paused; nothing is waited for
                server.standStill(false);

                TimeUnit.SECONDS.sleep(3); // it looks at everybody twice
                listeners.get(0).say("den", "still here");
                for (ChatClient listener : listeners) {
                    assertEquals(
                            "still here",
                            listener.seen().await(Wire.type("message", "den")).getString("content"));
                }
            } finally {
                listeners.forEach(ChatClient::close);
            }
        }
    }
}
