package chat.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a key set is fetched, and which keys are there meanwhile. */
class ExternalKeysTest {

    private static final Duration REFRESH = Duration.ofMinutes(5);

    private static final String FIRST = OtherSystem.keySet(OtherSystem.FIRST.toPublicJWK());
    private static final String BOTH =
            OtherSystem.keySet(OtherSystem.FIRST.toPublicJWK(), OtherSystem.SECOND.toPublicJWK());

    private final SettableClock clock = new SettableClock();

    /** Fetches that were begun and not answered, the oldest first. */
    private final Deque<CompletableFuture<String>> asked = new ArrayDeque<>();

    private int fetches;

    private final ExternalKeys keys = new ExternalKeys(
            () -> {
                fetches++;
                CompletableFuture<String> answer = new CompletableFuture<>();
                asked.add(answer);
                return answer;
            },
            REFRESH,
            clock);

    @Test
    void beforeTheFirstSetEveryKeyMayCome() {
        keys.refreshIfDue();

        assertTrue(keys.find("first").isEmpty());
        assertTrue(keys.mayCome());
        assertEquals(1, fetches, "it is being fetched already");

        asked.remove().complete(FIRST);
        assertEquals(1, keys.find("first").size());
        assertEquals(1, keys.find(null).size());
    }

    @Test
    void anUnknownKeyHasTheSetFetchedAtOnceAndThenOnceAMinute() {
        started(FIRST);

        assertTrue(keys.mayCome());
        assertEquals(2, fetches, "right after the start: the rotation that is looked for may be seconds old");
        for (int i = 0; i < 100; i++) {
            assertTrue(keys.mayCome(), "under way");
        }
        asked.remove().complete(BOTH);
        assertEquals(1, keys.find("second").size());

        for (int i = 0; i < 100; i++) {
            assertFalse(keys.mayCome());
        }
        clock.goOn(ExternalKeys.PATIENCE.minusMillis(1));
        assertFalse(keys.mayCome());
        assertEquals(2, fetches);
        clock.goOn(Duration.ofMillis(1));
        assertTrue(keys.mayCome());
        assertEquals(3, fetches);
    }

    @Test
    void aSetIsFetchedAgainWhenItIsOldAndAKeyThatWasTakenBackIsGone() {
        started(BOTH);
        clock.goOn(REFRESH.minusMillis(1));
        keys.refreshIfDue();
        assertEquals(1, fetches);

        clock.goOn(Duration.ofMillis(1));
        keys.refreshIfDue();
        asked.remove().complete(FIRST);

        assertTrue(keys.find("second").isEmpty());
        assertEquals(1, keys.find("first").size());
    }

    @Test
    void whileItCannotBeFetchedOldKeysStayInUseAndItIsTriedAgain() {
        started(FIRST);
        clock.goOn(REFRESH);
        keys.refreshIfDue();
        asked.remove().completeExceptionally(new IOException("down"));

        assertEquals(1, keys.find("first").size());
        assertTrue(keys.mayCome(), "whether there is such a key is not known");
        asked.remove().completeExceptionally(new IOException("down"));
        assertTrue(keys.mayCome());
        keys.refreshIfDue();
        assertTrue(asked.isEmpty());
        clock.goOn(Duration.ofSeconds(5));
        keys.refreshIfDue();
        asked.remove().complete(BOTH);
        assertEquals(1, keys.find("second").size());
        assertFalse(keys.mayCome());
    }

    @Test
    void whatIsNoKeySetChangesNothing() {
        started(FIRST);
        String secret = "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\",\"kid\":\"first\"}]}";
        String many = OtherSystem.keySet(IntStream.range(0, ExternalKeys.MAX_KEYS + 1)
                .mapToObj(i -> OtherSystem.FIRST.toPublicJWK())
                .toArray(JWK[]::new));

        for (String garbage : new String[] {"", "<html>", "{}", "[]", "null", "{\"keys\":[]}", secret, many}) {
            clock.goOn(REFRESH);
            keys.refreshIfDue();
            asked.remove().complete(garbage);

            assertEquals(1, keys.find("first").size(), garbage);
        }
        assertEquals(9, fetches);
    }

    @Test
    void noPrivateHalfIsKept() {
        started(OtherSystem.keySet(OtherSystem.FIRST));

        assertFalse(keys.find("first").get(0).isPrivate());
    }

    private void started(String set) {
        keys.refreshIfDue();
        asked.remove().complete(set);
        assertEquals(1, fetches);
    }
}
