package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;

class NativeLibraryTest {

    @TempDir
    private Path data;

    /** A data source of the server may load its own from the same folder at that moment. */
    @Test
    void inAnApplicationServerNothingIsRemovedUntilTheNextOneIsLoaded() throws Exception {
        Path folder = data.resolve("parley.db.lib");
        List<Path> first;
        List<Path> second;
        try (URLClassLoader application = application()) {
            loadIn(application, folder);
            first = libraries(folder);
        }
        try (URLClassLoader redeployed = application()) {
            loadIn(redeployed, folder);
            second = libraries(folder);
        }
        assertEquals(1, first.size());
        assertEquals(1, second.size());
        assertNotEquals(first, second);
    }

    /** As a web application has them: ours and the driver in one loader that is not the JVM's own. */
    private static URLClassLoader application() {
        URL[] classes = Stream.of(NativeLibrary.class, SQLiteJDBCLoader.class)
                .map(each -> each.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
        return new URLClassLoader(classes, ClassLoader.getPlatformClassLoader());
    }

    private static void loadIn(ClassLoader application, Path folder) throws Exception {
        Method load = application.loadClass(NativeLibrary.class.getName()).getDeclaredMethod("loadBy", Path.class);
        load.setAccessible(true);
        load.invoke(null, folder);
    }

    private static List<Path> libraries(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".lck")).toList();
        }
    }
}
