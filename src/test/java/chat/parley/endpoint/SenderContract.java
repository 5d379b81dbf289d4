package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.CloseCode;
import chat.parley.room.Parcel;
import chat.parley.room.Parcels;
import chat.parley.room.Sender;
import jakarta.websocket.Session;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Sender} promises, over a real socket. A backend's test extends this and says how one is made. */
@Timeout(120)
public abstract class SenderContract {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** What takes longer than this has stalled: the peer's and the kernel's buffers are full. */
    private static final Duration STALL = Duration.ofSeconds(2);

    /** Far more than the kernel keeps for a connection. */
    private static final int MORE_THAN_BUFFERS = 64 * 1024 * 1024;

    private ProbeServer server;
    private RawClient client;
    private Session session;

    /**
     * A sender on a session.
     *
     * @param timeout after which a send fails by itself, if this kind of sender knows of such a thing
     */
    protected abstract Sender sender(Session session, Duration timeout);

    /** Whether a send to a stalled peer fails by itself; else its caller gives up and aborts. */
    protected abstract boolean hasOwnTimeout();

    @BeforeEach
    void connect() throws Exception {
        server = new ProbeServer();
        client = new RawClient(server.port());
        session = server.session();
    }

    @AfterEach
    void disconnect() throws Exception {
        client.vanish();
        server.close();
    }

    @Test
    void textsArriveInTheOrderOfTheSends() throws Exception {
        Sender sender = sender(session, LONG);
        List<Parcel> parcels = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            parcels.add(Parcels.of(i + "a", i + "b"));
        }
        AtomicInteger sent = new AtomicInteger();

        new SendChain(sender, parcels, sent).start();

