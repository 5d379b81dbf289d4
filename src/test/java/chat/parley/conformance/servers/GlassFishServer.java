package chat.parley.conformance.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        text = text.replace(
                "<jvm-options>-Xmx512m</jvm-options>",
                "<jvm-options>-Xmx512m</jvm-options><jvm-options>-Duser.home=" + instance.userHome()
                        + "</jvm-options>");
        Files.writeString(xml, text);
        instance.copy(WAR, "domains/domain1/autodeploy/parley.war");
    }

    private static int port(Instance instance, MatchResult listener) {
        return listener.group(2).equals("8080") ? instance.port() : instance.anotherPort();
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
    public Map<String, String> differences() {
        return Reasons.together(
                Reasons.noGuard(),
                Reasons.portIsClosed(),
                Reasons.takesUnmasked(),
                Reasons.buffersMuch(),
                Reasons.endsConnectionsFirst(
                        "It ends connections before it tells applications of the end, and without a close frame."),
                Reasons.all(
                        "It ends connections before it tells applications of the end, and without a close frame.",
                        "orderly end: who stays is closed 1001"));
    }
}
