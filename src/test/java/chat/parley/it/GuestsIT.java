package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guests and their names (protocol, section 6), and how those end who cannot be who they say (section 4). */
class GuestsIT {

    @RegisterExtension
    static final TestServer server = TestServer.with("parley.presence.linger", "100ms");

    @Test
    void whoAsksForNoNameGetsOne() {
        ChatClient one = server.connectTo("", Subprotocol.SINGLE);
        ChatClient other = server.connectTo("?name=", Subprotocol.SINGLE);

        assertFalse(one.name().isEmpty());
        assertNotEquals(one.name(), other.name());
        assertNotEquals(one.sessionSecret(), other.sessionSecret());
    }

    @Test
    void aNameIsInItsCanonicalForm() {
        ChatClient alice = server.connectAs("\uFF21LICE", Subprotocol.SINGLE);

        assertEquals("alice", alice.name());
    }

    @Test
    void aGuestWhoDropsComesBackAsThemselvesWithTheSecret() {
        ChatClient witness = server.connect("witness");
        ChatClient before = server.connectAs("returning", Subprotocol.SINGLE);
        witness.join("home");
        before.join("home");
        before.say("home", "first");
        String secret = before.sessionSecret();
        before.close();
        witness.seen().await(Wire.type("leave", "home"));

        ChatClient named = server.comeBack("returning", secret, Subprotocol.BATCH);
        ChatClient unnamed = server.connectTo("?session=" + secret, Subprotocol.SINGLE);
        named.join("home");
        named.say("home", "second");

        assertEquals("returning", named.name());
        assertEquals("returning", unnamed.name());
        assertEquals(secret, named.sessionSecret());
        witness.seen().await(2, Wire.type("message").and(Wire.from("returning")));
    }

    @Test
    void aMessageIsKnownAgainAfterItsSenderCameBack() {
        ChatClient before = server.connectAs("resender", Subprotocol.SINGLE);
        before.join("resent");
        before.send(Wire.message("resent", "only-once", "x"));
        long seq = Wire.seq(before.seen().await(Wire.answer("only-once")));
        before.close();

        ChatClient after = server.comeBack("resender", before.sessionSecret(), Subprotocol.SINGLE);
        after.join("resent");
        after.send(Wire.message("resent", "only-once", "x"));

        var ack = after.seen().await(Wire.type("ack").and(Wire.answer("only-once")));
        assertEquals(seq, Wire.seq(ack));
        assertTrue(ack.getBoolean("duplicate"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"owned", "OWNED", "\u043Ewned"})
    void aNameThatBelongsToSomebodyElseOrLooksLikeItCloses4409(String name) {
        try (ChatClient owner = server.connectAs("owned", Subprotocol.SINGLE)) {
            owner.welcome();
        } catch (AssertionError e) {
            // It is taken since the first of these tests, which is as good.
        }

        ChatClient thief = server.connectAs(name, Subprotocol.SINGLE);
        ChatClient guesser = server.comeBack(name, "guessed", Subprotocol.SINGLE);

        assertEquals(4409, thief.seen().awaitClose().code());
        assertEquals(4409, guesser.seen().awaitClose().code());
        assertEquals(List.of(), thief.seen().all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\u0000b", "\u202Eabc", "123456789012345678901234567890123", "\uD83D\uDE00"})
    void aNameThatCannotBeCloses4400AndSaysWhy(String name) {
        ChatClient client = server.connectAs(name, Subprotocol.SINGLE);

        Seen.Close close = client.seen().awaitClose();

        assertEquals(4400, close.code());
        assertFalse(close.reason().isBlank());
    }

    @Test
    void theEleventhConnectionOfAUserCloses4410UntilOneOfTheTenGoes() {
        ChatClient first = server.connectAs("many", Subprotocol.SINGLE);
        String secret = first.sessionSecret();
        List<ChatClient> ten = new ArrayList<>(List.of(first));
        for (int i = 1; i < 10; i++) {
            ten.add(server.comeBack("many", secret, Subprotocol.SINGLE));
        }
        ten.forEach(ChatClient::fence);

        ChatClient eleventh = server.comeBack("many", secret, Subprotocol.SINGLE);
        assertEquals(4410, eleventh.seen().awaitClose().code());
        int open = server.parley().connections().size();
        ten.get(4).close();
        Eventually.holds("one is gone", () -> server.parley().connections().size() < open);

        server.comeBack("many", secret, Subprotocol.SINGLE).fence();
        first.fence();
    }

    @Test
    void whoIsRefusedAndDoesNotAnswerTheCloseIsDropped() throws Exception {
        RawClient refused = server.closing(RawClient.connect(server.port(), "/chat?name=a%20b", Subprotocol.SINGLE));

        assertEquals(4400, refused.awaitClose().code());

        refused.awaitEnd();
    }

    @Test
    void theSecretIsNeverLogged() {
        try (LogWatch log = new LogWatch("chat.parley")) {
            ChatClient alice = server.connect("alice");
            String secret = alice.sessionSecret();
            ChatClient again = server.comeBack(alice.name(), secret, Subprotocol.SINGLE);
            again.join("logged");
            again.say("logged", "what is said is not logged");
            again.close();
            log.await(line -> line.contains("connection closed") && line.contains(alice.name()));

            assertTrue(log.lines().stream().anyMatch(line -> line.contains("joined") && line.contains("logged")));
            assertTrue(log.lines().stream().noneMatch(line -> line.contains(secret)), "the secret was logged");
            assertTrue(log.lines().stream().noneMatch(line -> line.contains("what is said")), "a content was logged");
        }
    }
}
