package chat.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the files for containers and services say of settings is true. */
class DeploymentFilesTest {

    private static final Path FILES = Path.of("src/main");
    private static final Path COMPOSE = FILES.resolve("compose/compose.yaml");
    private static final Path KUBERNETES = FILES.resolve("kubernetes");

    private static final Pattern VARIABLE = Pattern.compile("PARLEY_[A-Z0-9_]*[A-Z0-9]");
    private static final Pattern KEY = Pattern.compile("(?<![\\w./-])parley(?:\\.[a-z0-9-]+)+");
    private static final Pattern VALUE = Pattern.compile("(?m)^ +(PARLEY_[A-Z_]+): (.+)$");

    /** What is called like a key and is a file. */
    private static final Set<String> FILE_NAMES =
            Set.of("parley.properties", "parley.secret", "parley.jar", "parley.db", "parley.service", "parley.env");

    /** What a stop may take after the drain. */
    private static final Duration REST = Duration.ofSeconds(30);

    @Test
    void everyNameInThemIsASetting() throws IOException {
        Set<String> variables = new TreeSet<>();
        Set<String> keys = new TreeSet<>();
        for (String text : texts()) {
            VARIABLE.matcher(text).results().map(MatchResult::group).forEach(variables::add);
            KEY.matcher(text).results().map(MatchResult::group).forEach(keys::add);
        }
        keys.removeAll(FILE_NAMES);
        assertTrue(variables.size() >= 8, variables::toString);
        assertTrue(keys.containsAll(Set.of("parley.store.password", "parley.relay.url")), keys::toString);

        for (Setting setting : Setting.values()) {
            variables.remove(setting.variable());
            keys.remove(setting.key());
        }

        assertEquals(Set.of(), variables);
        assertEquals(Set.of(), keys);
    }

    @Test
    void theServerTakesWhatTheySay() throws IOException {
        for (Path file : List.of(COMPOSE, KUBERNETES.resolve("settings.yaml"))) {
            Map<String, String> settings = settings(Files.readString(file));
            assertTrue(settings.size() >= 6, settings::toString);

            assertTrue(settings.get("parley.store.url").startsWith("jdbc:postgresql://"), settings::toString);
            assertTrue(SettingsLoader.of(settings).auth().secretFile().startsWith("/"), settings::toString);
        }
    }

    @Test
    void aStopHasTheTimeThatItsDrainNeeds() throws IOException {
        String compose = Files.readString(COMPOSE);
        String deployment = Files.readString(KUBERNETES.resolve("deployment.yaml"));
        Duration composed = Duration.ofSeconds(number(compose, "parley:\n(?s:.*?)stop_grace_period: (\\d+)s"));
        Duration deployed = Duration.ofSeconds(number(deployment, "terminationGracePeriodSeconds: (\\d+)"));
        Duration before = Duration.ofSeconds(number(deployment, "\"sleep\", \"(\\d+)\""));

        assertTrue(composed.compareTo(drain(compose).plus(REST)) > 0, composed::toString);
        Duration needed = before.plus(drain(Files.readString(KUBERNETES.resolve("settings.yaml"))))
                .plus(REST);
        assertTrue(deployed.compareTo(needed) > 0, deployed::toString);
    }

    @Test
    void noServiceIsTakenForASetting() throws IOException {
        assertTrue(Files.readString(KUBERNETES.resolve("deployment.yaml"))
                .contains("\n      enableServiceLinks: false\n"));
    }

    @Test
    void theAddressOfTheBalancerIsItsOwn() throws IOException {
        String compose = Files.readString(COMPOSE);
        String front = "172\\.28\\.17\\.";

        long balancer = number(compose, "ipv4_address: " + front + "(\\d+)");
        assertEquals(balancer, number(compose, "PARLEY_PROXIES: " + front + "(\\d+)"));
        assertTrue(balancer < number(compose, "ip_range: " + front + "(\\d+)/"), "nodes come first, and take it");
    }

    private static Duration drain(String text) {
        return SettingsLoader.of(settings(text)).drain();
    }

    private static Map<String, String> settings(String text) {
        Map<String, String> settings = new TreeMap<>();
        VALUE.matcher(text).results().forEach(found -> settings.put(key(found.group(1)), found.group(2)));
        return settings;
    }

    private static String key(String variable) {
        return Stream.of(Setting.values())
                .filter(setting -> setting.variable().equals(variable))
                .findFirst()
                .orElseThrow()
                .key();
    }

    private static long number(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertTrue(found.find(), pattern);
        return Long.parseLong(found.group(1));
    }

    private static List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String folder : List.of("compose", "kubernetes", "docker", "systemd")) {
            try (Stream<Path> files = Files.list(FILES.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    texts.add(Files.readString(file));
                }
            }
        }
        return texts;
    }
}
