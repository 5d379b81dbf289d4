package chat.parley.conformance.servers;

import chat.parley.conformance.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tomcat, and TomEE, which is laid out like it. */
final class TomcatServer implements ApplicationServer {

    private static final String CONNECTOR =
            "<Connector port=\"%d\" address=\"127.0.0.1\" protocol=\"HTTP/1.1\" connectionTimeout=\"20000\"/>";

    private final String name;
    private final String folder;

    TomcatServer(String name, String folder) {
        this.name = name;
        this.folder = folder;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Path home() {
        return UNPACKED.resolve(folder);
    }

    @Override
    public void prepare(Instance instance) throws IOException {
        Path conf = instance.copy(home().resolve("conf"), "conf");
        Path xml = conf.resolve("server.xml");
        String text = Files.readString(xml)
                .replaceFirst("<Server port=\"\\d+\"", "<Server port=\"-1\"")
                .replaceFirst("(?s)<Connector port=\"8080\".*?/>", CONNECTOR.formatted(instance.port()));
        Files.writeString(xml, text);
        for (String each : List.of("logs", "temp", "work", "webapps")) {
            Files.createDirectories(instance.folder().resolve(each));
        }
        instance.copy(WAR, "webapps/parley.war");
        instance.write("guarded/web.xml", WebXml.GUARDED);
        instance.write(
                "conf/Catalina/localhost/guarded.xml",
                "<Context docBase=\"" + WAR + "\" altDDName=\""
                        + instance.folder().resolve("guarded/web.xml") + "\"/>\n");
        instance.write(
                "conf/tomcat-users.xml",
                "<tomcat-users><user username=\"" + WebXml.USER + "\" password=\"" + WebXml.PASSWORD + "\" roles=\""
                        + WebXml.ROLE + "\"/></tomcat-users>\n");
    }

    @Override
    public List<String> command(Instance instance) {
        return List.of("sh", home().resolve("bin/catalina.sh").toString(), "run");
    }

    @Override
    public Map<String, String> environment(Instance instance) {
        return Map.of(
                "CATALINA_HOME", home().toString(),
                "CATALINA_BASE", instance.folder().toString(),
                "CATALINA_OPTS", "-Duser.home=" + instance.userHome());
    }

    @Override
    public Optional<Target.Guarded> guarded(Instance instance) {
        return Optional.of(new Target.Guarded(instance.at("guarded"), WebXml.USER, WebXml.PASSWORD));
    }

    @Override
    public Map<String, String> differences() {
        return Reasons.portIsClosed();
    }
}
