package chat.parley.server;

import chat.parley.bench.CannotMeasure;
import chat.parley.config.SettingTable;
import chat.parley.config.Settings;
import chat.parley.config.SettingsException;
import chat.parley.config.SettingsLoader;
import chat.parley.identity.KeysRefusedException;
import chat.parley.store.StoreRefusedException;
import chat.parley.verify.CannotVerify;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Starts the server from a command line and stays until the process is told to end. What the operator did wrong (an
 * option, a value, a file, a port that is taken) is one line on standard error and exit code 2; what Parley did wrong
 * is a stack trace in the log and exit code 1, and so is one line about a database that cannot be reached. The commands {@code bench} and {@code verify} have exit codes of their own.
 */
public final class Main {

    private static final int OK = 0;
    private static final int BROKEN = 1;
    private static final int REFUSED = 2;

    private Main() {}

    /** The entry of {@code java -jar parley.jar}; {@code --help} tells the options. */
    public static void main(String[] arguments) {
        int code = run(System.out, System.err, arguments);
        if (code != OK) {
            ServerLog.close();
            System.exit(code);
        }
    }

    /**
     * What {@link #main} does, with the exit code as its result; returns from a server that runs only when
     * interrupted, and has stopped it then.
     */
    static int run(PrintStream out, PrintStream err, String... arguments) {
        ServerOptions options = new ServerOptions();
        try {
            CommandLine line = options.parse(arguments);
            if (line.isUsageHelpRequested()) {
                line.usage(out);
            } else if (line.isVersionHelpRequested()) {
                line.printVersionHelp(out);
            } else if (line.getCommand() instanceof BenchCommand bench) {
                return judge(bench::run, line, out, err);
            } else if (line.getCommand() instanceof VerifyCommand verify) {
                return judge(verify::run, line, out, err);
            } else if (line.getCommand() instanceof HealthCommand health) {
                return health.run(out, err) ? OK : BROKEN;
            } else if (line.getCommand() instanceof NewEpochCommand newEpoch) {
                newEpoch.run(out);
            } else if (options.wantsTable()) {
                out.print(SettingTable.markdown());
            } else {
                serve(options, out);
            }
            return OK;
        } catch (ParameterException e) {
            CommandLine line = e.getCommandLine();
            String command = line.getParent() == null ? "" : line.getCommandName() + " ";
            return refuse(err, firstLine(e.getMessage()) + " (" + command + "--help tells the options)");
        } catch (StoreRefusedException e) {
            int code = refuse(err, firstLine(e.getMessage()));
            return e.isTemporary() ? BROKEN : code;
        } catch (SettingsException | ListenException | TlsRefusedException | KeysRefusedException e) {
            return refuse(err, firstLine(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OK;
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(Main.class).error("Parley could not start", e);
            return BROKEN;
        }
    }

    /** A command that looks whether a server keeps its promises, and says so. */
    @FunctionalInterface
    private interface Judge {
        boolean run(PrintStream out, PrintStream err) throws CannotMeasure, CannotVerify, InterruptedException;
    }

    /** Here 1 says that the server broke a promise; so what is wrong with the judgement itself is 2. */
    private static int judge(Judge judge, CommandLine line, PrintStream out, PrintStream err) {
        try {
            return judge.run(out, err) ? OK : BROKEN;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, String.valueOf(e.getMessage()), e);
        } catch (CannotMeasure | CannotVerify e) {
            return refuse(err, firstLine(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refuse(err, "interrupted");
        } catch (RuntimeException e) {
            e.printStackTrace(err);
            return refuse(err, line.getCommandName() + " itself is broken: " + e);
        }
    }

    private static void serve(ServerOptions options, PrintStream out) throws ListenException, InterruptedException {
        ServerLog.configure(ServerLog.UNTIL_CONFIGURED);
        SettingsLoader.Result loaded = SettingsLoader.load(options.overrides(), options.file());
        Settings settings = loaded.settings();
        ServerLog.configure(settings.log());
        Logger log = LoggerFactory.getLogger(Main.class);
        loaded.warnings().forEach(log::warn);
        EmbeddedJetty server = listen(settings);
        if (isWildcard(settings.http().host()) && settings.http().hosts().isEmpty()) {
            log.warn("listening on all addresses, but browsers that come by a name are refused: set parley.hosts");
        }
        String line = "Parley " + Version.current() + " listens on " + server.uri() + " - press Ctrl-C to stop";
        Shutdown shutdown = Shutdown.atExit(server::stop, settings.drain());
        try {
            out.println(line);
            out.flush();
            new CountDownLatch(1).await();
        } finally {
            shutdown.now();
        }
    }

    private static boolean isWildcard(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    private static EmbeddedJetty listen(Settings settings) throws ListenException {
        try {
            return EmbeddedJetty.start(settings);
        } catch (IOException e) {
            throw e instanceof ListenException refused
                    ? refused
                    : new ListenException(settings.http(), settings.http().port(), "--host and --port choose", e);
        }
    }

    private static int refuse(PrintStream err, String line) {
        err.println("parley: " + line);
        err.flush();
        return REFUSED;
    }

    private static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }
}
