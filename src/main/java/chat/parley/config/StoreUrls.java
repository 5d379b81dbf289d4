package chat.parley.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads where messages are kept. */
final class StoreUrls {

    static final String MEMORY = "memory:";
    private static final String SQLITE = "jdbc:sqlite:";

    private StoreUrls() {}

    /** A file of that name in the folder of the database; empty while there is no database. */
    static String beside(String url, String name) {
        return url.equals(MEMORY)
                ? ""
                : Path.of(url.substring(SQLITE.length())).resolveSibling(name).toString();
    }

    static String parse(String written) {
        if (written.equals(MEMORY)) {
            return written;
        }
        String path = written.startsWith(SQLITE) ? written.substring(SQLITE.length()) : "";
        if (path.isEmpty()) {
            throw new IllegalArgumentException("must be jdbc:sqlite: and a file, or memory:");
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
}
