package chat.parley.conformance.servers;

import chat.parley.conformance.Difference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** GlassFish with a domain of its own, of which every listener is on loopback. */
final class GlassFishServer implements ApplicationServer {

    private static final Pattern LISTENER = Pattern.compile("<network-listener (.*?)port=\"(\\d+)\"");
    private static final Pattern OTHER = Pattern.compile("address=\"0\\.0\\.0\\.0\" port=\"\\d+\"");

    @Override
    public String name() {
        return "glassfish";
    }

    @Override
    public Path home() {
        return UNPACKED.resolve("glassfish7");
    }

    @Override
    public void prepare(Instance instance) throws IOException {
        Path domain = instance.copy(home().resolve("glassfish/domains/domain1"), "domains/domain1");
        Path xml = domain.resolve("config/domain.xml");
        String text = Files.readString(xml);
        text = LISTENER.matcher(text)
                .replaceAll(listener -> "<network-listener address=\"127.0.0.1\" " + listener.group(1) + "port=\""
                        + port(instance, listener) + "\"");
        text = OTHER.matcher(text).replaceAll(other -> "address=\"127.0.0.1\" port=\"" + instance.anotherPort() + "\"");
        // Else it makes one for itself, on the host called localhost, by which it means all addresses.
        text = text.replaceFirst("<security-service>", """
                <jms-service type="EMBEDDED" default-jms-host="default_JMS_host">
                  <jms-host name="default_JMS_host" host="127.0.0.1" port="%d"/>
                </jms-service>
                <security-service>""".formatted(instance.anotherPort()));
        text = text.replace(
                "<jvm-options>-Xmx512m</jvm-options>",
                "<jvm-options>-Xmx512m</jvm-options><jvm-options>-Duser.home=" + instance.userHome()
                        + "</jvm-options>");
        Files.writeString(xml, guarded(instance, text));
        instance.copy(WAR, "domains/domain1/autodeploy/parley.war");
    }

    /** Its own realm, whose groups are roles, and its own data source, with the driver where it looks for drivers. */
    private static String guarded(Instance instance, String domain) throws IOException {
        instance.driver("domains/domain1/lib/sqlite-jdbc.jar");
        Ear.write(
                instance.folder().resolve("domains/domain1/autodeploy/guarded.ear"),
                "guarded",
                WebXml.guarded("jdbc/parley"));
        instance.write(
                "domains/domain1/config/keyfile", WebXml.USER + ";{SSHA256}" + digest() + ";" + WebXml.ROLE + "\n");
        return domain.replace(
                        "<security-service>", "<security-service activate-default-principal-to-role-mapping=\"true\">")
                .replace("</resources>", """
                        <jdbc-connection-pool name="parley" res-type="javax.sql.DataSource"
                            datasource-classname="org.sqlite.SQLiteDataSource" non-transactional-connections="true">
                          <property name="url" value="jdbc:sqlite:%s"/>
                        </jdbc-connection-pool>
                        <jdbc-resource jndi-name="jdbc/parley" pool-name="parley"/>
                        </resources>""".formatted(instance.folder().resolve("shop.db")))
                .replace(
                        "<resource-ref ref=\"jdbc/__default\" />",
                        "<resource-ref ref=\"jdbc/__default\" /><resource-ref ref=\"jdbc/parley\"/>");
    }

    /** As {@code asadmin create-file-user} writes a password: hashed a hundred times, the first time with salt. */
    private static String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] salt = {1, 2, 3, 4, 5, 6, 7, 8};
            sha.update(WebXml.PASSWORD.getBytes(StandardCharsets.UTF_8));
            byte[] hash = sha.digest(salt);
            for (int i = 1; i < 100; i++) {
                hash = sha.digest(hash);
            }
            byte[] both = Arrays.copyOf(hash, hash.length + salt.length);
            System.arraycopy(salt, 0, both, hash.length, salt.length);
            return Base64.getEncoder().encodeToString(both);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static int port(Instance instance, MatchResult listener) {
        return listener.group(2).equals("8080") ? instance.port() : instance.anotherPort();
    }

    @Override
    public void removeGuarded(Instance instance) throws IOException {
        Files.delete(instance.folder().resolve("domains/domain1/autodeploy/guarded.ear"));
    }

    @Override
    public List<String> command(Instance instance) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                home().resolve("glassfish/lib/client/appserver-cli.jar").toString(),
                "start-domain",
                "--domaindir",
                instance.folder().resolve("domains").toString(),
                "--verbose",
                "domain1");
    }

    @Override
    public Map<String, String> environment(Instance instance) {
        Map<String, String> environment = Instance.variables();
        environment.put("AS_INSTALL", home().resolve("glassfish").toString());
        return environment;
    }

    @Override
    public List<String> stopCommand(Instance instance) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                home().resolve("glassfish/lib/client/appserver-cli.jar").toString(),
                "stop-domain",
                "--domaindir",
                instance.folder().resolve("domains").toString(),
                "domain1");
    }

    @Override
    public Path log(Instance instance) {
        return instance.folder().resolve("domains/domain1/logs/server.log");
    }

    @Override
    public Map<String, Difference> differences() {
        return Reasons.together(
                Reasons.portIsClosed(),
                Reasons.takesUnmasked(),
                Reasons.buffersMuch(),
                Reasons.endsWithoutCloseFrame());
    }
}
