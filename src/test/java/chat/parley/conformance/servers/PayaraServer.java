package chat.parley.conformance.servers;

import chat.parley.conformance.Difference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Payara Micro alone: without a cluster it opens the port of HTTP and no other. */
final class PayaraServer implements ApplicationServer {

    private int starts;

    @Override
    public String name() {
        return "payara";
    }

    @Override
    public Path home() {
        return UNPACKED.resolve("payara-micro-6.2025.10.jar");
    }

    @Override
    public void prepare(Instance instance) throws IOException {
        instance.copy(WAR, "parley.war");
        instance.driver("sqlite-jdbc.jar");
        instance.write("beside.xml", WebXml.guarded("jdbc/parley"));
        instance.write("before", """
                set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1
                set configs.config.server-config.security-service.activate-default-principal-to-role-mapping=true
                create-jdbc-connection-pool --restype javax.sql.DataSource \
                --datasourceclassname org.sqlite.SQLiteDataSource --nontransactionalconnections=true \
                --property url=jdbc\\:sqlite\\:%s parley
                create-jdbc-resource --connectionpoolid parley jdbc/parley
                """.formatted(instance.folder().resolve("shop.db")));
        instance.write("password", "AS_ADMIN_USERPASSWORD=" + WebXml.PASSWORD + "\n");
        instance.write("after", """
                create-file-user --groups %s --passwordfile %s %s
                deploy --name guarded --contextroot guarded --altdd %s %s
                """.formatted(
                        WebXml.ROLE,
                        instance.folder().resolve("password"),
                        WebXml.USER,
                        instance.folder().resolve("beside.xml"),
                        WAR));
    }

    @Override
    public void removeGuarded(Instance instance) throws IOException {
        instance.write("after", "");
    }

    @Override
    public List<String> command(Instance instance) {
        // A new one each time: it would start what is in it from before, and then stop that to deploy what it is told.
        Path root = instance.folder().resolve("root" + ++starts);
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + instance.userHome(),
                "-jar",
                home().toString(),
                "--deploy",
                instance.folder().resolve("parley.war").toString(),
                "--addlibs",
                instance.folder().resolve("sqlite-jdbc.jar").toString(),
                "--port",
                String.valueOf(instance.port()),
                "--prebootcommandfile",
                instance.folder().resolve("before").toString(),
                "--postbootcommandfile",
                instance.folder().resolve("after").toString(),
                "--rootdir",
                root.toString(),
                "--noHazelcast",
                "--disablephonehome");
    }

    @Override
    public Map<String, String> environment(Instance instance) {
        return Instance.variables();
    }

    @Override
    public List<String> stopCommand(Instance instance) {
        return List.of();
    }

    @Override
    public Path log(Instance instance) {
        return instance.output();
    }

    @Override
    public Map<String, Difference> differences() {
        return Reasons.together(Reasons.takesUnmasked(), Reasons.buffersMuch(), Reasons.answersBusyByItself());
    }
}
