package chat.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.crash.Stage.Phase;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final int KILLS = 10;
    private static final int CUT_SECONDS = 10;

    @TempDir
    private Path folder;

    @Test
    void killingTheServerLosesNothingThatWasAcknowledged() throws Exception {
        Path file = folder.resolve("parley.db");
        int port = ServerProcess.port();
        ServerProcess server = ServerProcess.packaged(port, file);
        try (Crowd crowd = new Crowd(port, CLIENTS, ROOMS, Phase.SEND)) {
            for (int kill = 0; kill < KILLS; kill++) {
                crowd.awaitAnswers(50);
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(300, 1_000));
                server.kill();
                server = ServerProcess.packaged(port, file);
            }
            crowd.awaitAnswers(50);
            crowd.finish();

            assertEquals(0, server.terminate(), server.errors());
            report(KILLS + " kills", crowd, file);
        } finally {
            server.close();
        }
    }

    @Test
    void cuttingConnectionsWithinFramesLosesNothingAndDoublesNothing() throws Exception {
        Path file = folder.resolve("parley.db");
        int port = ServerProcess.port();
        try (ServerProcess server = ServerProcess.packaged(port, file);
                Crowd crowd = new Crowd(port, CLIENTS, ROOMS, Phase.CUT)) {
            crowd.awaitAnswers(50);
            TimeUnit.SECONDS.sleep(CUT_SECONDS);
            crowd.finish();

            assertEquals(0, server.terminate(), server.errors());
            report("cut connections", crowd, file);
        }
    }

    private static void report(String what, Crowd crowd, Path file) throws Exception {
        List<Violation> violations = new ArrayList<>(crowd.violations());
        violations.addAll(Checker.check(StoredLog.of(file), crowd.facts()));
        System.out.println(what + ": " + crowd.summary());
        assertTrue(
                violations.isEmpty(),
                () -> violations.size() + " violations, " + violations.subList(0, Math.min(10, violations.size())));
    }
}
