package chat.parley.server;

import chat.parley.config.SettingsException;
import chat.parley.config.SettingsLoader;
import chat.parley.store.StoreRefusedException;
import chat.parley.store.Stores;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command {@code new-epoch}: gives the log that a server with these settings has another epoch, so that clients take it
 * for another log. For after a restore from a backup, or a failover that lost commits.
 */
@Command(
        name = "new-epoch",
        description =
                "Gives the log another epoch, so that clients take it for another one: after a restore from a backup,"
                        + " or a failover that lost commits. Stop every server of it first.",
        footer = {"", "Exit code: 0 when it was done, 1 when the database cannot be reached, 2 when it was refused."})
final class NewEpochCommand {

    @Option(names = "--config", paramLabel = "FILE", description = "The server's properties file.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the server, such as parley.store.url=...; may be given more than once.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this, then exit.")
    @SuppressWarnings("unused") // picocli asks it
    private boolean help;

    /**
     * Does it, and says so.
     *
     * @throws SettingsException when a setting is refused
     * @throws StoreRefusedException when the store is
     */
    void run(PrintStream out) {
        ServerLog.configure(ServerLog.UNTIL_CONFIGURED);
        String epoch = Stores.newEpoch(SettingsLoader.load(set, file).settings().store());
        out.println("the log has the epoch " + epoch + " now");
        out.flush();
    }
}
