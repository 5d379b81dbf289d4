package chat.parley.server;

import chat.parley.config.Settings;
import chat.parley.config.SettingsException;
import chat.parley.config.SettingsLoader;
import chat.parley.verify.Secure;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code health}: asks the server on this machine that has these settings, for whoever watches it without a tool of their own. */
@Command(
        name = "health",
        description = "Asks the server on this machine whether it takes clients and messages (/health/ready).",
        footer = {"", "Exit code: 0 when it does, 1 when it does not or does not answer, 2 when a setting is refused."})
final class HealthCommand {

    private static final int PATIENCE_MILLIS = 5_000;

    @Option(names = "--config", paramLabel = "FILE", description = "The server's properties file.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the server, such as parley.port=8081; may be given more than once.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this, then exit.")
    @SuppressWarnings("unused") // picocli asks it
    private boolean help;

    /**
     * Asks, and says what it found.
     *
     * @return whether the server is ready
     * @throws SettingsException when a setting is refused
     */
    boolean run(PrintStream out, PrintStream err) {
        ServerLog.configure(ServerLog.UNTIL_CONFIGURED);
        URI ready = ready(SettingsLoader.load(set, file).settings());
        try {
            HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
            if (connection instanceof HttpsURLConnection secure) {
                trust(secure);
            }
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            int status = connection.getResponseCode();
            connection.disconnect();
            (status == HttpURLConnection.HTTP_OK ? out : err).println(ready + " says " + status);
            return status == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            err.println("parley: " + ready + " does not answer: " + e.getMessage());
            return false;
        }
    }

    private static URI ready(Settings settings) {
        Settings.Http http = settings.http();
        int port = settings.tls().isOn() ? settings.tls().port() : http.port();
        if (port == 0) {
            throw new SettingsException("parley.port = 0: any free port, and which that is only the server knows");
        }
        String host = http.host().equals("0.0.0.0") || http.host().equals("::") ? "localhost" : http.hostInUri();
        return URI.create((settings.tls().isOn() ? "https" : "http") + "://" + host + ":" + port + "/health/ready");
    }

    /** It is this machine, under a name that is not in its certificate; and nothing is told it but the question. */
    private static void trust(HttpsURLConnection connection) {
        connection.setSSLSocketFactory(Secure.trustingAnybody());
        connection.setHostnameVerifier((name, session) -> true);
    }
}
