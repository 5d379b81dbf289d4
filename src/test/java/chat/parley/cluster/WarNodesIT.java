package chat.parley.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.conformance.Target;
import chat.parley.conformance.servers.Servers;
import chat.parley.crash.ServerProcess;
import chat.parley.relay.OwnRedis;
import chat.parley.store.Postgres;
import chat.parley.verify.Access;
import chat.parley.verify.Plan;
import chat.parley.verify.Run;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The unchanged WAR in an application server is a node like any other, beside one that was started from the jar. */
@Timeout(600)
class WarNodesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MESSAGES = 400;

    @TempDir
    private Path folder;

    private static List<Servers> servers() {
        return Servers.unpacked();
    }

    @BeforeAll
    static void someAreThere() {
        assertFalse(servers().isEmpty(), "run Maven with -Pservers or -Ptomcat-jetty");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void nothingIsLostBetweenAWarAndAJar(Servers server) throws Exception {
        try (OwnRedis redis = OwnRedis.start()) {
            Map<String, String> settings = new TreeMap<>(Map.of(
                    "parley.store.url", Postgres.NEW.schema(),
                    "parley.relay.url", redis.url(),
                    "parley.auth.secret-file", folder.resolve("secret").toString()));
            try (Target war = server.start(settings)) {
                settings.put("parley.limits.guest-names-per-address", "0");
                int port = ServerProcess.port();
                try (ServerProcess unused =
                        ServerProcess.with(port, Files.createDirectory(folder.resolve("jar")), settings)) {
                    talk(
                            redis,
                            List.of(
                                    URI.create("ws://127.0.0.1:" + port + "/chat"),
                                    URI.create(war.base().toString().replace("http:", "ws:") + "chat")));
                }
            }
        }
    }

    private static void talk(OwnRedis redis, List<URI> urls) throws Exception {
        Plan plan =
                new Plan(urls, 8, 2, 60, 600, Duration.ofSeconds(4), Duration.ofSeconds(10), null, Access.GUESTS, 1);
        try (Run run = Run.start(plan)) {
            assertTrue(run.awaitEverybody(PATIENCE), () -> run.inside() + " came in: " + run.troubles());
            assertTrue(run.awaitAnswers(MESSAGES, PATIENCE), run::summary);
            assertTrue(bothHear(redis), "no room is listened to by both");
            run.finish();
            run.readBack();
            assertEquals(List.of(), run.findings(), run::summary);
        }
    }

    /** Whether Redis tells both of what is said in a room. */
    private static boolean bothHear(OwnRedis redis) {
        RedisClient client = RedisClient.create(redis.url());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> commands = connection.sync();
            return commands.pubsubNumsub(commands.pubsubChannels("*").toArray(String[]::new)).values().stream()
                    .anyMatch(listeners -> listeners >= 2);
        } finally {
            client.shutdown();
        }
    }
}
