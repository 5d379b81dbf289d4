package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.protocol.CloseCode;
import chat.parley.room.Parcels;
import chat.parley.room.Sender;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The portable sender keeps the contract, on Jetty as a container like any other. */
class JakartaSenderIT extends SenderContract {

    private final ExecutorService mayBlock = Executors.newFixedThreadPool(4);

    @AfterEach
    void end() {
        mayBlock.shutdownNow();
    }

    @Override
    protected Sender sender(Session session, Duration timeout) {
        return new JakartaSender(session, timeout, mayBlock, mayBlock);
    }

    @Override
    protected boolean hasOwnTimeout() {
        return true;
    }

    @Test
    void aCloseThatHangsHurtsNobody() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        ExecutorService blocked = Executors.newFixedThreadPool(1);
        blocked.execute(() -> {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (ProbeServer server = new ProbeServer();
                RawClient closing = new RawClient(server.port())) {
            Sender sender = new JakartaSender(server.session(), Duration.ofSeconds(60), mayBlock, blocked);
            try (RawClient client = new RawClient(server.port())) {
                Sender lively = new JakartaSender(server.session(), Duration.ofSeconds(60), mayBlock, blocked);
                SendOutcome sent = new SendOutcome();

                sender.close(CloseCode.TOO_SLOW, "too slow");
                sender.abort();
                lively.send(Parcels.of("still here"), sent);

                sent.awaitSent();
                assertEquals("still here", client.readText());
                hanging.countDown();
                assertEquals(RawClient.CLOSE, closing.read().opcode(), "the close came to nothing");
            }
        } finally {
            hanging.countDown();
            blocked.shutdownNow();
        }
    }

    @Test
    void pingsThatHangHoldNoCloseUp() throws Exception {
        Executor never = task -> {}; // as if all its threads waited for their peers
        try (ProbeServer server = new ProbeServer();
                RawClient client = new RawClient(server.port())) {
            Sender sender = new JakartaSender(server.session(), Duration.ofSeconds(60), never, mayBlock);

            sender.ping(new SendOutcome());
            sender.close(CloseCode.TOO_SLOW, "too slow");

            assertEquals(CloseCode.TOO_SLOW.code(), client.read().closeCode());
        }
    }

    @Test
    void aPingThatNobodyMaySendFailsOnce() throws Exception {
        ExecutorService closed = Executors.newFixedThreadPool(1);
        closed.shutdown();
        try (ProbeServer server = new ProbeServer();
                RawClient client = new RawClient(server.port())) {
            Sender sender = new JakartaSender(server.session(), Duration.ofSeconds(60), closed, closed);
            SendOutcome outcome = new SendOutcome();

            sender.ping(outcome);
            sender.close(CloseCode.GOING_AWAY, "");

            outcome.awaitFailed();
            outcome.assertOnce();
            client.vanish();
        }
    }
}
