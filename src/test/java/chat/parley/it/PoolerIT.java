package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.relay.Redis;
import chat.parley.store.PgBouncer;
import chat.parley.store.Postgres;
import chat.parley.verify.Access;
import chat.parley.verify.Plan;
import chat.parley.verify.Run;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that reach their PostgreSQL by a PgBouncer in transaction mode, which is killed while people talk. */
@Timeout(120)
class PoolerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostBehindAPoolerThatIsKilledAndBack() throws Exception {
        String database = Postgres.NEW.databaseCalled("pooled");
        try (TestServer past = node(database)) { // makes the tables
            past.connect("anna").fence();
        }
        try (PgBouncer bouncer = PgBouncer.before(database);
                TestServer one = node(bouncer.by(database));
                TestServer two = node(bouncer.by(database))) {
            List<URI> urls = List.of(url(one), url(two));
            Plan plan = new Plan(urls, 8, 2, 100, 60, Duration.ofSeconds(1), PATIENCE, null, Access.GUESTS, 1);
            try (Run run = Run.start(plan)) {
                assertTrue(run.awaitEverybody(PATIENCE), () -> "not all came: " + run.troubles());
                assertTrue(run.awaitAnswers(200, PATIENCE), run::summary);
                bouncer.kill();
                bouncer.start();
                assertNotNull(run.awaitFlowAgain(PATIENCE), () -> "it does not flow: " + run.troubles());
                assertTrue(run.awaitAnswers(200, PATIENCE), run::summary);
                run.finish();
                run.readBack();

                assertEquals(List.of(), run.findings(), run::summary);
            }
        }
    }

    private TestServer node(String database) {
        return TestServer.with(
                "parley.store.url",
                database,
                "parley.relay.url",
                Redis.url(),
                "parley.auth.secret-file",
                folder.resolve("secret").toString());
    }

    private static URI url(TestServer server) {
        return URI.create("ws://127.0.0.1:" + server.port() + "/chat");
    }
}
