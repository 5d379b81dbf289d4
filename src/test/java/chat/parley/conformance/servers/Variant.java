package chat.parley.conformance.servers;

import chat.parley.conformance.Difference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server that is laid out a little differently, and alone: without the second deployment, and with no known differences. */
abstract class Variant implements ApplicationServer {

    private final ApplicationServer server;

    Variant(ApplicationServer server) {
        this.server = server;
    }

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public Path home() {
        return server.home();
    }

    @Override
    public void prepare(Instance instance) throws IOException, InterruptedException {
        server.prepare(instance);
        server.removeGuarded(instance);
    }

    @Override
    public void removeGuarded(Instance instance) {
        // It is removed already.
    }

    @Override
    public List<String> command(Instance instance) {
        return server.command(instance);
    }

    @Override
    public Map<String, String> environment(Instance instance) {
        return server.environment(instance);
    }

    @Override
    public List<String> stopCommand(Instance instance) {
        return server.stopCommand(instance);
    }

    @Override
    public Path log(Instance instance) {
        return server.log(instance);
    }

    @Override
    public boolean hasGuarded() {
        return false;
    }

    @Override
    public Map<String, Difference> differences() {
        return Map.of();
    }
}
