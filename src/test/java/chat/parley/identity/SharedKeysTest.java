package chat.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.UserName;
import chat.parley.store.AccountStore;
import chat.parley.store.MemoryStore;
import chat.parley.store.StoreRefusedException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two servers sign with the same keys. */
class SharedKeysTest {

    private static final Duration LIFETIME = Duration.ofMinutes(15);

    private final Clock clock = Clock.systemUTC();
    private final AccountStore store = new MemoryStore(10, 1_000, clock).accounts();
    private final byte[] secret = new byte[KeyWrap.BYTES];
    private final TokenKeys one = keys(new KeyWrap(secret));
    private final TokenKeys two = keys(new KeyWrap(secret));
    private final Tokens here = new Tokens(one, LIFETIME, clock);
    private final Tokens there = new Tokens(two, LIFETIME, clock);
    private final Pass pass = new Pass(new Identity("u.a", new UserName("anna"), false), "s", true, null);

    @Test
    void whatOneSignsTheOtherReads() {
        assertEquals(pass.identity(), read(there, here.issue(pass).token()).identity());
    }

    @Test
    void whatIsSignedWithANewKeyIsReadOnceThatIsKnown() throws Exception {
        String before = here.issue(pass).token();
        one.rotate().toCompletableFuture().join();
        String after = here.issue(pass).token();
        assertNull(there.read(after));
        assertTrue(there.isOfUnknownKey(after));
        assertFalse(there.isOfUnknownKey(before));

        two.reread();

        assertEquals(pass.identity(), read(there, after).identity());
        assertEquals(pass.identity(), read(there, before).identity());
        assertEquals(one.signing().id(), two.signing().id());
    }

    @Test
    void ofTwoWhoRotateAtTheSameTimeTheSecondTakesTheKeyOfTheFirst() {
        one.rotate().toCompletableFuture().join();
        two.rotate().toCompletableFuture().join();

        assertEquals(one.signing().id(), two.signing().id());
    }

    @Test
    void aTicketOfOneIsReadByTheOtherAndIsNoToken() {
        Tickets.Issued issued = here.issueTicket(pass, "id", Duration.ofSeconds(30));

        Tokens.Ticket ticket = there.ticket(issued.ticket());

        assertNotNull(ticket);
        assertEquals("id", ticket.id());
        assertEquals(pass, ticket.pass());
        assertNull(there.read(issued.ticket()));
        assertNull(there.ticket(here.issue(pass).token()));
        assertNull(there.ticket(issued.ticket() + "x"));
    }

    @Test
    void aServerWithAnotherSecretIsRefusedAndChangesNothing() throws Exception {
        byte[] another = new byte[KeyWrap.BYTES];
        another[0] = 1;

        StoreRefusedException refused = assertThrows(StoreRefusedException.class, () -> keys(new KeyWrap(another)));

        assertTrue(String.valueOf(refused.getMessage()).contains("parley.auth.secret-file"), refused::getMessage);
        assertEquals(1, store.keys().size());
    }

    private static Pass read(Tokens tokens, String token) {
        Pass read = tokens.read(token);
        assertNotNull(read);
        return read;
    }

    private TokenKeys keys(KeyWrap wrap) {
        try {
            return new TokenKeys(store, new DirectTasks(), wrap, true, Duration.ofDays(30), LIFETIME, clock);
        } catch (chat.parley.store.StoreException e) {
            throw new AssertionError(e);
        }
    }
}
