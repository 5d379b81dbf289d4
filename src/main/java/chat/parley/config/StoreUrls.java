package chat.parley.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads where messages are kept. */
final class StoreUrls {

    static final String MEMORY = "memory:";
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRES = "jdbc:postgresql:";

    private StoreUrls() {}

    /**
     * A file of that name in the folder of the database; empty while there is no database.
     *
     * @param usual the URL of the file that the database is unless one is chosen: its folder is taken for one that has none
     */
    static String beside(String url, String usual, String name) {
        if (url.equals(MEMORY)) {
            return "";
        }
        String file = url.startsWith(SQLITE) ? url : usual;
        return Path.of(file.substring(SQLITE.length())).resolveSibling(name).toString();
    }

    /** Whether several servers can keep their messages there. */
    static boolean isShared(String url) {
        return url.startsWith(POSTGRES);
    }

    static String parse(String written) {
        if (written.equals(MEMORY)) {
            return written;
        }
        if (written.startsWith(POSTGRES)) {
            return postgres(written);
        }
        String path = written.startsWith(SQLITE) ? written.substring(SQLITE.length()) : "";
        if (path.isEmpty()) {
            throw new IllegalArgumentException(
                    "must be jdbc:sqlite: and a file, jdbc:postgresql://host/database, or memory:");
        }
        // The driver would take these for a database in memory, an address, or options that break what is promised.
        if (path.startsWith(":") || path.startsWith("file:") || path.contains("?")) {
            throw new IllegalArgumentException("must name a file and nothing else behind jdbc:sqlite:");
        }
        try {
            Path file = Path.of(path);
            if (file.getFileName() == null || path.endsWith("/")) {
                throw new IllegalArgumentException("must name a file, not a folder");
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("must name a file: " + e.getReason());
        }
        return written;
    }

    /** The driver reads the rest; a password in it would be shown wherever the URL is. */
    private static String postgres(String written) {
        if (written.length() == POSTGRES.length() || written.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            throw new IllegalArgumentException("must be jdbc:postgresql://host:port/database, without spaces");
        }
        if (written.contains("?password=") || written.contains("&password=")) {
            throw new IllegalArgumentException("must not have the password in it: parley.store.password is for that");
        }
        return written;
    }
}
