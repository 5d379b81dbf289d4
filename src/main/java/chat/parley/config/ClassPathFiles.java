package chat.parley.config;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The files {@code META-INF/microprofile-config.properties} on a class path, in UTF-8: what MicroProfile Config reads by
 * itself. They may name their own rank by {@code config_ordinal}.
 */
final class ClassPathFiles {

    private static final String NAME = "META-INF/microprofile-config.properties";
    private static final String ORDINAL = "config_ordinal";
    private static final int DEFAULT_ORDINAL = 100;

    private ClassPathFiles() {}

    /**
     * All of them.
     *
     * @throws SettingsException when one cannot be read
     */
    static List<NamedSource> all(ClassLoader loader) {
        try {
            List<NamedSource> sources = new ArrayList<>();
            for (URL file : Collections.list(loader.getResources(NAME))) {
                sources.add(read(file));
            }
            return sources;
        } catch (IOException e) {
            throw new SettingsException("cannot look for " + NAME + ": " + e, e);
        }
    }

    private static NamedSource read(URL file) {
        Properties properties = new Properties();
        try {
            URLConnection connection = file.openConnection();
            connection.setUseCaches(false); // a jar in the cache stays open
            try (Reader reader = new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (String name : properties.stringPropertyNames()) {
                values.put(name, properties.getProperty(name, ""));
            }
            String ordinal = properties.getProperty(ORDINAL, "").strip();
            return new NamedSource(
                    file.toString(), ordinal.isEmpty() ? DEFAULT_ORDINAL : Integer.parseInt(ordinal), values);
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException("cannot read the settings in " + file + ": " + e.getMessage(), e);
        }
    }
}
