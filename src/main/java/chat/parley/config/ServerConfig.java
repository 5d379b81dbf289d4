package chat.parley.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;

/**
 * What an application server that has MicroProfile Config says of our settings, from sources of its own: variables of the
 * server, folders of secrets. It has asked system properties and the environment as well, by its own order.
 */
final class ServerConfig {

    private static final String NAME = "MicroProfile Config of the application server";

    /** Behind the context parameters, and before what it has looked at itself. */
    private static final int ORDINAL = 450;

    private ServerConfig() {}

    /**
     * Its values, now; empty where the server has no MicroProfile Config.
     */
    static Optional<NamedSource> find() {
        ClassLoader server = ConfigProviderResolver.class.getClassLoader();
        if (server == ServerConfig.class.getClassLoader()) {
            return Optional.empty(); // the interfaces are those we brought
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // It would find the implementation that we brought as well, and take that for the whole server's.
        thread.setContextClassLoader(server);
        try {
            ConfigProviderResolver resolver = ConfigProviderResolver.instance();
            return resolver.getClass().getClassLoader() == ServerConfig.class.getClassLoader()
                    ? Optional.empty()
                    : Optional.of(values(resolver.getConfig(ServerConfig.class.getClassLoader())));
        } catch (IllegalStateException e) {
            return Optional.empty(); // so it says that there are interfaces and no implementation
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static NamedSource values(Config config) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            config.getOptionalValue(setting.key(), String.class).ifPresent(value -> values.put(setting.key(), value));
        }
        return new NamedSource(NAME, ORDINAL, values);
    }
}
