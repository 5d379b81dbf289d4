package chat.parley.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What the two packages hold, and what they must not. */
class PackagingIT {

    private static final Path TARGET = Path.of(System.getProperty("project.build.directory", "target"));
    private static final Path JAR = TARGET.resolve("parley.jar");
    private static final Path WAR = TARGET.resolve("parley.war");

    /** What an application server takes from any library of an application and lets act. */
    private static final Set<String> RUN_BY_CONTAINERS = Set.of(
            "META-INF/services/jakarta.servlet.ServletContainerInitializer",
            "META-INF/services/jakarta.enterprise.inject.spi.Extension",
            "META-INF/web-fragment.xml",
            "META-INF/beans.xml");

    @Test
    void theJarRunsAndServesThePage() throws Exception {
        try (ParleyProcess parley = ParleyProcess.fromJar(JAR, "--port", "0")) {
            URI uri = parley.awaitUri();

            HttpResponse<String> page = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

            assertEquals(200, page.statusCode());
            assertTrue(page.body().contains("<html"), page.body());
        }
    }

    @Test
    void theJarMeasuresAServerItStartsFromItself() throws Exception {
        try (ParleyProcess bench =
                ParleyProcess.fromJar(JAR, "bench", "--connections=5", "--seconds=1", "--warmup=0")) {
            assertEquals(0, bench.awaitExit(), bench.errors());
            assertTrue(String.join("\n", bench.output()).contains(" lost 0 "), bench.errors());
        }
    }

    @Test
    void theJarIsMultiReleaseSoThatRecordsTravel() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertTrue(jar.isMultiRelease());
            assertEquals(
                    "chat.parley.server.Main",
                    jar.getManifest().getMainAttributes().getValue("Main-Class"));
            assertTrue(jar.stream()
                    .anyMatch(entry -> entry.getName().startsWith("META-INF/versions/16/org/eclipse/yasson")));
        }
    }

    @Test
    void theJarKeepsServicesAndLicences() throws IOException {
        Set<String> names = names(JAR);

        assertTrue(names.contains("META-INF/services/org.slf4j.spi.SLF4JServiceProvider"));
        assertTrue(names.contains("META-INF/services/jakarta.json.bind.spi.JsonbProvider"));
        String licences =
                text(JAR, "META-INF/LICENSE") + text(JAR, "META-INF/LICENSE.md") + text(JAR, "META-INF/LICENSE.txt");
        for (String phrase : List.of("Apache License", "Eclipse Public License - v 2.0", "QOS.ch")) {
            assertTrue(licences.contains(phrase), phrase);
        }
        assertTrue(text(JAR, "META-INF/NOTICE.md").contains("Eclipse Yasson"));
        assertTrue(text(JAR, "META-INF/licenses/icu4j.txt").contains("UNICODE LICENSE V3"));
    }

    @Test
    void theWarHoldsThePageAndParleyButNoServer() throws IOException {
        Set<String> names = names(WAR);

        assertTrue(names.contains("index.html"));
        assertTrue(names.contains("WEB-INF/classes/chat/parley/config/Settings.class"));
        assertEquals(Set.of(), those(names, name -> name.startsWith("WEB-INF/classes/chat/parley/server/")));
        assertEquals(Set.of(), those(names, name -> name.startsWith("WEB-INF/classes/chat/parley/bench/")));
        assertEquals(Set.of(), those(names, name -> name.startsWith("WEB-INF/classes/webapp/")));
    }

    @Test
    void theWarBringsNothingThatTheContainerHas() throws IOException {
        Set<String> libraries = those(names(WAR), name -> name.startsWith("WEB-INF/lib/"));

        assertTrue(libraries.stream().anyMatch(name -> name.contains("/yasson-")), libraries.toString());
        assertTrue(libraries.stream().anyMatch(name -> name.contains("/slf4j-jdk14-")), libraries.toString());
        for (String unwanted : List.of(
                "jetty",
                "picocli",
                "logback",
                "servlet-api",
                "websocket",
                "tyrus",
                "junit",
                "HdrHistogram",
                "progressbar",
                "jline")) {
            assertEquals(Set.of(), those(libraries, name -> name.contains(unwanted)));
        }
    }

    @Test
    void nothingInTheWarIsRunByTheContainerButWhatIsOurs() throws IOException {
        Set<String> found = new TreeSet<>();
        try (JarFile war = new JarFile(WAR.toFile())) {
            for (String library : those(names(WAR), name -> name.matches("WEB-INF/lib/.*\\.jar"))) {
                try (JarInputStream entries = new JarInputStream(war.getInputStream(war.getEntry(library)))) {
                    for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                        if (RUN_BY_CONTAINERS.contains(entry.getName())) {
                            found.add(library + "!" + entry.getName());
                        }
                    }
                }
            }
        }

        assertEquals(
                Set.of("WEB-INF/lib/parley-stop.jar!META-INF/services/jakarta.servlet.ServletContainerInitializer"),
                found);
    }

    @Test
    void theJarHasNothingForContainers() throws IOException {
        assertEquals(Set.of(), those(names(JAR), name -> name.startsWith("org/slf4j/impl/")));
        assertFalse(text(JAR, "META-INF/services/jakarta.servlet.ServletContainerInitializer")
                .contains("chat.parley"));
    }

    @Test
    void everyLibraryIsOnTheThirdPartyPage() throws IOException {
        String page = text(JAR, "META-INF/THIRD-PARTY.md");
        Set<String> libraries = new TreeSet<>();
        for (String name : names(JAR)) {
            if (name.matches("META-INF/maven/[^/]+/[^/]+/pom.properties")) {
                String[] parts = name.split("/");
                libraries.add(parts[2].equals("com.ibm.icu") ? "icu4j" : parts[3]);
            }
        }
        for (String name : those(names(WAR), name -> name.matches("WEB-INF/lib/(?!parley-).*\\.jar"))) {
            libraries.add(name.replaceAll(".*/(.+)-\\d.*\\.jar", "$1"));
        }

        assertTrue(libraries.size() > 15, libraries.toString());
        assertEquals(Set.of(), those(libraries, library -> !isOn(page, library)));
    }

    /** As a word of its own, or by a name that ends in a star. */
    private static boolean isOn(String page, String library) {
        return page.matches("(?s).*[ |]" + library + "[ ,|].*")
                || (library.startsWith("jetty-") && page.contains(" jetty-* "))
                || (library.startsWith("netty-") && page.contains(" netty-* "))
                || (library.startsWith("smallrye-common-") && page.contains(" smallrye-common-* "));
    }

    private static Set<String> those(Set<String> names, Predicate<String> wanted) {
        Set<String> those = new TreeSet<>(names);
        those.removeIf(wanted.negate());
        return those;
    }

    private static Set<String> names(Path archive) throws IOException {
        Set<String> names = new TreeSet<>();
        try (JarFile jar = new JarFile(archive.toFile())) {
            jar.stream().map(ZipEntry::getName).forEach(names::add);
        }
        return names;
    }

    private static String text(Path archive, String name) throws IOException {
        try (JarFile jar = new JarFile(archive.toFile())) {
            return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), UTF_8);
        }
    }
}
