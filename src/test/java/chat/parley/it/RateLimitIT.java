package chat.parley.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much a connection may ask for (protocol, section 4). One token a second: no machine is too slow for that. */
class RateLimitIT {

    @RegisterExtension
    static final TestServer server =
            TestServer.with("parley.limits.messages-per-second", "1", "parley.limits.burst", "20");

    @Test
    void overTheBurstItIsRateLimitedAndToldWhenToTryAgain() {
        ChatClient alice = server.connect("alice");
        long start = System.nanoTime();

        for (int i = 0; i < 100; i++) {
            alice.send(Wire.request("ping").add("id", "p" + i).build().toString());
        }

        JsonObject last = alice.seen().await(Wire.answer("p99"));
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        int answered = alice.seen().all(Wire.type("pong")).size();
        assertTrue(answered >= 20 && answered <= 20 + seconds + 1, () -> answered + " pongs in " + seconds + " s");
        assertEquals("rate_limited", last.getString("code"));
        assertTrue(last.getBoolean("temporary"));
        long retryAfterMs = last.getJsonNumber("retryAfterMs").longValueExact();
        assertTrue(retryAfterMs >= 1 && retryAfterMs <= 1_000, last::toString);
        assertEquals(
                100 - answered, alice.seen().all(Wire.error("rate_limited")).size(), "each is answered");
    }

    @Test
    void aPageCostsFiveTimesAsMuch() {
        ChatClient alice = server.connect("alice");
        alice.join("pages");
        long start = System.nanoTime();

        List<String> asked = List.of("history", "members", "history", "members", "history", "members", "history");
        List<JsonObject> answers = asked.stream()
                .map(type -> alice.get(Wire.request(type, "pages").add("limit", 1)))
                .toList();

        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        long pages = answers.stream().filter(Wire.type("error").negate()).count();
        assertTrue(
                pages >= 3 && pages <= 3 + (seconds + 5) / 5, () -> pages + " pages of 5 tokens from 19: " + answers);
    }

    @Test
    void aRefusedMessageIsNotSaid() {
        ChatClient alice = server.connect("alice");
        alice.join("refused");

        for (int i = 0; i < 60; i++) {
            alice.send(Wire.message("refused", "m" + i, "x"));
        }
        alice.seen().await(60, Wire.type("ack").or(Wire.type("error")).and(answer -> !answer.containsKey("head")));

        ChatClient bob = server.connect("bob");
        int acknowledged = alice.seen().all(Wire.type("ack")).size() - 1;
        assertEquals(acknowledged, bob.join("refused").getInt("head"));
        assertTrue(acknowledged < 60);
    }

    @Test
    void pongsNobodyAskedForCostLikeEveryFrame() throws Exception {
        RawClient flood = server.raw("ponger", Subprotocol.SINGLE);

        for (int i = 0; i < 240; i++) {
            flood.send(RawClient.FINAL | RawClient.PONG, new byte[0]);
        }

        assertEquals(4529, flood.awaitClose().code());
    }

    /** Jetty answers pings and gathers pieces without asking; one that floods them would else keep a thread for itself. */
    @ParameterizedTest
    @CsvSource({"PING,9", "TEXT,1", "BINARY,2"})
    void framesThatSayNothingCostLikeEveryFrame(String name, int opcode) throws Exception {
        RawClient flood = server.raw("silent", Subprotocol.SINGLE);
        boolean isPing = opcode == RawClient.PING;

        flood.send(isPing ? RawClient.FINAL | opcode : opcode, new byte[0]);
        for (int i = 0; i < 240; i++) {
            flood.send(isPing ? RawClient.FINAL | opcode : RawClient.CONTINUATION, new byte[0]);
        }

        assertEquals(4529, flood.awaitClose().code(), name);
    }

    @Test
    void aMessageInPiecesIsUnderstoodAndCostsItsPieces() throws Exception {
        RawClient pieces = server.raw("pieces", Subprotocol.SINGLE);

        pieces.send(RawClient.TEXT, "{\"type\":\"ping\",".getBytes(UTF_8));
        pieces.send(RawClient.CONTINUATION, new byte[0]);
        pieces.send(RawClient.FINAL | RawClient.CONTINUATION, "\"id\":\"whole\"}".getBytes(UTF_8));

        assertEquals(
                1,
                pieces.readUntil(Wire.answer("whole")).stream()
                        .filter(Wire.type("pong"))
                        .count());
    }

    @Test
    void whoGoesOnFarOverTheLimitIsClosed4529() throws Exception {
        RawClient flood = server.raw("flood", Subprotocol.SINGLE);

        for (int i = 0; i < 240; i++) {
            flood.text("{\"type\":\"ping\"}");
        }

        assertEquals(4529, flood.awaitClose().code());
    }

    @Test
    void withoutABurstThereIsNoLimit() {
        try (TestServer unlimited =
                TestServer.with("parley.limits.messages-per-second", "1", "parley.limits.burst", "0")) {
            ChatClient alice = unlimited.connect("alice");

            for (int i = 0; i < 300; i++) {
                alice.send(Wire.request("ping").build().toString());
            }

            alice.seen().await(300, Wire.type("pong"));
        }
    }
}
