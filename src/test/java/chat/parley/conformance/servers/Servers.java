package chat.parley.conformance.servers;

import chat.parley.conformance.Target;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Each of the application servers, for tests that are not about what it says over the wire. */
public enum Servers {
    TOMCAT(TomcatServer::tomcat),
    JETTY(JettyHomeServer::new),
    WILDFLY(WildFlyServer::new),
    LIBERTY(LibertyServer::new),
    PAYARA(PayaraServer::new),
    GLASSFISH(GlassFishServer::new),
    TOMEE(TomcatServer::tomee);

    private final Supplier<ApplicationServer> server;

    Servers(Supplier<ApplicationServer> server) {
        this.server = server;
    }

    /** Those that Maven unpacked. */
    public static List<Servers> unpacked() {
        return Arrays.stream(values())
                .filter(each -> Files.exists(each.server.get().home()))
                .toList();
    }

    /** Starts one with the WAR alone, and with these settings too, as environment variables; returns when it is ready. */
    public Target start(Map<String, String> settings) throws Exception {
        return ServerTarget.start(new Variant(server.get()) {
            @Override
            public Map<String, String> environment(Instance instance) {
                Map<String, String> environment = new TreeMap<>(super.environment(instance));
                settings.forEach((key, value) -> environment.put(Instance.variable(key), value));
                return environment;
            }
        });
    }
}
