package chat.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.crash.Stage.Phase;
import chat.parley.crash.Violation.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The check of the crash test checked: a store that breaks a promise is found out. */
@Timeout(120)
class BrokenStoresIT {

    private static final int ATTEMPTS = 3;
    private static final int KILLS = 2;
    private static final int CLIENTS = 20;
    private static final int ROOMS = 2;

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
        Set<Kind> found = EnumSet.noneOf(Kind.class);
        ServerProcess server = ServerProcess.broken(mode, port, file);
        try (Crowd crowd = new Crowd(port, CLIENTS, ROOMS, Phase.SEND)) {
            for (int kill = 0; kill < KILLS; kill++) {
                crowd.awaitAnswers(50);
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(300, 600));
                server.kill();
                server = ServerProcess.broken(mode, port, file);
            }
            crowd.awaitAnswers(50);
            crowd.finish();
            server.terminate();
            crowd.violations().forEach(violation -> found.add(violation.kind()));
            Checker.check(StoredLog.of(file), crowd.facts()).forEach(violation -> found.add(violation.kind()));
        } finally {
            server.close();
        }
        return found;
    }
}
