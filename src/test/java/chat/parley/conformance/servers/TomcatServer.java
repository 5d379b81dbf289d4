package chat.parley.conformance.servers;

import chat.parley.conformance.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Tomcat, and TomEE, which is laid out like it. */
final class TomcatServer implements ApplicationServer {

    private static final String CONNECTOR =
            "<Connector port=\"%d\" address=\"127.0.0.1\" protocol=\"HTTP/1.1\" connectionTimeout=\"20000\"/>";

    private final String name;
    private final String folder;

    private final Map<String, Difference> differences;

    static TomcatServer tomcat() {
        return new TomcatServer("tomcat", "apache-tomcat-10.1.59");
    }

    static TomcatServer tomee() {
        return new TomcatServer("tomee", "apache-tomee-webprofile-9.0.0", Reasons.waitsForTheClientsClose());
    }

    /** @param differences those beside what all versions have */
    @SafeVarargs
    private TomcatServer(String name, String folder, Map<String, Difference>... differences) {
        this.name = name;
        this.folder = folder;
        this.differences = Reasons.together(Reasons.portIsClosed(), Reasons.together(differences));
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
                .replaceFirst("<Server port=\"\\d+\"", "<Server port=\"" + instance.anotherPort() + "\"")
                .replaceFirst("(?s)<Connector port=\"8080\".*?/>", CONNECTOR.formatted(instance.port()));
        Files.writeString(xml, text);
        for (String each : List.of("logs", "temp", "work", "webapps")) {
            Files.createDirectories(instance.folder().resolve(each));
        }
        Path context = conf.resolve("context.xml");
        Files.writeString(
                context,
                Files.readString(context)
                        .replace(
                                "</Context>",
                                Instance.elements("<Parameter name=\"%s\" value=\"%s\"/>") + "\n</Context>"));
        instance.copy(WAR, "webapps/parley.war");
        guard(instance);
    }

    /** Its own realm, and its own data source, with the driver where it looks for drivers. */
    private static void guard(Instance instance) throws IOException {
        instance.driver("lib/sqlite-jdbc.jar");
        instance.write("guarded/web.xml", WebXml.GUARDED);
        instance.write("conf/Catalina/localhost/guarded.xml", """
                <Context docBase="%s" altDDName="%s">
                  <Parameter name="parley.store.jndi" value="java:comp/env/jdbc/parley"/>
                  <Resource name="jdbc/parley" type="javax.sql.DataSource" driverClassName="org.sqlite.JDBC"
                      url="jdbc:sqlite:%s" maxTotal="8"/>
                </Context>
                """.formatted(
                        WAR,
                        instance.folder().resolve("guarded/web.xml"),
                        instance.folder().resolve("guarded/shop.db")));
        instance.write(
                "conf/tomcat-users.xml",
                "<tomcat-users><user username=\"" + WebXml.USER + "\" password=\"" + WebXml.PASSWORD + "\" roles=\""
                        + WebXml.ROLE + "\"/></tomcat-users>\n");
    }

    @Override
    public void removeGuarded(Instance instance) throws IOException {
        Files.delete(instance.folder().resolve("conf/Catalina/localhost/guarded.xml"));
    }

    @Override
    public List<String> command(Instance instance) {
        return List.of("sh", home().resolve("bin/catalina.sh").toString(), "run");
    }

    @Override
    public List<String> stopCommand(Instance instance) {
        return List.of("sh", home().resolve("bin/catalina.sh").toString(), "stop");
    }

    @Override
    public Path log(Instance instance) {
        return instance.folder().resolve("logs/catalina." + LocalDate.now(ZoneId.systemDefault()) + ".log");
    }

    @Override
    public Map<String, String> environment(Instance instance) {
        return Map.of(
                "CATALINA_HOME", home().toString(),
                "CATALINA_BASE", instance.folder().toString(),
                "CATALINA_OPTS", "-Duser.home=" + instance.userHome());
    }

    @Override
    public Map<String, Difference> differences() {
        return differences;
    }
}
