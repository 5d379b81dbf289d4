package chat.parley.config;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds the value of every {@link Setting} and makes {@link Settings} of them. Who speaks first, wins: overrides (the
 * command line, in a WAR the context parameters), in a WAR the MicroProfile Config of the application server, system
 * properties {@code parley.*}, environment variables {@code PARLEY_*}, the properties file (in a WAR {@link
 * ClassPathFiles}), the defaults.
 *
 * <p>MicroProfile Config reads the sources, built here with just these: what a jar on the class path would add is not
 * asked. Nothing is expanded in a value.
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
     * Loads for a WAR: from its context parameters, what the application server has for MicroProfile Config, the system
     * properties, the environment, and {@code META-INF/microprofile-config.properties} on its class path.
     *
     * @param parameters by key; an unknown key is refused
     * @param contextPath where the WAR is deployed, of which its data folder has its name: {@link DataFolder}
     * @throws SettingsException when a key or a value is not good
     */
    public static Result loadInContainer(Map<String, String> parameters, String contextPath) {
        return loadInContainer(parameters, contextPath, System.getProperty("user.home"));
    }

    static Result loadInContainer(Map<String, String> parameters, String contextPath, @Nullable String home) {
        Names names = new Names();
        List<ConfigSource> sources = new ArrayList<>(ClassPathFiles.all(SettingsLoader.class.getClassLoader()));
        for (ConfigSource source : sources) {
            names.refuseUnknownOfOurs(source.getPropertyNames(), source.getName());
        }
        ServerConfig.find().ifPresent(sources::add);
        Map<String, String> defaults = defaults();
        String url = DataFolder.storeUrl(contextPath, home);
        if (url == null) {
            defaults.remove(Setting.STORE_URL.key());
        } else {
            defaults.put(Setting.STORE_URL.key(), url);
        }
        return load(
                names,
                overrides(NamedSource.CONTEXT_PARAMETER, parameters),
                strings(System.getProperties()),
                System.getenv(),
                sources,
                defaults);
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
        Names names = new Names();
        List<ConfigSource> files = new ArrayList<>();
        if (file != null) {
            NamedSource source = new NamedSource(file.toString(), 200, SettingsFile.read(file));
            names.refuseUnknownOfOurs(source.getPropertyNames(), source.getName());
            names.warnOfForeign(source.getPropertyNames(), source.getName());
            files.add(source);
        }
        return load(
                names,
                overrides(NamedSource.COMMAND_LINE, overrides),
                systemProperties,
                environment,
                files,
                defaults());
    }

    private static Result load(
            Names names,
            NamedSource overrides,
            Map<String, String> systemProperties,
            Map<String, String> environment,
            List<ConfigSource> more,
            Map<String, String> defaults) {
        names.refuseUnknown(overrides.getPropertyNames(), overrides.getName());
        names.refuseUnknownOfOurs(systemProperties.keySet(), NamedSource.SYSTEM_PROPERTY);
        names.warnOfUnknownVariables(environment.keySet());
        List<ConfigSource> sources = new ArrayList<>(more);
        sources.add(overrides);
        sources.add(new NamedSource(NamedSource.SYSTEM_PROPERTY, 400, systemProperties));
        sources.add(new EnvConfigSource(environment, 300));
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(sources)
                .withDefaultValues(defaults)
                .build();
        if (config.getConfigValue(Setting.STORE_URL.key()).getValue() == null) {
            throw new SettingsException(
                    Setting.STORE_URL.key()
                            + ": must be set, because whoever runs the application server has no home that messages could be in");
        }
        String usualStoreUrl = defaults.getOrDefault(Setting.STORE_URL.key(), Setting.STORE_URL.defaultValue());
        return new Result(new SettingsReader(config, usualStoreUrl).read(), names.warnings());
    }

    private static NamedSource overrides(String name, Map<String, String> values) {
        return new NamedSource(name, 500, values);
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new HashMap<>();
        for (Setting setting : Setting.values()) {
            defaults.put(setting.key(), setting.defaultValue());
        }
        return defaults;
    }

    private static Map<String, String> strings(Properties properties) {
        Map<String, String> strings = new LinkedHashMap<>();
        for (String name : properties.stringPropertyNames()) {
            strings.put(name, properties.getProperty(name, ""));
        }
        return strings;
    }
}
