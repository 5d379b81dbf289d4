package chat.parley.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/**
 * How the driver of SQLite gets its library, a megabyte, which it unpacks for each class loader before it loads it. A
 * process that is killed cannot remove it, and one that undeploys does not end: so not the folder for temporary files,
 * where they would pile up, but one of ours, which is gone again as soon as the library is loaded; in an application
 * server, when the next one is.
 */
final class NativeLibrary {

    private static final String FOLDER = "org.sqlite.tmpdir";
    private static final String UNPACKED = "org.sqlite.lib.path";

    private NativeLibrary() {}

    /**
     * Has it loaded, by way of a folder that nobody else uses now, unless the operator said where.
     *
     * @throws IOException when it cannot be unpacked or loaded
     */
    static void loadBy(Path folder) throws IOException {
        // What the driver is told is told to the whole process, in which more of us may load theirs at the same time.
        synchronized (System.getProperties()) {
            if (System.getProperty(FOLDER) != null || System.getProperty(UNPACKED) != null) {
                return;
            }
            remove(folder);
            Files.createDirectories(folder);
            System.setProperty(FOLDER, folder.toString());
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            // It may run a program to learn what machine this is; a thread of the JVM waits for that, and keeps the
            // loader.
            thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
            try {
                SQLiteJDBCLoader.initialize();
            } catch (Exception e) { // that is what it declares
                throw new IOException("the library of SQLite cannot be loaded by way of " + folder + ": " + e, e);
            } finally {
                thread.setContextClassLoader(before);
                System.clearProperty(FOLDER);
                if (isAlone()) {
                    remove(folder);
                }
            }
        }
    }

    /**
     * Whether nobody else in the process has this driver, such as a data source of an application server: that one may
     * have heard of the folder meanwhile, unpacked its own there, and be about to load it.
     */
    private static boolean isAlone() {
        return NativeLibrary.class.getClassLoader() == ClassLoader.getSystemClassLoader();
    }

    /** As far as the system lets it: some keep a library that is loaded. */
    private static void remove(Path folder) {
        try {
            if (Files.isDirectory(folder)) {
                List<Path> left;
                try (Stream<Path> all = Files.walk(folder)) {
                    left = all.sorted(Comparator.reverseOrder()).toList();
                }
                for (Path each : left) {
                    Files.delete(each);
                }
            }
        } catch (IOException e) {
            // The next start tries again.
        }
    }
}
