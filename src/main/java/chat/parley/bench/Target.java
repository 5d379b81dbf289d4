package chat.parley.bench;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;

/**
 * The server to be measured: one that runs already, or several that have one log, or one to be started for it.
 *
 * @param urls where each listens; empty: one is started
 * @param oneSends whether only members at the first of them send, so that what others get came from another
 * @param pid its process, to read its CPU and memory; 0: it is looked for
 * @param settings {@code parley.*} settings for the one to be started, by key
 * @param jvmFlags for the one to be started
 */
public record Target(List<URI> urls, boolean oneSends, long pid, Map<String, String> settings, List<String> jvmFlags) {
    private static final String ENDPOINT = "/chat";

    /** @throws IllegalArgumentException with one line that says what is wrong */
    public Target {
        urls = List.copyOf(urls);
        settings = Map.copyOf(settings);
        jvmFlags = List.copyOf(jvmFlags);
        Bounds.check("--server-pid", (double) pid, 0, Integer.MAX_VALUE);
        if (oneSends && urls.size() < 2) {
            throw new IllegalArgumentException("--senders one is for several servers: give their URLs");
        }
        if (urls.size() > 1 && pid > 0) {
            throw new IllegalArgumentException("--server-pid is for one server: of several they are found, on Linux");
        }
        if (urls.isEmpty() && pid > 0) {
            throw new IllegalArgumentException("--server-pid is for a server that runs already: its URL is missing");
        }
        if (!urls.isEmpty() && !(settings.isEmpty() && jvmFlags.isEmpty())) {
            throw new IllegalArgumentException(
                    "--set and --server-jvm are for a server of its own: they do not reach " + urls.get(0));
        }
        for (String key : List.of("parley.host", "parley.port")) {
            if (settings.containsKey(key)) {
                throw new IllegalArgumentException(
                        "--set " + key + ": a server of its own listens on 127.0.0.1 and any free port");
            }
        }
    }

    /** Whether one is to be started. */
    boolean isOwn() {
        return urls.isEmpty();
    }

    /**
     * The URL of an endpoint; {@code /chat} when it has no path.
     *
     * @throws IllegalArgumentException with one line that says what is wrong
     */
    public static URI parse(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no URL: " + text, e);
        }
        String scheme = String.valueOf(url.getScheme());
        if (scheme.equalsIgnoreCase("wss")) {
            throw new IllegalArgumentException(
                    "wss:// is not supported: give the ws:// address behind what ends TLS, not " + text);
        }
        boolean isWebSocket = scheme.equalsIgnoreCase("ws")
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawFragment() == null
                && url.getPort() <= 0xFFFF
                && url.getPort() != 0;
        if (!isWebSocket) {
            throw new IllegalArgumentException("the URL must look like ws://HOST:PORT/chat, not " + text);
        }
        if (!url.getRawPath().isEmpty()) {
            return url;
        }
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create("ws://" + url.getRawAuthority() + ENDPOINT + query);
    }
}
