package chat.parley.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The embedded server keeps the protocol. */
class ConformanceIT {

    private static Target server;
    private static Conformance suite;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedServer.start();
        suite = new Conformance(server);
    }

    @AfterAll
    static void stop() throws Exception {
        try (Target started = server) {
            if (suite != null) {
                suite.close();
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> theProtocolIsKept() {
        return suite.tests();
    }
}
