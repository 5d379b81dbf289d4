package chat.parley.conformance.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Payara Micro alone: without a cluster it opens the port of HTTP and no other. */
final class PayaraServer implements ApplicationServer {

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
        instance.write(
                "loopback",
                "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address"
                        + "=127.0.0.1\n");
    }

    @Override
    public List<String> command(Instance instance) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + instance.userHome(),
                "-jar",
                home().toString(),
                "--deploy",
                instance.folder().resolve("parley.war").toString(),
                "--port",
                String.valueOf(instance.port()),
                "--prebootcommandfile",
                instance.folder().resolve("loopback").toString(),
                "--rootdir",
                instance.folder().resolve("root").toString(),
                "--noCluster");
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
    public Map<String, String> differences() {
        return Reasons.together(
                Reasons.noGuard(),
                Reasons.takesUnmasked(),
                Reasons.buffersMuch(),
                Reasons.all(
                        "Once it stops an application it answers 503 by itself, without Retry-After.",
                        "orderly end: who comes is refused 503 with Retry-After"));
    }
}
