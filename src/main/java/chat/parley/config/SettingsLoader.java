package chat.parley.config;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds the value of every {@link Setting} and makes {@link Settings} of them. Who speaks first, wins: overrides (the
 * command line, in a WAR the context parameters), system properties {@code parley.*}, environment variables {@code PARLEY_*}, the properties file, the
 * defaults.
 *
 * <p>MicroProfile Config reads the sources, built here with just these: what a container or a jar on the class path
 * would add is not asked. Nothing is expanded in a value.
 */
public final class SettingsLoader {

    /** What was loaded, and what the operator should know about it: one sentence each. */
    public record Result(Settings settings, List<String> warnings) {
        /** Keeps a copy of the warnings. */
        public Result {
            warnings = List.copyOf(warnings);
        }
    }

    private SettingsLoader() {}

    /**
     * Loads for a WAR: from its context parameters, the system properties and the environment.
     *
     * @param parameters by key; an unknown key is refused
     * @throws SettingsException when a key or a value is not good
     */
    public static Result loadInContainer(Map<String, String> parameters) {
        return load(
                overrides(NamedSource.CONTEXT_PARAMETER, parameters),
                strings(System.getProperties()),
                System.getenv(),
                null);
    }

    /**
     * Loads from all the sources.
     *
     * @param overrides by key; an unknown key is refused
     * @param file a properties file in UTF-8; null when there is none
     * @throws SettingsException when a key or a value is not good, or the file cannot be read
     */
    public static Result load(Map<String, String> overrides, @Nullable Path file) {
        return load(overrides, strings(System.getProperties()), System.getenv(), file);
    }

    /**
     * Settings from these values and the defaults alone, whatever the process was given: for tests.
     *
     * @throws SettingsException when a key or a value is not good
     */
    public static Settings of(Map<String, String> values) {
        return load(values, Map.of(), Map.of(), null).settings();
    }

    static Result load(
            Map<String, String> overrides,
            Map<String, String> systemProperties,
            Map<String, String> environment,
            @Nullable Path file) {
        return load(overrides(NamedSource.COMMAND_LINE, overrides), systemProperties, environment, file);
    }

    private static Result load(
            NamedSource overrides,
            Map<String, String> systemProperties,
            Map<String, String> environment,
            @Nullable Path file) {
        Names names = new Names();
        names.refuseUnknown(overrides.getPropertyNames(), overrides.getName());
        names.refuseUnknownOfOurs(systemProperties.keySet(), NamedSource.SYSTEM_PROPERTY);
        names.warnOfUnknownVariables(environment.keySet());
        List<ConfigSource> sources = new ArrayList<>();
        sources.add(overrides);
        sources.add(new NamedSource(NamedSource.SYSTEM_PROPERTY, 400, systemProperties));
        sources.add(new EnvConfigSource(environment, 300));
        if (file != null) {
            NamedSource source = new NamedSource(file.toString(), 200, SettingsFile.read(file));
            names.refuseUnknownOfOurs(source.getPropertyNames(), source.getName());
            names.warnOfForeign(source.getPropertyNames(), source.getName());
            sources.add(source);
        }
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(sources)
                .withDefaultValues(defaults())
                .build();
        return new Result(new SettingsReader(config).read(), names.warnings());
    }

    private static NamedSource overrides(String name, Map<String, String> values) {
        return new NamedSource(name, 500, values);
    }

    private static Map<String, String> defaults() {
        return Stream.of(Setting.values()).collect(Collectors.toUnmodifiableMap(Setting::key, Setting::defaultValue));
    }

    private static Map<String, String> strings(Properties properties) {
        Map<String, String> strings = new LinkedHashMap<>();
        for (String name : properties.stringPropertyNames()) {
            strings.put(name, properties.getProperty(name, ""));
        }
        return strings;
    }
}
