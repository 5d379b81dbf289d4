package chat.parley.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server as an operator meets it: a process, its two streams and its exit code. */
class MainIT {

    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM to send")
    void oneLineSaysWhereItListensAndSigtermEndsItWithZero() throws Exception {
        try (ParleyProcess parley = ParleyProcess.fromClasses("--port", "0")) {
            URI uri = parley.awaitUri();

            HttpResponse<String> page = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            parley.terminate();

            assertEquals(200, page.statusCode());
            assertEquals(0, parley.awaitExit(), parley.errors());
            assertEquals(List.of(), parley.output());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --port=abc                    | parley: parley.port = abc: must be a whole number from 0 to 65535 (from command line)
                    --set=parley.prot=1           | parley: parley.prot: no such setting; did you mean parley.port? (from command line)
                    --set=nonsense                | parley: Value for option option '--set' (KEY=VALUE) should be in KEY=VALUE format but was nonsense (--help tells the options)
                    --config=nowhere.properties   | parley: cannot read the settings in nowhere.properties: no such file
                    --host=no.such.host.invalid   | parley: cannot listen on no.such.host.invalid:8080: no such host (--host and --port choose another place)
                    """)
    void whatIsRefusedIsOneLineOnStandardErrorAndExitCodeTwo(String argument, String line) throws Exception {
        try (ParleyProcess parley = ParleyProcess.fromClasses(argument)) {
            assertEquals(2, parley.awaitExit());
            assertEquals(line + System.lineSeparator(), parley.errors());
            assertEquals(List.of(), parley.output());
        }
    }

    @Test
    void aTakenPortIsOneLineOnStandardErrorAndExitCodeTwo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"));
                ParleyProcess parley = ParleyProcess.fromClasses("--port", "" + taken.getLocalPort())) {
            assertEquals(2, parley.awaitExit());
            assertEquals(
                    "parley: cannot listen on localhost:" + taken.getLocalPort()
                            + ": Address already in use (--host and --port choose another place)"
                            + System.lineSeparator(),
                    parley.errors());
        }
    }

    @Test
    void whatIsBrokenIsInTheLogAndExitCodeOne() throws Exception {
        try (ParleyProcess parley = ParleyProcess.fromClassesWithout("jetty-ee10-websocket-jakarta-server")) {
            assertEquals(1, parley.awaitExit());
            assertTrue(parley.errors().contains("\"message\":\"Parley could not start\""), parley.errors());
            assertTrue(parley.errors().contains("NoClassDefFoundError"), parley.errors());
        }
    }

    @Test
    void aWarningBeforeARefusalIsNotLost() throws Exception {
        Path file = Files.writeString(folder.resolve("p.properties"), "colour=red\n");
        try (ParleyProcess parley =
                ParleyProcess.fromClasses("--config", file.toString(), "--host", "no.such.host.invalid")) {
            assertEquals(2, parley.awaitExit());
            assertTrue(parley.errors().contains("colour: not a setting of Parley"), parley.errors());
        }
    }

    @Test
    void whoeverInterruptsItHasItStopped() throws Exception {
        PipedInputStream in = new PipedInputStream();
        PrintStream out = new PrintStream(new PipedOutputStream(in), true, UTF_8);
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread main =
                new Thread(() -> code.complete(Main.run(out, out, "--port", "0", "--set", "parley.store.url=memory:")));

        main.start();
        String line = new BufferedReader(new InputStreamReader(in, UTF_8)).readLine();
        int port = URI.create(line.split(" ")[4]).getPort();
        main.interrupt();

        assertEquals(0, code.get(30, TimeUnit.SECONDS));
        assertThrows(ConnectException.class, () -> new Socket("localhost", port).close());
    }

    @Test
    void withoutATerminalAWarningIsAJsonObjectOnOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("p.properties"), "colour=red\nparley.port=0\n");
        try (ParleyProcess parley = ParleyProcess.fromClasses("--config", file.toString())) {
            parley.awaitUri();

            String line = parley.errors().lines().findFirst().orElse("");

            assertEquals(
                    "colour: not a setting of Parley, ignored (from " + file + ")",
                    Json.createReader(new StringReader(line)).readObject().getString("message"));
        }
    }

    @Test
    void theLogIsTextWhenAskedFor() throws Exception {
        Path file = Files.writeString(folder.resolve("p.properties"), "colour=red\nparley.port=0\n");
        try (ParleyProcess parley =
                ParleyProcess.fromClasses("--config", file.toString(), "--set", "parley.log.format=text")) {
            parley.awaitUri();

            String line = parley.errors().lines().findFirst().orElse("");

            assertTrue(line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  Main - colour: .*"), line);
        }
    }
}