        for (int i = 0; i < 1_000; i++) {
            assertEquals(i + "a", client.readText());
            assertEquals(i + "b", client.readText());
        }
        awaitCount(1_000, sent);
    }

    @Test
    void textsOfAParcelArriveWholeAndSeparately() throws Exception {
        Sender sender = sender(session, LONG);
        int[] sizes = {1, 125, 126, 127, 65_535, 65_534, 2};
        for (int first : sizes) {
            String[] texts = new String[sizes.length + 1];
            texts[0] = text(first, 0);
            for (int i = 0; i < sizes.length; i++) {
                texts[i + 1] = text(sizes[i], i + 1);
            }
            SendOutcome outcome = new SendOutcome();

            sender.send(Parcels.of(texts), outcome);

            for (String text : texts) {
                assertEquals(text, client.readText());
            }
            outcome.awaitSent();
        }
    }

    @Test
    void aTextAloneMayHaveAnySize() throws Exception {
        Sender sender = sender(session, LONG);
        for (int size : new int[] {1, 125, 126, 65_535, 65_536}) {
            SendOutcome outcome = new SendOutcome();

            sender.send(Parcels.of(text(size, size)), outcome);

            assertEquals(text(size, size), client.readText());
            outcome.awaitSent();
        }
    }

    @Test
    void allOfUnicodeArrives() throws Exception {
        Sender sender = sender(session, LONG);
        String text = "\u00e9 \u05e9\u05dc\u05d5\u05dd \ud83d\ude00 e\u0301 \u0000 \uffff";

        sender.send(Parcels.of("first", text, "last"), new SendOutcome());

        assertEquals("first", client.readText());
        assertEquals(text, client.readText());
        assertEquals("last", client.readText());
    }

    @Test
    void oneParcelServesManyMembers() throws Exception {
        Parcel parcel = Parcels.of("one", "two");
        try (RawClient other = new RawClient(server.port())) {
            Sender here = sender(session, LONG);
            Sender there = sender(server.session(), LONG);

            for (int i = 0; i < 3; i++) {
                SendOutcome outcome = new SendOutcome();
                here.send(parcel, outcome);
                outcome.awaitSent();
                there.send(parcel, outcome = new SendOutcome());
                outcome.awaitSent();
            }

            for (int i = 0; i < 3; i++) {
                assertEquals("one", client.readText());
                assertEquals("two", client.readText());
                assertEquals("one", other.readText());
                assertEquals("two", other.readText());
            }
        }
    }

    @Test
    void everySendCompletesExactlyOnce() throws Exception {
        Sender sender = sender(session, LONG);
        List<SendOutcome> outcomes = new ArrayList<>();

        for (int i = 0; i < 100; i++) {
            SendOutcome outcome = new SendOutcome();
            outcomes.add(outcome);
            sender.send(Parcels.of("a", "b", "c"), outcome);
            outcome.awaitSent();
        }

        outcomes.forEach(SendOutcome::assertOnce);
    }

    @Test
    void aPingReachesThePeerBetweenTexts() throws Exception {
        Sender sender = sender(session, LONG);
        SendOutcome before = new SendOutcome();
        SendOutcome ping = new SendOutcome();
        SendOutcome after = new SendOutcome();

        sender.send(Parcels.of("before"), before);
        before.awaitSent();
        sender.ping(ping);
        ping.awaitSent();
        sender.send(Parcels.of("after"), after);

        assertEquals("before", client.readText());
        assertEquals(RawClient.PING, client.read().opcode());
        assertEquals("after", client.readText());
        ping.assertOnce();
    }

    @Test
    void aStalledReaderBlocksNobodyAndItsSendFailsOnce() throws Exception {
        Sender sender = sender(session, Duration.ofMillis(500));

        SendOutcome stalled = stall(sender);
        if (!hasOwnTimeout()) {
            sender.close(CloseCode.TOO_SLOW, "too slow");
            sender.abort();
        }

        stalled.awaitFailed();
        sender.close(CloseCode.TOO_SLOW, "too slow");
        sender.abort();
        client.vanish();
        stalled.assertOnce();
    }

    @Test
    void aPeerThatVanishesFailsTheSendOnce() throws Exception {
        Sender sender = sender(session, LONG);
        SendOutcome stalled = stall(sender);

        client.vanish();

        stalled.awaitFailed();
        stalled.assertOnce();
    }

    @Test
    void aSendToAPeerThatIsGoneFailsInTheEnd() throws Exception {
        Sender sender = sender(session, LONG);
        client.vanish();

        SendOutcome last = new SendOutcome();
        for (int i = 0; i < 1_000; i++) {
            last = new SendOutcome();
            sender.send(Parcels.of(text(1_000, i)), last);
            last.await();
            if (last.hasFailed()) {
                break;
            }
        }

        assertTrue(last.hasFailed(), "nobody noticed that the peer is gone");
        last.assertOnce();
    }

    @Test
    void closeTellsCodeAndReason() throws Exception {
        Sender sender = sender(session, LONG);

        sender.close(CloseCode.TOO_SLOW, "a write did not finish in time");

        RawClient.Frame frame = client.read();
        assertEquals(RawClient.CLOSE, frame.opcode());
        assertEquals(CloseCode.TOO_SLOW.code(), frame.closeCode());
        assertEquals("a write did not finish in time", frame.closeReason());
    }

    @Test
    void closeMayBeSaidAgain() throws Exception {
        Sender sender = sender(session, LONG);

        sender.close(CloseCode.GOING_AWAY, "server shutdown");
        RawClient.Frame frame = client.read();
        sender.close(CloseCode.TOO_SLOW, "again");
        sender.abort();
        sender.abort();

        assertEquals(CloseCode.GOING_AWAY.code(), frame.closeCode());
        assertThrows(IOException.class, client::read, "something came after the close");
    }

    @Test
    void afterCloseNothingMoreIsSent() throws Exception {
        Sender sender = sender(session, LONG);
        sender.close(CloseCode.GOING_AWAY, "");
        assertEquals(RawClient.CLOSE, client.read().opcode());
        SendOutcome outcome = new SendOutcome();

        sender.send(Parcels.of("too late"), outcome);

        outcome.await();
        outcome.assertOnce();
        sender.abort();
        client.vanish();
    }

    @Test
    void anAbortAfterACloseEndsTheConnection() throws Exception {
        Sender sender = sender(session, LONG);

        sender.close(CloseCode.TOO_SLOW, "too slow");
        sender.abort();

        assertThrows(IOException.class, () -> {
            if (client.read().opcode() == RawClient.CLOSE) {
                throw new EOFException("as good as gone");
            }
        });
    }

    // ---- in the words of the tests

    /** Sends to a client that does not read until a send does not complete; returns that one. */
    private static SendOutcome stall(Sender sender) throws InterruptedException {
        String text = text(65_000, 1);
        for (long bytes = 0; bytes < MORE_THAN_BUFFERS; bytes += 4L * text.length()) {
            SendOutcome outcome = new SendOutcome();
            sender.send(Parcels.of(text, text, text, text), outcome);
            if (!outcome.awaitEnd(STALL) || outcome.hasFailed()) {
                return outcome;
            }
        }
        throw new AssertionError("nothing stalled");
    }

    private static String text(int length, int seed) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + (i * 7 + seed) % 26));
        }
        return text.toString();
    }

    private static void awaitCount(int count, AtomicInteger counter) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (counter.get() != count && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertEquals(count, counter.get());
    }
}
