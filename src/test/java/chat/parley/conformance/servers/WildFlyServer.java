package chat.parley.conformance.servers;

import chat.parley.conformance.Difference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** WildFly with its configuration as it is. */
final class WildFlyServer implements ApplicationServer {

    private int management;
    private int tls;

    @Override
    public String name() {
        return "wildfly";
    }

    @Override
    public Path home() {
        return UNPACKED.resolve("wildfly-39.0.1.Final");
    }

    @Override
    public void prepare(Instance instance) throws IOException {
        instance.copy(home().resolve("standalone/configuration"), "standalone/configuration");
        instance.copy(WAR, "standalone/deployments/parley.war");
        guard(instance);
        management = instance.anotherPort();
        tls = instance.anotherPort();
    }

    /** Its own realm, and its own data source, with a driver that is deployed. */
    private static void guard(Instance instance) throws IOException {
        String data = "java:jboss/datasources/parley";
        instance.driver("standalone/deployments/sqlite-jdbc.jar");
        Path xml = instance.folder().resolve("standalone/configuration/standalone.xml");
        Files.writeString(xml, Files.readString(xml).replace("<drivers>", """
                <datasource jndi-name="%s" pool-name="parley" jta="false">
                  <connection-url>jdbc:sqlite:%s</connection-url>
                  <driver>sqlite-jdbc.jar</driver>
                </datasource>
                <drivers>""".formatted(
                        data, instance.folder().resolve("shop.db"))));
        Ear.write(instance.folder().resolve("standalone/deployments/guarded.ear"), "guarded", WebXml.guarded(data));
        instance.write(
                "standalone/configuration/application-users.properties",
                "#$REALM_NAME=ApplicationRealm$\n" + WebXml.USER + "=" + digest() + "\n");
        instance.write("standalone/configuration/application-roles.properties", WebXml.USER + "=" + WebXml.ROLE + "\n");
    }

    /** As {@code add-user.sh} writes a password. */
    private static String digest() {
        try {
            byte[] bytes = (WebXml.USER + ":ApplicationRealm:" + WebXml.PASSWORD).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void removeGuarded(Instance instance) throws IOException {
        Files.delete(instance.folder().resolve("standalone/deployments/guarded.ear"));
    }

    @Override
    public List<String> command(Instance instance) {
        List<String> command = new ArrayList<>(List.of(
                "bash",
                home().resolve("bin/standalone.sh").toString(),
                "-b",
                "127.0.0.1",
                "-bmanagement",
                "127.0.0.1",
                "-Djboss.http.port=" + instance.port(),
                "-Djboss.https.port=" + tls,
                "-Djboss.management.http.port=" + management));
        command.addAll(Instance.systemProperties());
        return command;
    }

    @Override
    public Map<String, String> environment(Instance instance) {
        return Map.of(
                "JBOSS_BASE_DIR",
                instance.folder().resolve("standalone").toString(),
                "PREPEND_JAVA_OPTS",
                "-Duser.home=" + instance.userHome());
    }

    @Override
    public List<String> stopCommand(Instance instance) {
        return List.of(
                "bash",
                home().resolve("bin/jboss-cli.sh").toString(),
                "--connect",
                "--controller=127.0.0.1:" + management,
                "--command=:shutdown");
    }

    @Override
    public Path log(Instance instance) {
        return instance.folder().resolve("standalone/log/server.log");
    }

    @Override
    public Map<String, Difference> differences() {
        return Reasons.together(
                Reasons.answersBusyByItself(),
                Reasons.endsConnectionsFirst(
                        "It ends WebSockets, 1001, when it suspends, which is before it tells applications of the end."),
                Reasons.all(
                        "Undertow also takes the drafts 7 and 8 of the WebSocket protocol.",
                        "101",
                        "what is no handshake at /chat is refused and harms nobody"));
    }
}
