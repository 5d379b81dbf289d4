package chat.parley.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import chat.parley.store.AccountStore;
import chat.parley.store.MemoryStore;
import chat.parley.store.StoreException;
import chat.parley.store.StoredSigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The signing keys in the store are worth nothing without the secret that is not in it. */
class WrappedKeysTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final AccountStore store = new MemoryStore(1, 1_000, Clock.systemUTC()).accounts();
    private final SettableClock clock = new SettableClock();

    @Test
    void whatWasWrappedComesBackUnderItsNameOnly() {
        KeyWrap wrap = KeyWrap.ofThisProcess();

        byte[] wrapped = wrap.wrap("name", KEY);

        assertArrayEquals(KEY, wrap.unwrap("name", wrapped));
        assertNull(wrap.unwrap("other", wrapped));
        assertNull(KeyWrap.ofThisProcess().unwrap("name", wrapped));
        assertFalse(Arrays.equals(wrapped, wrap.wrap("name", KEY)), "a nonce is used once");
    }

    @Test
    void whatWasChangedInOnePlaceDoesNotOpen() {
        KeyWrap wrap = KeyWrap.ofThisProcess();
        byte[] wrapped = wrap.wrap("name", KEY);

        for (int i = 0; i < wrapped.length; i++) {
            byte[] changed = wrapped.clone();
            changed[i] ^= 1;
            assertNull(wrap.unwrap("name", changed), "byte " + i);
            assertNull(wrap.unwrap("name", Arrays.copyOf(wrapped, i)), "cut to " + i);
        }
        assertNull(wrap.unwrap("name", KEY));
    }

    @Test
    void theKeyThatSignsIsNotInTheStore() throws Exception {
        TokenKeys keys = open(House.WRAP);
        keys.rotate().toCompletableFuture().join();

        for (StoredSigningKey kept : store.keys()) {
            byte[] signing = keys.signing().secret();
            assertEquals(32, signing.length);
            String stored = new String(kept.secret(), StandardCharsets.ISO_8859_1);
            assertFalse(stored.contains(new String(signing, StandardCharsets.ISO_8859_1)));
        }
        assertEquals(2, store.keys().size());
    }

    @Test
    void theSameSecretOpensThemAfterARestart() throws Exception {
        TokenKeys before = open(House.WRAP);

        TokenKeys after = open(House.WRAP);

        assertEquals(before.signing().id(), after.signing().id());
        assertArrayEquals(before.signing().secret(), after.signing().secret());
    }

    @Test
    void anotherSecretMeansAnotherKeyAndTheOldOnesAreGone() throws Exception {
        TokenKeys before = open(House.WRAP);
        before.rotate().toCompletableFuture().join();

        TokenKeys after = open(KeyWrap.ofThisProcess());

        assertNotEquals(before.signing().id(), after.signing().id());
        assertNull(after.verifying(before.signing().id()));
        assertEquals(1, store.keys().size());
        after.rotate().toCompletableFuture().join();
        assertNotNull(after.signing());
    }

    @Test
    void keysThatLieThereInTheClearAreReplaced() throws Exception {
        store.add(new StoredSigningKey("clear", KEY, clock.millis(), null));

        TokenKeys keys = open(House.WRAP);

        assertNull(keys.verifying("clear"), "whoever read the database then could sign now");
        assertEquals(1, store.keys().size());
        assertNotEquals("clear", keys.signing().id());
        assertFalse(Base64.getEncoder()
                .encodeToString(store.keys().get(0).secret())
                .contains(Base64.getEncoder().encodeToString(KEY)));
    }

    @Test
    void aKeyThatIsPlantedInTheStoreSignsNothing() throws Exception {
        TokenKeys before = open(House.WRAP);
        store.add(new StoredSigningKey("planted", KeyWrap.ofThisProcess().wrap("planted", KEY), clock.millis(), null));

        TokenKeys after = open(House.WRAP);

        assertNull(after.verifying("planted"));
        assertNotEquals("planted", after.signing().id());
        assertNull(after.verifying(before.signing().id()), "what was retired for it goes with it");
    }

    private TokenKeys open(KeyWrap wrap) throws StoreException {
        return new TokenKeys(store, new DirectTasks(), wrap, Duration.ofDays(30), Duration.ofMinutes(15), clock);
    }
}
