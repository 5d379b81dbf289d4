package chat.parley.server;

import chat.parley.verify.Access;
import chat.parley.verify.CannotVerify;
import chat.parley.verify.Kill;
import chat.parley.verify.Plan;
import chat.parley.verify.Verify;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code verify}: its options, of which {@link Plan} says what they may be. */
@Command(
        name = "verify",
        description = "Chats through one or many servers while you break things, and says whether anything was lost.",
        sortOptions = false,
        footer = {
            "",
            "It makes rooms of its own and knows nothing but the protocol. Stop breaking things --settle before the end,"
                    + " unless --kill does it. Ctrl-C ends the talk early; the report comes all the same, within two"
                    + " minutes or not at all.",
            "Exit code: 0 when every promise was kept; 1 when anything was found, each with its evidence; 2 when the"
                    + " options are not good, nobody could connect, no command of --kill succeeded, or there was no report two"
                    + " minutes after Ctrl-C."
        })
final class VerifyCommand {

    /** What Ctrl-C waits for the report at most. */
    private static final long LAST_SECONDS = 120;

    private static final int USUAL_ROOMS = 3;

    @Parameters(
            arity = "0..*",
            paramLabel = "ws-url",
            description = "The servers, such as ws://10.0.0.1:8080/chat; people come to each, and come back to any.")
    private List<String> urls = new ArrayList<>();

    @Option(names = "--people", paramLabel = "N", description = "Who talk (12).")
    private int people = 12;

    @Option(names = "--rooms", paramLabel = "N", description = "Rooms they are spread over (3).")
    private @Nullable Integer rooms;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Messages a second of all together; 0: as fast as they are answered (60).")
    private double rate = 60;

    @Option(names = "--seconds", paramLabel = "N", description = "How long they talk (60).")
    private int seconds = 60;

    @Option(
            names = "--stay",
            paramLabel = "SECONDS",
            description = "How long one stays connected on average, then leaves or is cut off in the middle of a"
                    + " message, and comes back; 0: until something breaks (15).")
    private double stay = 15;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            description = "After the last fault everything has to flow again within this (10).")
    private double settle = 10;

    @Option(
            names = "--kill",
            paramLabel = "COMMAND",
            description = "What a shell runs to break something, such as 'docker restart redis'.")
    private @Nullable String kill;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            description = "After what time it is run again, and for the first time (15).")
    private @Nullable Double every;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "A bearer token that people bring; given more than once, each brings one in turns. Without"
                    + " one they come as guests.")
    private List<String> tokens = new ArrayList<>();

    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description = "The same from a file, one on a line, where no list of processes shows them.")
    private @Nullable Path tokenFile;

    @Option(names = "--cookie", paramLabel = "NAME=VALUE", description = "A cookie that all bring instead.")
    private @Nullable String cookie;

    @Option(names = "--origin", paramLabel = "ORIGIN", description = "What they say in the header Origin.")
    private @Nullable String origin;

    @Option(names = "--insecure", description = "With wss://, believe any certificate.")
    private boolean insecure;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the report as a JSON object.")
    private @Nullable Path json;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides when who does what, as far as the servers let it (random).")
    private @Nullable Long seed;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this, then exit.")
    @SuppressWarnings("unused") // picocli asks it
    private boolean help;

    /**
     * Does it, prints the report on {@code out}, and on {@code err} how far it is.
     *
     * @return whether nothing was found
     * @throws IllegalArgumentException with one line, when the options are not good
     * @throws CannotVerify with one line, when nobody could connect, or nothing was broken that was to be
     */
    boolean run(PrintStream out, PrintStream err) throws CannotVerify, InterruptedException {
        Verify verify = new Verify(plan(), json(), out, err, Terminal.isErrorInteractive());
        Early early = new Early(verify);
        Thread hook = new Thread(early, "verify-early");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            boolean clean = verify.run();
            early.code = clean ? 0 : 1;
            return clean;
        } finally {
            early.done.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                hook.join(); // it ends the process
            }
        }
    }

    /** A JVM that ends by a signal would have its exit code, and not that of the report. */
    private static final class Early implements Runnable {

        private final Verify verify;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile int code = 2;

        private Early(Verify verify) {
            this.verify = verify;
        }

        @Override
        public void run() {
            verify.endEarly();
            try {
                done.await(LAST_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(code);
        }
    }

    /** @throws IllegalArgumentException with one line */
    Plan plan() {
        if (every != null && kill == null) {
            throw new IllegalArgumentException("--every goes with --kill");
        }
        return new Plan(
                urls.stream().map(Plan::parse).toList(),
                people,
                rooms == null ? Math.max(1, Math.min(USUAL_ROOMS, people)) : rooms,
                rate,
                seconds,
                duration(stay),
                duration(settle),
                kill == null ? null : new Kill(kill, duration(every == null ? 15 : every)),
                new Access(tokens(), cookie, origin, insecure),
                seed == null ? new SecureRandom().nextInt(1_000_000) : seed);
    }

    private @Nullable Path json() {
        if (json != null) {
            Path folder = json.toAbsolutePath().getParent();
            if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(json)) {
                throw new IllegalArgumentException("--json cannot write " + json);
            }
        }
        return json;
    }

    private List<String> tokens() {
        List<String> all = new ArrayList<>(tokens);
        if (tokenFile != null) {
            try {
                Files.readAllLines(tokenFile).stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .forEach(all::add);
            } catch (IOException e) {
                throw new IllegalArgumentException("--tokens cannot read " + tokenFile, e);
            }
            if (all.isEmpty()) {
                throw new IllegalArgumentException("--tokens: nothing is in " + tokenFile);
            }
        }
        return all;
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1e3));
    }
}
