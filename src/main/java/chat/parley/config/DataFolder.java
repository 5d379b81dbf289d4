package chat.parley.config;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a WAR keeps its data unless it is told: a folder of its own for each context path, in the home of whoever runs the
 * application server. Not in the web application, which goes with the next version of it; and not where the server was
 * started, which may be elsewhere the next time, so that everything said seems lost.
 */
final class DataFolder {

    private static final String ROOT = "ROOT";

    private DataFolder() {}

    /**
     * The default of {@link Setting#STORE_URL} in a WAR.
     *
     * @param home the home of the user, as the JVM has it
     * @return null when nobody knows the home
     */
    static @Nullable String storeUrl(String contextPath, @Nullable String home) {
        if (home == null || home.isEmpty() || home.equals("?")) { // so the JVM says when it does not know
            return null;
        }
        return "jdbc:sqlite:" + Path.of(home, ".parley", name(contextPath), "parley.db");
    }

    /** A name no other path has, but for one that is called as the root is. */
    private static String name(String contextPath) {
        String path = contextPath.startsWith("/") ? contextPath.substring(1) : contextPath;
        return path.isEmpty() ? ROOT : URLEncoder.encode(path, StandardCharsets.UTF_8);
    }
}
