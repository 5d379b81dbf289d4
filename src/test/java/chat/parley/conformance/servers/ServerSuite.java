package chat.parley.conformance.servers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.conformance.Conformance;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The unchanged WAR keeps the protocol in an application server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerSuite {

    private final ApplicationServer server;
    private ServerTarget target;
    private Conformance suite;

    ServerSuite(ApplicationServer server) {
        this.server = server;
    }

    @BeforeAll
    void start() throws Exception {
        target = ServerTarget.start(server);
        System.out.printf(
                "%s: ready after %.1f s, %d MB resident%n",
                target.name(), target.startMillis() / 1_000.0, target.rssBytes() >> 20);
        suite = new Conformance(target);
    }

    @AfterAll
    void stop() throws Exception {
        try (ServerTarget started = target) {
            if (suite != null) {
                suite.close();
                started.endByItsOwnMeans();
            }
        }
    }

    @Test
    void itsLogHasOurs() throws Exception {
        assertTrue(target.log().contains("Parley is deployed"), target.log());
    }

    @TestFactory
    Stream<DynamicTest> theProtocolIsKept() {
        return suite.tests();
    }
}
