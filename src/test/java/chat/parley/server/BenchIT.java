package chat.parley.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.server.LyingServer.Lie;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bench} as an operator meets it: what it prints, and its exit code. */
class BenchIT {

    /** For servers that live for a second or two: they start with less work. */
    private static final String QUICK = "--server-jvm=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static ParleyProcess parley;
    private static String url;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        parley = ParleyProcess.fromClasses(
                "--port=0",
                "--set=parley.store.url=memory:",
                "--set=parley.limits.messages-per-second=0",
                "--set=parley.limits.rooms=3");
        URI uri = parley.awaitUri();
        url = "ws://" + uri.getAuthority() + "/chat";
    }

    @AfterAll
    static void stop() throws IOException {
        parley.close();
    }

    @Test
    void withoutAUrlItMeasuresAServerOfItsOwnAndLeavesNothing() throws Exception {
        try (ParleyProcess bench = ParleyProcess.fromClassesWith(
                List.of("-Djava.io.tmpdir=" + folder),
                "bench",
                "--connections=20",
                "--rate=100",
                "--seconds=1",
                "--warmup=0")) {
            assertEquals(0, bench.awaitExit(), bench.errors());

            String table = String.join("\n", bench.output());
            assertTrue(
                    table.matches("(?s)server +ws://127\\.0\\.0\\.1:\\d+/chat, started for this: accepted after .*"),
                    table);
            assertTrue(table.contains(" lost 0  doubled 0  out of order 0  differing 0\n"), table);
            assertTrue(table.contains(" MB resident "), table);
            assertTrue(table.contains("\nverdict       fine\n"), table);
            assertTrue(bench.errors().contains("measuring it at ws://127.0.0.1:"), bench.errors());
            assertEquals(List.of(), content(folder));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM to send")
    void itsServerDoesNotOutliveIt(boolean killed) throws Exception {
        try (ParleyProcess bench = ParleyProcess.fromClassesWith(
                List.of("-Djava.io.tmpdir=" + folder), "bench", "--connections=5", QUICK)) {
            ProcessHandle server = bench.awaitChild();
            bench.awaitErrors("measuring (");

            if (killed) {
                bench.kill();
            } else {
                bench.terminate();
            }
            bench.awaitExit();
            server.onExit().get(30, TimeUnit.SECONDS);

            assertEquals(List.of(), bench.output());
            if (!killed) {
                assertEquals(List.of(), content(folder));
            }
        }
    }

    @Test
    void aServerOfItsOwnThatDiesIsOneLineAndExitCodeTwo() throws Exception {
        try (ParleyProcess bench = ParleyProcess.fromClasses("bench", "--connections=5", QUICK)) {
            ProcessHandle server = bench.awaitChild();
            bench.awaitErrors("measuring (");

            server.destroyForcibly();

            assertEquals(2, bench.awaitExit());
            assertEquals("parley: the server died with exit code 137", lastLine(bench.errors()));
            assertEquals(List.of(), bench.output());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --set=parley.prot=1 | parley: the server of its own did not start: parley.prot: no such setting; did you mean parley.port? (from command line)
                    --server-jvm=-Xmad  | parley: the server of its own did not start: Unrecognized option: -Xmad
                    --server-jvm=-Xmx1k | parley: the server of its own did not start: Too small maximum heap
                    """)
    void aServerOfItsOwnThatDoesNotStartIsOneLineAndExitCodeTwo(String argument, String line) {
        assertEquals(2, bench("--connections=5", argument));
        assertEquals(line, lastLine(err.toString(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    http://localhost:8080/chat      | parley: the URL must look like ws://HOST:PORT/chat, not http://localhost:8080/chat (bench --help tells the options)
                    wss://localhost:8080/chat       | parley: wss:// is not supported: give the ws:// address behind what ends TLS, not wss://localhost:8080/chat (bench --help tells the options)
                    ws://no.such.host.invalid/chat  | parley: unknown host: no.such.host.invalid
                    """)
    void aUrlThatCannotBeIsOneLineAndExitCodeTwo(String target, String line) {
        assertEquals(2, bench(target));
        assertEquals(line + System.lineSeparator(), err.toString(UTF_8));
        assertEquals("", out.toString(UTF_8));
    }

    @Test
    void whenNothingListensThatIsOneLineAndExitCodeTwo() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }

        assertEquals(2, bench("ws://127.0.0.1:" + port));
        assertEquals(
                "parley: nothing listens at ws://127.0.0.1:" + port + "/chat: Connection refused"
                        + System.lineSeparator(),
                err.toString(UTF_8));
    }

    @Test
    void aRefusedHandshakeIsOneLineWithItsStatusAndExitCodeTwo() {
        assertEquals(2, bench(url.replace("/chat", "/nowhere"), "--connections=2"));
        assertEquals("parley: the handshake was refused: HTTP/1.1 404 Not Found", lastLine(err.toString(UTF_8)));
    }

    @Test
    void aRefusedJoinIsOneLineWithItsCodeAndExitCodeTwo() {
        assertEquals(2, bench(url, "--connections=9", "--rooms=9", "--connect-rate=20", "--seconds=1", "--warmup=0"));
        assertEquals("parley: the server refused to let a member join: busy", lastLine(err.toString(UTF_8)));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such limit")
    void aLowLimitOnFilesIsOneLineAndExitCodeTwo() throws Exception {
        try (ParleyProcess bench = ParleyProcess.fromClassesWithFiles(600, "bench", url, "--connections=1000")) {
            assertEquals(2, bench.awaitExit());
            assertEquals(
                    "parley: 1000 connections need more open files than the 600 allowed here: raise it with ulimit -n"
                            + System.lineSeparator(),
                    bench.errors());
        }
    }

    @Test
    void aBrokenPromiseIsExitCodeOne() throws Exception {
        Map<Lie, String> verdicts = Map.of(
                Lie.NONE, "0 fine",
                Lie.LOSES, "1 WRONG: 1 lost",
                Lie.DOUBLES, "1 WRONG: 1 doubled",
                Lie.SWAPS, "1 WRONG: 1 out of order",
                Lie.CHANGES, "1 WRONG: [12] differing",
                Lie.BABBLES, "1 WRONG: 1 malformed, 1 disconnected",
                Lie.HANGS_UP, "1 WRONG: 1 disconnected");
        Map<Lie, Future<String>> told = new EnumMap<>(Lie.class);
        ExecutorService all = Executors.newFixedThreadPool(verdicts.size());
        for (Lie lie : Lie.values()) {
            told.put(lie, all.submit(() -> measured(lie)));
        }
        all.shutdown();

        for (Lie lie : Lie.values()) {
            String is = told.get(lie).get(30, TimeUnit.SECONDS);
            assertTrue(is.matches(verdicts.get(lie)), lie + ": " + is);
        }
    }

    /** The exit code and the verdict about a server that lies like this. */
    private static String measured(Lie lie) throws IOException {
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        try (LyingServer server = new LyingServer(lie)) {
            int code = Main.run(
                    new PrintStream(table, true, UTF_8),
                    nowhere,
                    "bench",
                    server.uri().toString(),
                    "--connections=3",
                    "--rate=50",
                    "--seconds=1",
                    "--warmup=0");
            String verdict = table.toString(UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("verdict"))
                    .findFirst()
                    .orElse("");
            return code + verdict.replaceFirst("verdict +", " ");
        }
    }

    @Test
    void aServerThatLimitsItsClientsIsNamed() {
        int code = bench(
                "--connections=2",
                "--rate=60",
                "--seconds=1",
                "--warmup=0",
                "--set=parley.store.url=memory:",
                "--set=parley.limits.messages-per-second=5",
                "--set=parley.limits.burst=5",
                QUICK);

        assertTrue(row("errors").startsWith("errors        rate_limited: "), out.toString(UTF_8));
        assertTrue(row("hint").contains("parley.limits.messages-per-second=0"), out.toString(UTF_8));
        assertEquals(0, code);
    }

    @Test
    void membersThatStallAreGivenUpAndNobodyElseIsHarmed() {
        int code = bench(
                "--connections=4",
                "--stalled=2",
                "--window=64",
                "--size=3072",
                "--form=single",
                "--seconds=3",
                "--warmup=0",
                "--set=parley.store.url=memory:",
                "--set=parley.send.timeout=1s",
                QUICK);

        assertEquals("stalled       2 of them, of whom the server gave up 2", row("stalled"));
        assertEquals("verdict       fine", row("verdict"));
        assertEquals(0, code);
    }

    @Test
    void idleConnectionsNeedNoRoom() {
        assertEquals(0, bench(url, "--idle", "--rooms=0", "--connections=30", "--seconds=1", "--warmup=0"));
        assertTrue(row("connected").startsWith("connected     30 in 0 rooms in "), out.toString(UTF_8));
        assertEquals("", row("deliveries/s"));
    }

    @Test
    void theProcessOfALocalServerIsFound() {
        assertEquals(0, bench(url.replace("127.0.0.1", "localhost"), "--connections=3", "--seconds=1", "--warmup=0"));
        assertTrue(out.toString(UTF_8).matches("(?s).*server +[\\d.]+ cores .* MB resident .*"), out.toString(UTF_8));
    }

    @Test
    void aListGivesARowEachAndAPicture() throws Exception {
        Path plot = folder.resolve("plot.svg");

        int code = bench(url, "--connections=2,20", "--window=4", "--seconds=1", "--warmup=0", "--plot=" + plot);

        List<String> lines = out.toString(UTF_8).lines().toList();
        assertTrue(lines.get(0).startsWith("connections "), lines.toString());
        assertTrue(lines.get(1).matches(" +2 +1 .* fine"), lines.toString());
        assertTrue(lines.get(2).matches(" +20 +1 .* fine"), lines.toString());
        assertEquals(
                "svg",
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(Files.readAllBytes(plot)))
                        .getDocumentElement()
                        .getTagName());
        assertEquals(0, code);
    }

    @Test
    void aListAsJsonIsAnObjectALine() {
        assertEquals(
                0, bench(url, "--connections=4", "--rooms=1,2", "--rate=50", "--seconds=1", "--warmup=0", "--json"));

        List<JsonObject> objects = new ArrayList<>();
        for (String line : out.toString(UTF_8).lines().toList()) {
            objects.add(Json.createReader(new StringReader(line)).readObject());
        }
        assertEquals(
                List.of(1, 2),
                objects.stream().map(object -> object.getInt("rooms")).toList());
        for (JsonObject object : objects) {
            assertEquals(0, object.getInt("lost"));
            assertTrue(object.getJsonNumber("serverResidentBytes").longValue() > 0);
            assertTrue(object.getInt("sent") > 0);
        }
    }

    @Test
    void aJoinStormCountsEverybodysHistory() {
        int code = bench(url, "--join-storm", "--connections=40", "--rooms=2", "--history=20");

        assertTrue(row("joined").matches("joined +40 of 40 in [\\d.]+ s, .*"), out.toString(UTF_8));
        assertEquals("history       20 messages asked for by each  lost 0", row("history"));
        assertEquals(0, code);
    }

    @ParameterizedTest
    @CsvSource({"--restart,1006 cut", "--restart=term,1001 going away"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM to send")
    void afterARestartAllAreBackAndMissNothing(String option, String close) {
        int code = bench(
                option,
                "--connections=20",
                "--rooms=2",
                "--rate=300",
                "--seconds=1",
                "--warmup=1",
                "--set=parley.drain=300ms",
                QUICK);

        assertEquals("cut           " + close + ": 20", row("cut"));
        assertTrue(row("back").matches("back +20 of 20 in [\\d.]+ s, .*"), out.toString(UTF_8));
        assertTrue(row("deliveries ").contains(" lost 0  doubled 0  out of order 0 "), out.toString(UTF_8));
        assertEquals("verdict       fine", row("verdict"));
        assertEquals(0, code);
    }

    private int bench(String... arguments) {
        List<String> all = new ArrayList<>(List.of("bench"));
        all.addAll(List.of(arguments));
        return Main.run(
                new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), all.toArray(String[]::new));
    }

    /** The line of the table that begins like this; empty when there is none. */
    private String row(String name) {
        return out.toString(UTF_8)
                .lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElse("");
    }

    private static String lastLine(String text) {
        return text.lines().reduce("", (before, line) -> line);
    }

    private static List<Path> content(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> !path.getFileName().toString().startsWith("hsperfdata"))
                    .toList();
        }
    }
}
