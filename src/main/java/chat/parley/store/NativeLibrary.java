package chat.parley.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the driver of SQLite unpacks its library before it loads it: once a process, a megabyte, and a process that is
 * killed, or halts, cannot remove it. So not the folder for temporary files, where they would pile up, but one of ours.
 */
final class NativeLibrary {

    private static final String FOLDER = "org.sqlite.tmpdir";
    private static final String UNPACKED = "org.sqlite.lib.path";

    private NativeLibrary() {}

    /** Has it unpacked into a folder that nobody else uses now, and which is emptied; unless the operator said where. */
    static void unpackInto(Path folder) throws IOException {
        if (System.getProperty(FOLDER) != null || System.getProperty(UNPACKED) != null) {
            return;
        }
        if (Files.isDirectory(folder)) {
            remove(folder);
        }
        Files.createDirectories(folder);
        System.setProperty(FOLDER, folder.toString());
    }

    private static void remove(Path folder) throws IOException {
        List<Path> left;
        try (Stream<Path> all = Files.walk(folder)) {
            left = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : left) {
            Files.delete(each);
        }
    }
}
