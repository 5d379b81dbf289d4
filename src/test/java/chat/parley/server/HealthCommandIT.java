package chat.parley.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.config.SettingsLoader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The command by which whoever watches a container asks the server in it. */
class HealthCommandIT {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void theExitCodeIsWhetherTheServerIsReady() throws Exception {
        EmbeddedJetty jetty =
                EmbeddedJetty.start(SettingsLoader.of(Map.of("parley.port", "0", "parley.store.url", "memory:")));
        String port = "parley.port=" + jetty.uri().getPort();
        String url = jetty.uri() + "health/ready";
        try {
            assertEquals(0, run("health", "--set", port));
            assertEquals(0, run("health", "--set", port, "--set", "parley.host=0.0.0.0"));
            jetty.parley().connections().refuseNew();
            assertEquals(1, run("health", "--set", port));
            assertEquals(url + " says 503", text(err));
        } finally {
            jetty.stop();
        }

        err.reset();
        assertEquals(1, run("health", "--set", port));
        assertEquals("parley: " + url + " does not answer: Connection refused", text(err));
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertEquals(2, run("health", "--set", "parley.port=0"));
        assertEquals(2, run("health", "--set", "parley.prot=1"));
        assertEquals(2, run("--port", "8081", "health"));
    }

    private int run(String... arguments) {
        return Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).strip();
    }
}
