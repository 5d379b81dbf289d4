package chat.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sockets of this very process are found, and nobody else's. */
@EnabledOnOs(OS.LINUX)
class ListeningProcessTest {

    @ParameterizedTest
    @CsvSource({"127.0.0.1,127.0.0.1", "0.0.0.0,127.0.0.1", "0.0.0.0,127.0.0.7", "::,127.0.0.1", "::1,::1", "::,::1"})
    void whoListensThereIsFound(String listens, String asked) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(listens))) {
            assertEquals(
                    ProcessHandle.current().pid(),
                    ListeningProcess.find(new InetSocketAddress(asked, socket.getLocalPort())));
        }
    }

    @Test
    void whoListensElsewhereIsNot() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertEquals(0, ListeningProcess.find(new InetSocketAddress("127.0.0.2", socket.getLocalPort())));
            assertEquals(0, ListeningProcess.find(new InetSocketAddress("192.0.2.1", socket.getLocalPort())));
        }
    }

    @Test
    void whatIsOnlyConnectedDoesNotListen() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        assertEquals(0, ListeningProcess.find(new InetSocketAddress("127.0.0.1", port)));
    }

    @Test
    void anAddressOfTheDocumentationIsNotLocal() throws Exception {
        assertFalse(ListeningProcess.isLocal(InetAddress.getByName("192.0.2.1")));
    }
}
