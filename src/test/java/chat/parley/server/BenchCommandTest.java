package chat.parley.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bench.Crowd;
import chat.parley.bench.Mode;
import chat.parley.bench.Options;
import chat.parley.bench.Traffic;
import chat.parley.protocol.Form;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options of {@code bench} mean, and which it refuses; {@link BenchIT} has what it does. */
class BenchCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void withoutOptionsItIsAThousandMembersOfOneRoomAndTwentyMessagesASecond() {
        Options options = options();

        assertEquals(List.of(), options.target().urls());
        assertEquals(List.of(new Crowd(1000, 0, 1, Form.BATCH, 2000, 1)), options.crowds());
        assertEquals(new Traffic(64, 20, 0, 10, 5), options.traffic());
        assertEquals(new Mode.Messages(), options.mode());
    }

    @Test
    void everyOptionGoesWhereItBelongs() {
        Options options = options(
                "ws://chat.example.org:81/chat?x=1",
                "--connections=50",
                "--rooms=5",
                "--size=100",
                "--window=7",
                "--seconds=3",
                "--warmup=2",
                "--form=single",
                "--stalled=4",
                "--connect-rate=9",
                "--threads=2",
                "--server-pid=77",
                "--json");

        assertEquals(
                URI.create("ws://chat.example.org:81/chat?x=1"),
                options.target().urls().get(0));
        assertEquals(77, options.target().pid());
        assertEquals(List.of(new Crowd(50, 4, 5, Form.SINGLE, 9, 2)), options.crowds());
        assertEquals(new Traffic(100, 0, 7, 3, 2), options.traffic());
        assertTrue(options.json());
    }

    @Test
    void whatIsForItsOwnServerReachesIt() {
        Options options =
                options("--set=parley.rooms.ring=8192", "--set", "parley.origins=", "--server-jvm", " -Xmx1g  -Xms1g");

        assertEquals(
                Map.of("parley.rooms.ring", "8192", "parley.origins", ""),
                options.target().settings());
        assertEquals(List.of("-Xmx1g", "-Xms1g"), options.target().jvmFlags());
    }

    @Test
    void aListIsOneMeasurementEach() {
        Options connections = options("--connections=10,100,1000", "--rooms=3", "--plot=target/plot.svg");
        Options rooms = options("--rooms", "1,10");

        assertEquals(
                List.of(10, 100, 1000),
                connections.crowds().stream().map(Crowd::connections).toList());
        assertEquals(
                List.of(3, 3, 3),
                connections.crowds().stream().map(Crowd::rooms).toList());
        assertEquals(Path.of("target/plot.svg"), connections.plot());
        assertEquals(List.of(1, 10), rooms.crowds().stream().map(Crowd::rooms).toList());
        assertEquals(
                List.of(1000, 1000),
                rooms.crowds().stream().map(Crowd::connections).toList());
    }

    @Test
    void theOtherModesHaveTheirOptions() {
        assertEquals(new Mode.JoinStorm(50), options("--join-storm").mode());
        assertEquals(
                new Mode.JoinStorm(0), options("--join-storm", "--history=0").mode());
        assertEquals(new Mode.Restart(true), options("--restart").mode());
        assertEquals(new Mode.Restart(false), options("--restart=term").mode());
        assertEquals(new Traffic(64, 0, 0, 10, 5), options("--idle").traffic());
    }

    @Test
    void aUrlWithoutAPathIsThatOfTheEndpoint() {
        assertEquals(
                URI.create("ws://localhost:8080/chat"),
                options("ws://localhost:8080").target().urls().get(0));
        assertEquals(
                URI.create("ws://[::1]/chat?a=b"),
                options("ws://[::1]?a=b").target().urls().get(0));
        assertEquals(
                URI.create("ws://localhost/app/chat"),
                options("ws://localhost/app/chat").target().urls().get(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --connections=0                      | --connections is 0 but must be from 1 to 1000000
                    --connections=abc                    | Invalid value for option '--connections' (N[,N...]): 'abc' is not an int
                    --connections=1,2 --rooms=1,2        | only one of --connections and --rooms can be a list
                    --connections=10,5 --rooms=10        | --rooms is 10, which is more than the 5 of --connections
                    --rooms=0                            | --rooms is 0, which only goes with --idle
                    --size=37                            | --size is 37 but must be from 38 to 3072
                    --rate=0                             | --rate is 0 but must be from 0.01 to 10000000
                    --rate=NaN                           | --rate is NaN but must be from 0.01 to 10000000
                    --window=0                           | --window is 0 but must be from 1 to 1000000
                    --rate=1 --window=1                  | --rate and --window exclude each other
                    --idle --rate=1                      | --idle sends nothing: it excludes --rate and --window
                    --seconds=0                          | --seconds is 0 but must be from 1 to 86400
                    --warmup=-1                          | --warmup is -1 but must be from 0 to 86400
                    --form=xml                           | --form is batch or single, not xml
                    --threads=65                         | --threads is 65 but must be from 1 to 64
                    --stalled=1 --join-storm             | --stalled does not go with --join-storm and --restart
                    --history=10                         | --history goes with --join-storm
                    --join-storm --history=201           | --history is 201 but must be from 0 to 200
                    --join-storm --window=4              | --join-storm sends nothing: it excludes --rate, --window and --idle
                    --join-storm --restart               | --join-storm and --restart exclude each other
                    --restart=often                      | --restart is kill or term, not often
                    --restart --window=5                 | --restart needs messages at a --rate: no --window, no --idle
                    --restart=kill ws://localhost        | --restart is for a server of its own, without a URL
                    --plot=target/x.svg                  | --plot needs a list, such as --connections 10,100,1000 or --rooms 1,10,100
                    --plot=target --rooms=1,2            | --plot cannot write target
                    --plot=no/where.svg --rooms=1,2      | --plot cannot write no/where.svg
                    --plot=target/x.svg --rooms=1,2 --idle | --plot shows deliveries: no --idle, no --join-storm, no --restart
                    --server-pid=5                       | --server-pid is for a server that runs already: its URL is missing
                    --set=a=b ws://localhost             | --set and --server-jvm are for a server of its own: they do not reach ws://localhost/chat
                    --set=parley.port=1                  | --set parley.port: a server of its own listens on 127.0.0.1 and any free port
                    ftp://localhost                      | the URL must look like ws://HOST:PORT/chat, not ftp://localhost
                    localhost:8080                       | the URL must look like ws://HOST:PORT/chat, not localhost:8080
                    ws://localhost:99999                 | the URL must look like ws://HOST:PORT/chat, not ws://localhost:99999
                    --senders=two ws://a ws://b          | --senders is all or one, not two
                    --senders=one ws://a                 | --senders one is for several servers: give their URLs
                    --server-pid=5 ws://a ws://b         | --server-pid is for one server: of several they are found, on Linux
                    --fast                               | Unknown option: '--fast'
                    """)
    void whatCannotBeIsOneLineAndExitCodeTwo(String arguments, String line) {
        assertEquals(2, run(("bench " + arguments).split(" ")));

        assertEquals(
                "parley: " + line + " (bench --help tells the options)" + System.lineSeparator(), err.toString(UTF_8));
        assertEquals("", out.toString(UTF_8));
    }

    @Test
    void anOptionOfTheServerBeforeTheCommandIsRefused() {
        assertEquals(2, run("--port=0", "bench"));

        assertEquals(1, err.toString(UTF_8).lines().count());
    }

    @Test
    void helpNamesTheCommandAndTheCommandsHelpItsOptions() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString(UTF_8).contains("  bench  "), out.toString(UTF_8));

        assertEquals(0, run("bench", "--help"));
        for (String option :
                List.of("--connections", "--rate", "--window", "--restart", "--plot", "[ws-url...]", "Exit code")) {
            assertTrue(out.toString(UTF_8).contains(option), option);
        }
    }

    private static Options options(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "bench";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        BenchCommand command = new ServerOptions().parse(all).getCommand();
        return command.options();
    }

    private int run(String... arguments) {
        return Main.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), arguments);
    }
}
