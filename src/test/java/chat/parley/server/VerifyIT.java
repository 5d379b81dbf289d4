package chat.parley.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.crash.ServerProcess;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code verify} from its arguments to its exit code, against servers with default limits. */
@Timeout(120)
class VerifyIT {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void ofAHonestServerNothingIsFoundTwiceInARow() throws Exception {
        try (ParleyProcess server = ParleyProcess.fromClasses("--port=0", "--set=parley.store.url=memory:")) {
            String url = "ws://127.0.0.1:" + server.awaitUri().getPort() + "/chat";

            // More names than an address may have: so the first run has to give its names back.
            assertEquals(0, run("verify", url, "--people=12", "--seconds=3"), this::all);
            assertEquals(0, run("verify", url, "--people=12", "--seconds=3", "--stay=1"), this::all);

            assertTrue(out.toString(UTF_8).contains("nothing was lost"), this::all);
            assertTrue(out.toString(UTF_8).contains("p99"), this::all);
            assertTrue(!out.toString(UTF_8).contains("turned away"), this::all);
        }
    }

    @Test
    void aServerThatForgetsWhenItIsKilledIsFoundAndTheFaultStandsInTheReport() throws Exception {
        Path report = folder.resolve("report.json");
        int port = ServerProcess.port();
        try (ParleyProcess server = ParleyProcess.fromClasses("--port=" + port, "--set=parley.store.url=memory:")) {
            server.awaitUri();
            Path script = folder.resolve("again");
            Files.writeString(
                    script,
                    "kill -9 %d\nexec setsid '%s' -cp '%s' %s --port=%d --set=parley.store.url=memory: >/dev/null 2>&1 &\n"
                                    .formatted(
                                            server.pid(),
                                            Path.of(System.getProperty("java.home"), "bin", "java"),
                                            System.getProperty("java.class.path"),
                                            Main.class.getName(),
                                            port)
                            + "echo $! >" + folder.resolve("pid") + "\necho it is dead\nexit 3\n");

            int code = run(
                    "verify",
                    "ws://127.0.0.1:" + port + "/chat",
                    "--people=4",
                    "--rooms=1",
                    "--seconds=6",
                    "--kill=sh " + script,
                    "--every=4",
                    "--settle=8",
                    "--json=" + report);

            assertEquals(1, code, this::all);
            JsonObject json = JsonProvider.provider()
                    .createReader(new StringReader(Files.readString(report)))
                    .readObject();
            assertEquals(false, json.getBoolean("clean"));
            assertEquals(1, json.getJsonObject("counts").getInt("EPOCH"), json::toString);
            assertTrue(json.getJsonObject("counts").containsKey("ACKED_IS_LOST"), json::toString);
            JsonObject fault = json.getJsonArray("faults").getJsonObject(0);
            assertEquals(3, fault.getInt("exitCode"));
            assertEquals("it is dead", fault.getString("said"));
            assertTrue(out.toString(UTF_8).contains("BROKEN PROMISES"), this::all);
        } finally {
            if (Files.exists(folder.resolve("pid"))) {
                long pid =
                        Long.parseLong(Files.readString(folder.resolve("pid")).strip());
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    @Test
    void whereNoCommandBrokeAnythingNothingIsCalledWell() throws Exception {
        try (ParleyProcess server = ParleyProcess.fromClasses("--port=0", "--set=parley.store.url=memory:")) {
            String url = "ws://127.0.0.1:" + server.awaitUri().getPort() + "/chat";

            Path report = folder.resolve("report.json");

            int code = run(
                    "verify",
                    url,
                    "--people=4",
                    "--seconds=2",
                    "--every=1",
                    "--kill=echo no such thing; exit 7",
                    "--json=" + report);

            assertEquals(2, code, this::all);
            assertTrue(out.toString(UTF_8).contains("failed after"), this::all);
            assertTrue(out.toString(UTF_8).contains("with exit code 7 (no such thing)"), this::all);
            assertTrue(err.toString(UTF_8).contains("no command of --kill succeeded"), this::all);
            assertTrue(!out.toString(UTF_8).contains("nothing was lost"), this::all);
            assertTrue(Files.readString(report).contains("\"clean\":false"), () -> "it is called clean: " + report);
        }
    }

    @Test
    void whereNobodyIsLetInItSaysWhyInOneLine() {
        assertEquals(2, run("verify", "ws://127.0.0.1:" + ServerProcess.port() + "/chat"));

        String last = err.toString(UTF_8).lines().reduce((before, line) -> line).orElse("");
        assertTrue(last.startsWith("parley: nobody could connect within 10 s: ws://127.0.0.1:"), last);
        assertTrue(last.contains("Connection refused"), last);
        assertEquals("", out.toString(UTF_8));
    }

    @Test
    void whoEndsItEarlyGetsTheReportAllTheSame() throws Exception {
        try (ParleyProcess server = ParleyProcess.fromClasses("--port=0", "--set=parley.store.url=memory:")) {
            String url = "ws://127.0.0.1:" + server.awaitUri().getPort() + "/chat";
            try (ParleyProcess verify = ParleyProcess.fromClasses("verify", url, "--people=4", "--seconds=600")) {
                verify.awaitErrors("talking");

                verify.terminate();

                assertEquals(0, verify.awaitExit(), verify.errors());
                String report = String.join("\n", verify.output());
                assertTrue(report.contains("(ended early)"), report);
                assertTrue(report.contains("nothing was lost"), report);
            }
        }
    }

    private String all() {
        return out.toString(UTF_8) + err.toString(UTF_8);
    }

    private int run(String... arguments) {
        return Main.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), arguments);
    }
}
