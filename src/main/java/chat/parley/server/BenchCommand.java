package chat.parley.server;

import chat.parley.bench.Bench;
import chat.parley.bench.CannotMeasure;
import chat.parley.bench.Crowd;
import chat.parley.bench.Mode;
import chat.parley.bench.Options;
import chat.parley.bench.Target;
import chat.parley.bench.Traffic;
import chat.parley.protocol.Form;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code bench}: its options, of which {@link Options} says what they may be. */
@Command(
        name = "bench",
        description = "Measures a server under many members, who check every delivery.",
        sortOptions = false,
        footer = {
            "",
            "Without a URL a server of its own is measured, with a store in a temporary folder.",
            "Exit code: 0 when everything arrived once, in order and unchanged; 1 when anything was lost,",
            "doubled, swapped or changed, or a connection was closed; 2 when nothing could be measured."
        })
final class BenchCommand {

    private static final int USUAL_HISTORY = 50;

    @Parameters(
            index = "0..*",
            paramLabel = "ws-url",
            description = "The server, such as ws://127.0.0.1:8080/chat; without it one is started. Of several"
                    + " that have one log, each room has members at each.")
    private List<String> urls = List.of();

    @Option(
            names = "--connections",
            split = ",",
            paramLabel = "N[,N...]",
            hideParamSyntax = true,
            description = "Members; of a list each is measured, one after the other (1000).")
    private List<Integer> connections = List.of(1000);

    @Option(
            names = "--rooms",
            split = ",",
            paramLabel = "N[,N...]",
            hideParamSyntax = true,
            description = "Rooms they are spread over; 0, with --idle, is none; or a list (1).")
    private List<Integer> rooms = List.of(1);

    @Option(names = "--size", paramLabel = "BYTES", description = "Content of a message (64).")
    private int size = 64;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Open loop: N messages a second in all; latency counts from the intended time (20).")
    private @Nullable Double rate;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "Closed loop: N messages outstanding in all rooms together; the next is sent when a"
                    + " sender got its own message back.")
    private @Nullable Integer window;

    @Option(
            names = "--senders",
            paramLabel = "all|one",
            description = "Of several servers, at which members send: one is the first, so that what the others"
                    + " deliver came from another (all).")
    private String senders = "all";

    @Option(names = "--idle", description = "Nobody sends: what connections alone cost.")
    private boolean idle;

    @Option(names = "--seconds", paramLabel = "N", description = "Measured (10).")
    private int seconds = 10;

    @Option(names = "--warmup", paramLabel = "N", description = "Seconds of the same load before (5).")
    private int warmup = 5;

    @Option(
            names = "--form",
            paramLabel = "batch|single",
            description = "The subprotocol: parley.v1.batch, arrays, or parley.v1, one object a frame (batch).")
    private String form = "batch";

    @Option(names = "--stalled", paramLabel = "N", description = "Further members, who join and then never read (0).")
    private int stalled;

    @Option(
            names = "--join-storm",
            description = "Instead: all join at the same moment; how long until each has its history.")
    private boolean joinStorm;

    @Option(
            names = "--history",
            paramLabel = "N",
            description = "Messages in each room before --join-storm, and asked for by each member (50).")
    private @Nullable Integer history;

    @Option(
            names = "--restart",
            arity = "0..1",
            fallbackValue = "kill",
            paramLabel = "kill|term",
            description =
                    "Instead: the server it started ends by SIGKILL or SIGTERM while messages flow, and is started"
                            + " again; how long until all are back and miss nothing (kill).")
    private @Nullable String restart;

    @Option(names = "--connect-rate", paramLabel = "N", description = "Handshakes a second, at most (2000).")
    private int connectRate = 2000;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the load generator (1).")
    private int threads = 1;

    @Option(
            names = "--server-pid",
            paramLabel = "PID",
            description = "The server's process, to show its CPU and memory; found by itself on Linux.")
    private long serverPid;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the server that is started; may be given more than once.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = "--server-jvm",
            paramLabel = "FLAGS",
            description = "Flags of its JVM, such as \"-Xmx256m -XX:+UseSerialGC\".")
    private String serverJvm = "";

    @Option(names = "--json", description = "Print JSON, an object on a line for each measurement.")
    private boolean json;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Of a list, also write an SVG picture: deliveries a second and their cost.")
    private @Nullable Path plot;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this, then exit.")
    @SuppressWarnings("unused") // picocli asks it
    private boolean help;

    /**
     * Measures and prints the result on {@code out}, and on {@code err} where it is.
     *
     * @return whether the server kept its promises
     * @throws IllegalArgumentException with one line, when the options are not good
     * @throws CannotMeasure with one line, when nothing could be measured
     */
    boolean run(PrintStream out, PrintStream err) throws CannotMeasure, InterruptedException {
        return new Bench(options(), BenchServer.class.getName(), out, err, Terminal.isErrorInteractive()).run();
    }

    /** @throws IllegalArgumentException with one line */
    Options options() {
        String flags = serverJvm.strip();
        Target target = new Target(
                urls.stream().map(Target::parse).toList(),
                isOneSending(),
                serverPid,
                set,
                flags.isEmpty() ? List.of() : List.of(flags.split("\\s+")));
        Crowd usual = new Crowd(connections.get(0), stalled, rooms.get(0), form(), connectRate, threads);
        return new Options(
                target,
                Options.series(usual, connections, rooms),
                Traffic.of(size, rate, window, idle, seconds, warmup),
                mode(),
                json,
                plot);
    }

    private Mode mode() {
        if (joinStorm && restart != null) {
            throw new IllegalArgumentException("--join-storm and --restart exclude each other");
        }
        if (joinStorm && (idle || rate != null || window != null)) {
            throw new IllegalArgumentException("--join-storm sends nothing: it excludes --rate, --window and --idle");
        }
        if (joinStorm) {
            return new Mode.JoinStorm(history == null ? USUAL_HISTORY : history);
        }
        if (history != null) {
            throw new IllegalArgumentException("--history goes with --join-storm");
        }
        if (restart == null) {
            return new Mode.Messages();
        }
        return switch (restart) {
            case "kill" -> new Mode.Restart(true);
            case "term" -> new Mode.Restart(false);
            default -> throw new IllegalArgumentException("--restart is kill or term, not " + restart);
        };
    }

    private boolean isOneSending() {
        return switch (senders) {
            case "all" -> false;
            case "one" -> true;
            default -> throw new IllegalArgumentException("--senders is all or one, not " + senders);
        };
    }

    private Form form() {
        try {
            return Form.valueOf(form.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--form is batch or single, not " + form, e);
        }
    }
}
