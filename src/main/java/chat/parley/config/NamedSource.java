package chat.parley.config;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Values from one place, under the name by which an operator knows the place.
 *
 * @param getOrdinal the higher goes first
 */
record NamedSource(String getName, int getOrdinal, Map<String, String> getProperties) implements ConfigSource {

    static final String COMMAND_LINE = "command line";
    static final String CONTEXT_PARAMETER = "context parameter";
    static final String SYSTEM_PROPERTY = "system property";

    @Override
    public Set<String> getPropertyNames() {
        return getProperties.keySet();
    }

    @Override
    public @Nullable String getValue(String key) {
        return getProperties.get(key);
    }
}
