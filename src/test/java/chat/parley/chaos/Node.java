package chat.parley.chaos;

import chat.parley.crash.ServerProcess;
import chat.parley.relay.OwnRedis;
import chat.parley.store.CuttingProxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One server of several, with a proxy before each of what it stands on. */
final class Node implements AutoCloseable {

    private static final int MOST_ATTEMPTS = 20;

    final CuttingProxy postgres;
    final CuttingProxy redis;
    private final int port = ServerProcess.port();
    private final Path folder;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private ServerProcess process;

    Node(Path root, String name, PostgresProcess database, OwnRedis relay) throws Exception {
        this.folder = Files.createDirectory(root.resolve(name));
        this.postgres = new CuttingProxy(database.port());
        this.redis = new CuttingProxy(relay.port());
        settings.put("parley.store.url", database.url(postgres.address()));
        settings.put("parley.relay.url", "redis://" + redis.address());
        settings.put("parley.auth.secret-file", root.resolve("secret").toString());
        settings.putAll(Tokens.SETTINGS);
        settings.put("parley.drain", "1s");
        for (String limit :
                List.of("messages-per-second", "joins-per-minute", "new-rooms-per-hour", "handshakes-per-address")) {
            settings.put("parley.limits." + limit, "0");
        }
        this.process = ServerProcess.with(port, folder, settings);
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + port + "/chat");
    }

    void kill() throws Exception {
        process.kill();
    }

    /** As what supervises it does: while its database is away it does not start, and is started again. */
    void start() throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                process = ServerProcess.with(port, folder, settings);
                return;
            } catch (AssertionError e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    void pause() throws Exception {
        process.standStill(true);
    }

    void goOn() throws Exception {
        process.standStill(false);
    }

    /** What it logged. */
    String errors() throws Exception {
        return process.errors();
    }

    @Override
    public void close() throws Exception {
        process.kill();
        postgres.close();
        redis.close();
    }
}
