package chat.parley.server;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line. Values are not looked at here: whatever is set goes through the one check of the settings. */
@Command(
        name = "parley",
        versionProvider = Version.class,
        description = "A real-time chat server: a room is a log, a member is a cursor.",
        footer = {
            "",
            "Settings come from the command line, system properties (-Dparley.port=8081), environment",
            "variables (PARLEY_PORT=8081) and the file of --config; the first that speaks wins.",
            "Exit code: 0 after a stop by Ctrl-C or SIGTERM once it listens, 2 when an option, a value or a port is refused."
        })
final class ServerOptions {

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Address to listen on (parley.host); localhost unless given.")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on (parley.port); 8080 unless given, 0 is any free one.")
    private @Nullable String port;

    @Option(names = "--config", paramLabel = "FILE", description = "Properties file with parley.* settings, in UTF-8.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any setting, such as parley.drain=2s; may be given more than once.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--help-config", description = "Show every setting with its default, unit and meaning, then exit.")
    private boolean table;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version, then exit.")
    @SuppressWarnings("unused") // picocli asks it
    private boolean version;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this, then exit.")
    @SuppressWarnings("unused") // picocli asks it
    private boolean help;

    /**
     * Fills these options, or those of the command that is named; returns the one or the other.
     *
     * @throws CommandLine.ParameterException when an argument is not good
     */
    CommandLine parse(String... arguments) {
        CommandLine line = new CommandLine(this)
                .addSubcommand(new BenchCommand())
                .addSubcommand(new VerifyCommand())
                .addSubcommand(new HealthCommand())
                .addSubcommand(new NewEpochCommand())
                .setUsageHelpWidth(100)
                .setExpandAtFiles(false);
        ParseResult parsed = line.parseArgs(arguments);
        if (!parsed.hasSubcommand()) {
            return line;
        }
        if (!parsed.matchedOptions().isEmpty()) {
            throw new ParameterException(
                    line, "Options of the server do not go before a command: it has --set for what it has to know");
        }
        return parsed.subcommand().commandSpec().commandLine();
    }

    boolean wantsTable() {
        return table;
    }

    /** The file of {@code --config}; null when none was given. */
    @Nullable Path file() {
        return file;
    }

    /** Settings given on the command line, by key. {@code --host} and {@code --port} go before {@code --set}. */
    Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>(set);
        if (host != null) {
            overrides.put("parley.host", host);
        }
        if (port != null) {
            overrides.put("parley.port", port);
        }
        return overrides;
    }
}
