package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What a user may do on all connections together, and how many names an address may have. */
class UserLimitsIT {

    @Test
    void whoComesBackHasNoNewBurst() {
        try (TestServer server = TestServer.with(
                "parley.limits.messages-per-second",
                "1",
                "parley.limits.burst",
                "20",
                "parley.limits.user-rate",
                "1")) {
            long start = System.nanoTime();
            ChatClient first = server.connect("talker");
            first.join("loud");
            saySome(first);
            ChatClient second = server.comeBack(first.name(), first.sessionSecret(), Subprotocol.SINGLE);
            second.join("loud");
            saySome(second);

            long seconds = (System.nanoTime() - start) / 1_000_000_000;
            int said = server.connect("witness").join("loud").getInt("head");
            assertTrue(said >= 15 && said <= 20 + seconds + 1, () -> said + " were said in " + seconds + " s");
            JsonObject refused = second.seen().await(Wire.error("rate_limited"));
            assertTrue(refused.getJsonNumber("retryAfterMs").longValueExact() >= 1, refused::toString);
            assertTrue(refused.getBoolean("temporary"));
        }
    }

    @Test
    void joinsAreLimitedAndASecondJoinOfARoomIsNone() {
        try (TestServer server = TestServer.with("parley.limits.joins-per-minute", "3")) {
            ChatClient alice = server.connect("alice");
            for (int i = 0; i < 3; i++) {
                alice.join("room" + i);
            }

            JsonObject refused = alice.get(Wire.request("join", "room3"));
            JsonObject again = alice.get(Wire.request("join", "room0"));

            assertEquals("rate_limited", refused.getString("code"));
            assertTrue(refused.getJsonNumber("retryAfterMs").longValueExact() >= 1, refused::toString);
            assertEquals("ack", again.getString("type"));
            assertEquals("ack", server.connect("bob").join("room3").getString("type"));
        }
    }

    @Test
    void newRoomsAreLimitedAndOldOnesAreNot() {
        try (TestServer server = TestServer.with("parley.limits.new-rooms-per-hour", "2")) {
            ChatClient bob = server.connect("bob");
            bob.join("old");
            bob.say("old", "first");
            ChatClient alice = server.connect("alice");
            alice.join("one");
            alice.join("two");
            alice.join("three");
            alice.join("old");
            assertEquals("ack", alice.say("one", "first").getString("type"));
            assertEquals("ack", alice.say("two", "first").getString("type"));

            JsonObject refused = alice.say("three", "first");

            assertEquals("rate_limited", refused.getString("code"));
            assertTrue(refused.getJsonNumber("retryAfterMs").longValueExact() >= 1, refused::toString);
            assertEquals("ack", alice.say("one", "second").getString("type"));
            assertEquals("ack", alice.say("old", "second").getString("type"));
            bob.join("three");
            assertEquals("ack", bob.say("three", "first").getString("type"));
            assertEquals("ack", alice.say("three", "second").getString("type"));
        }
    }

    @Test
    void theTwentyFirstNameOfAnAddressCloses4410() throws Exception {
        try (TestServer server = TestServer.with(
                "parley.limits.guest-names-per-address",
                "20",
                "parley.guests.reserve",
                "0s",
                "parley.proxies",
                "127.0.0.1")) {
            ChatClient first = server.connect("squatter");
            first.fence();
            for (int i = 1; i < 20; i++) {
                server.connect("squatter").fence();
            }

            Seen.Close named = server.connect("squatter").seen().awaitClose();
            Seen.Close unnamed = server.connectTo("", Subprotocol.SINGLE).seen().awaitClose();

            assertEquals(4410, named.code());
            assertFalse(named.reason().isBlank());
            assertEquals(4410, unnamed.code());
            server.comeBack(first.name(), first.sessionSecret(), Subprotocol.SINGLE)
                    .fence();
            server.closing(RawClient.connect(
                            server.port(), "/chat?name=elsewhere", Subprotocol.SINGLE, "X-Forwarded-For: 198.51.100.7"))
                    .readUntil(Wire.type("welcome"));
        }
    }

    private static void saySome(ChatClient client) {
        for (int i = 0; i < 19; i++) {
            client.send(
                    Wire.request("message", "loud").add("content", "x").build().toString());
        }
        client.fence();
    }
}
