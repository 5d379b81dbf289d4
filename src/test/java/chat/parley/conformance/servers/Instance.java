package chat.parley.conformance.servers;

import chat.parley.conformance.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** One server's own folder and ports. */
final class Instance {

    private final Path folder;
    private final int port = freePort();
    private final Set<Integer> given = new HashSet<>(Set.of(port));

    Instance(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** The home of whoever runs it: where a WAR keeps its data unless it is told. */
    Path userHome() {
        return folder.resolve("home");
    }

    /** What its processes say. */
    Path output() {
        return folder.resolve("output");
    }

    int port() {
        return port;
    }

    /** Another port that is free. */
    int anotherPort() {
        int another;
        do {
            another = freePort();
        } while (!given.add(another));
        return another;
    }

    /** {@link Target#SETTINGS} as environment variables. */
    static Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        Target.SETTINGS.forEach((key, value) -> variables.put(variable(key), value));
        return variables;
    }

    /** What a setting is called as an environment variable. */
    static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** {@link Target#SETTINGS} as arguments of the JVM. */
    static List<String> systemProperties() {
        return Target.SETTINGS.entrySet().stream()
                .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                .sorted()
                .toList();
    }

    /** {@link Target#SETTINGS}, each as an element of XML; the template has two places, for the key and the value. */
    static String elements(String template) {
        return new TreeMap<>(Target.SETTINGS)
                .entrySet().stream()
                        .map(setting -> template.formatted(setting.getKey(), setting.getValue()))
                        .collect(Collectors.joining("\n"));
    }

    /** Where the WAR is when it is called like that. */
    URI at(String context) {
        return URI.create("http://localhost:" + port + "/" + context + "/");
    }

    /** Writes a text file below the folder, in a folder that is made if need be. */
    Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    /** Copies a file, or a folder with all that is in it, to below the folder. */
    Path copy(Path from, String name) throws IOException {
        Path to = folder.resolve(name);
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(each, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return to;
    }

    /** Puts the driver that the WAR has where the server looks for drivers of data sources. */
    void driver(String name) throws IOException {
        Path to = folder.resolve(name);
        Files.createDirectories(to.getParent());
        try (ZipFile war = new ZipFile(ApplicationServer.WAR.toFile())) {
            ZipEntry driver = war.stream()
                    .filter(entry -> entry.getName().startsWith("WEB-INF/lib/sqlite-jdbc"))
                    .findFirst()
                    .orElseThrow();
            try (InputStream in = war.getInputStream(driver)) {
                Files.copy(in, to);
            }
        }
    }

    /** One that no client is given by chance while the server is away. */
    private static int freePort() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException e) {
                // Somebody has it.
            }
        }
        throw new UncheckedIOException(new IOException("no port is free"));
    }
}
