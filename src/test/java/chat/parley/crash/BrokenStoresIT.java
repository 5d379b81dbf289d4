package chat.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.verify.Finding.Kind;
import chat.parley.verify.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The check of the crash test checked: a store that breaks a promise is found out, by who knows nothing but the wire. */
@Timeout(120)
class BrokenStoresIT {

    private static final int ATTEMPTS = 3;
    private static final int KILLS = 2;
    private static final int CLIENTS = 20;
    private static final int ROOMS = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Whom a broken promise leaves without an answer gets none, however long one waits. */
    private static final Duration SETTLE_OF_BROKEN = Duration.ofSeconds(4);

    @TempDir
    private Path folder;

    @Test
    void aStoreThatAcknowledgesBeforeItCommitsIsFoundOut() throws Exception {
        assertFoundOut(BrokenServer.Mode.EARLY, Kind.ACKED_IS_LOST);
    }

    @Test
    void aStoreThatDoesNotKnowAResendIsFoundOut() throws Exception {
        assertFoundOut(BrokenServer.Mode.FORGETFUL, Kind.TWICE);
    }

    @Test
    void nothingIsFoundOfAStoreThatKeepsItsPromises() throws Exception {
        assertEquals(Set.of(), run(BrokenServer.Mode.HONEST));
    }

    /** Not every kill shows it, so there may be more than one run. */
    private void assertFoundOut(BrokenServer.Mode mode, Kind expected) throws Exception {
        Set<Kind> found = EnumSet.noneOf(Kind.class);
        for (int attempt = 0; attempt < ATTEMPTS && !found.contains(expected); attempt++) {
            found.addAll(run(mode));
        }
        System.out.println(mode + " was found out by " + found);
        assertTrue(found.contains(expected), found::toString);
    }

    private Set<Kind> run(BrokenServer.Mode mode) throws Exception {
        Path file = Files.createTempDirectory(folder, "run").resolve("parley.db");
        int port = ServerProcess.port();
        Duration settle = mode == BrokenServer.Mode.HONEST ? PATIENCE : SETTLE_OF_BROKEN;
        Set<Kind> found = EnumSet.noneOf(Kind.class);
        ServerProcess server = ServerProcess.broken(mode, port, file);
        try (Run run = Run.start(CrashSettings.plan(port, CLIENTS, ROOMS, Duration.ZERO, settle))) {
            for (int kill = 0; kill < KILLS; kill++) {
                assertTrue(run.awaitAnswers(50, PATIENCE), run::summary);
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(300, 600));
                server.kill();
                server = ServerProcess.broken(mode, port, file);
            }
            assertTrue(run.awaitAnswers(50, PATIENCE), run::summary);
            run.finish();
            run.readBack();
            found.addAll(run.counts().keySet());
        } finally {
            server.close();
        }
        return found;
    }
}
