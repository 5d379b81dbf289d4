package chat.parley.conformance.servers;

import chat.parley.conformance.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Open Liberty with the two features that Parley needs, and the one by which it is told its settings. */
final class LibertyServer implements ApplicationServer {

    @Override
    public String name() {
        return "liberty";
    }

    @Override
    public Path home() {
        return UNPACKED.resolve("wlp");
    }

    @Override
    public void prepare(Instance instance) throws IOException {
        instance.copy(WAR, "servers/parley/dropins/parley.war");
        instance.driver("drivers/sqlite-jdbc.jar");
        Ear.write(instance.folder().resolve("guarded.ear"), "guarded", WebXml.guarded("jdbc/parley"));
        instance.write("servers/parley/jvm.options", "-Duser.home=" + instance.userHome() + "\n");
        instance.write("servers/parley/server.xml", """
                <server>
                  <featureManager>
                    <feature>servlet-6.0</feature>
                    <feature>websocket-2.1</feature>
                    <feature>mpConfig-3.1</feature>
                    <feature>appSecurity-5.0</feature>
                    <feature>jdbc-4.3</feature>
                    <feature>jndi-1.0</feature>
                  </featureManager>
                  <httpEndpoint id="defaultHttpEndpoint" host="localhost" httpPort="%d" httpsPort="-1"/>
                  %s
                  <basicRegistry id="basic" realm="shop">
                    <user name="%s" password="%s"/>
                  </basicRegistry>
                  <library id="sqlite">
                    <file name="%s"/>
                  </library>
                  <dataSource jndiName="jdbc/parley" transactional="false">
                    <jdbcDriver libraryRef="sqlite" javax.sql.DataSource="org.sqlite.SQLiteDataSource"/>
                    <properties url="jdbc:sqlite:%s"/>
                  </dataSource>
                  <enterpriseApplication location="%s">
                    <application-bnd>
                      <security-role name="%s">
                        <user name="%s"/>
                      </security-role>
                    </application-bnd>
                  </enterpriseApplication>
                </server>
                """.formatted(
                        instance.port(),
                        Instance.elements("<variable name=\"%s\" value=\"%s\"/>"),
                        WebXml.USER,
                        WebXml.PASSWORD,
                        instance.folder().resolve("drivers/sqlite-jdbc.jar"),
                        instance.folder().resolve("shop.db"),
                        instance.folder().resolve("guarded.ear"),
                        WebXml.ROLE,
                        WebXml.USER));
    }

    @Override
    public void removeGuarded(Instance instance) throws IOException {
        Path xml = instance.folder().resolve("servers/parley/server.xml");
        Files.writeString(
                xml, Files.readString(xml).replaceFirst("(?s)<enterpriseApplication.*</enterpriseApplication>", ""));
    }

    @Override
    public List<String> command(Instance instance) {
        return List.of("sh", home().resolve("bin/server").toString(), "run", "parley");
    }

    @Override
    public Map<String, String> environment(Instance instance) {
        return Map.of("WLP_USER_DIR", instance.folder().toString());
    }

    @Override
    public List<String> stopCommand(Instance instance) {
        return List.of("sh", home().resolve("bin/server").toString(), "stop", "parley");
    }

    @Override
    public Path log(Instance instance) {
        return instance.folder().resolve("servers/parley/logs/messages.log");
    }

    @Override
    public Map<String, Difference> differences() {
        return Reasons.together(
                Reasons.portIsClosed(),
                Reasons.takesUnmasked(),
                Reasons.endsWithoutCloseFrame(),
                Reasons.all(
                        "It closes 1011 by itself when a write does not finish in time.",
                        "1011",
                        "who asks for more answers than they read is ended, and nobody else notices"));
    }
}
