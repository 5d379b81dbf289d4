package chat.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.store.Postgres;
import chat.parley.verify.Finding;
import chat.parley.verify.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever ends suddenly, the server or the connections: what was acknowledged is there, once, and all have the same log. */
@Timeout(120)
class CrashIT {

    private static final int CLIENTS = 50;
    private static final int ROOMS = 5;
    private static final int KILLS = 6;
    private static final int CUT_SECONDS = 6;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void killingTheServerLosesNothingThatWasAcknowledged() throws Exception {
        Path file = folder.resolve("parley.db");
        killing(file, "jdbc:sqlite:" + file);
    }

    @Test
    void killingAServerOverPostgresLosesNothingThatWasAcknowledged() throws Exception {
        killing(folder.resolve("none"), Postgres.NEW.schema());
    }

    private static void killing(Path file, String url) throws Exception {
        int port = ServerProcess.port();
        ServerProcess server = ServerProcess.packaged(port, file, url);
        try (Run run = Run.start(CrashSettings.plan(port, CLIENTS, ROOMS, Duration.ZERO))) {
            for (int kill = 0; kill < KILLS; kill++) {
                assertTrue(run.awaitAnswers(50, PATIENCE), run::summary);
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(300, 1_000));
                server.kill();
                server = ServerProcess.packaged(port, file, url);
            }
            assertTrue(run.awaitAnswers(50, PATIENCE), run::summary);
            run.finish();
            run.readBack();

            assertEquals(0, server.terminate(), server.errors());
            report(KILLS + " kills", run, StoredLog.of(url));
        } finally {
            server.close();
        }
    }

    @Test
    void cuttingConnectionsWithinFramesLosesNothingAndDoublesNothing() throws Exception {
        Path file = folder.resolve("parley.db");
        int port = ServerProcess.port();
        try (ServerProcess server = ServerProcess.packaged(port, file);
                Run run = Run.start(CrashSettings.plan(port, CLIENTS, ROOMS, Duration.ofSeconds(1)))) {
            assertTrue(run.awaitAnswers(50, PATIENCE), run::summary);
            TimeUnit.SECONDS.sleep(CUT_SECONDS);
            run.finish();
            run.readBack();

            assertEquals(0, server.terminate(), server.errors());
            report("cut connections", run, StoredLog.of(file));
        }
    }

    private static void report(String what, Run run, StoredLog log) {
        run.compare("the database", log.epoch(), log.rooms(), log.heads());
        List<Finding> findings = run.findings();
        System.out.println(what + ": " + run.summary());
        assertTrue(findings.isEmpty(), () -> run.counts() + ", " + findings.subList(0, Math.min(10, findings.size())));
    }
}
