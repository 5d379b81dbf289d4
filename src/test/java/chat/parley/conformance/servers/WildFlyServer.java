package chat.parley.conformance.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
        management = instance.anotherPort();
        tls = instance.anotherPort();
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
    public Map<String, String> differences() {
        return Reasons.together(
                Reasons.noGuard(),
                Reasons.portIsClosed(),
                Reasons.endsConnectionsFirst(
                        "It ends WebSockets, 1001, when it suspends, which is before it tells applications of the end."),
                Reasons.all(
                        "Undertow also takes the drafts 7 and 8 of the WebSocket protocol.",
                        "what is no handshake at /chat is refused and harms nobody"));
    }
}
