package chat.parley.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.config.SettingsLoader;
import chat.parley.server.EmbeddedJetty;
import chat.parley.verify.Finding.Kind;
import chat.parley.verify.LyingProxy.Lie;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checker checked: whatever a server lies about is found, by its name; and of one that does not lie nothing is. */
@Timeout(60)
class LiesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static EmbeddedJetty server;
    private static EmbeddedJetty other;

    @BeforeAll
    static void start() throws Exception {
        server = server();
        other = server();
    }

    @AfterAll
    static void stop() {
        server.stop();
        other.stop();
    }

    @Test
    void ofAServerThatDoesNotLieNothingIsFound() throws Exception {
        Run run = through(Lie.NONE);

        assertEquals(List.of(), run.findings(), run::summary);
        assertTrue(run.tally().resumed.sum() > 0, run::summary);
        assertTrue(run.tally().duplicates.sum() > 0, run::summary);
    }

    @ParameterizedTest
    @CsvSource({
        "LOSES_A_LIVE_EVENT, OUT_OF_TURN",
        "DOUBLES_A_LIVE_EVENT, OUT_OF_TURN",
        "SWAPS_LIVE_EVENTS, OUT_OF_TURN",
        "SWAPS_WHAT_ONE_SAYS, OUT_OF_ORDER",
        "ALTERS_THE_CONTENT, CHANGED",
        "ALTERS_THE_SENDER, CHANGED",
        "RENUMBERS_AN_EVENT, SEEN_OTHERWISE",
        "INVENTS_AN_EVENT, NOT_SENT",
        "ACKNOWLEDGES_ANOTHER_NUMBER, TWICE",
        "ACKNOWLEDGES_WHAT_IT_DROPS, ACKED_IS_LOST",
        "GIVES_A_RESEND_ANOTHER_NUMBER, TWICE",
        "CALLS_A_DUPLICATE, FALSE_DUPLICATE",
        "LEAVES_A_HOLE_IN_THE_HISTORY, HOLE",
        "ENDS_THE_HISTORY_TOO_SOON, OUT_OF_TURN",
        "TELLS_ANOTHER_EPOCH, EPOCH",
        "TELLS_A_LOWER_HEAD, SHORTER",
        "SPEAKS_FOR_NOBODY, UNEXPECTED",
        "GIVES_ANOTHER_NAME, STRANGER",
        "ANSWERS_NO_MORE, BEHIND",
        "HAS_NOTHING_AT_THE_END, ACKED_IS_LOST"
    })
    void everyLieIsFound(Lie lie, Kind kind) throws Exception {
        Run run = through(lie);

        assertTrue(run.counts().containsKey(kind), () -> run.counts() + " " + run.summary());
        assertTrue(
                run.findings().stream()
                        .anyMatch(found ->
                                found.kind() == kind && found.evidence().length() > 30),
                () -> run.findings().toString());
    }

    @Test
    void twoServersWithLogsOfTheirOwnAreFound() throws Exception {
        Run run = talk(List.of(uri(server), uri(other)), Duration.ofSeconds(3));

        assertTrue(run.counts().containsKey(Kind.EPOCH), () -> run.counts() + " " + run.summary());
    }

    private static Run through(Lie lie) throws Exception {
        Duration settle = lie == Lie.NONE ? Duration.ofSeconds(10) : Duration.ofSeconds(2);
        try (LyingProxy proxy = new LyingProxy(lie, uri(server))) {
            return talk(List.of(proxy.uri()), settle);
        }
    }

    private static Run talk(List<URI> urls, Duration settle) throws Exception {
        Plan plan = new Plan(urls, 6, 1, 200, 60, Duration.ofMillis(400), settle, null, Access.GUESTS, 1);
        try (Run run = Run.start(plan)) {
            run.awaitAnswers(60, PATIENCE);
            TimeUnit.MILLISECONDS.sleep(1_500);
            run.finish();
            run.readBack();
            return run;
        }
    }

    private static URI uri(EmbeddedJetty jetty) {
        return URI.create("ws://127.0.0.1:" + jetty.uri().getPort() + "/chat");
    }

    private static EmbeddedJetty server() throws Exception {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("parley.port", "0");
        values.put("parley.store.url", "memory:");
        for (String limit : List.of(
                "messages-per-second", "joins-per-minute", "handshakes-per-address", "guest-names-per-address")) {
            values.put("parley.limits." + limit, "0");
        }
        return EmbeddedJetty.start(SettingsLoader.of(values));
    }
}
