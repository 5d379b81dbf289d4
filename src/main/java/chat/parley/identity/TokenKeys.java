package chat.parley.identity;

import chat.parley.store.AccountStore;
import chat.parley.store.StoreException;
import chat.parley.store.StoreTasks;
import chat.parley.store.StoredSigningKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that short tokens are signed with: the newest signs; those before it are good for looking at tokens for as
 * long as one lives. The first is made at the first start. Any thread may ask; nothing here waits, but for the making.
 */
public final class TokenKeys {

    private static final Logger log = LoggerFactory.getLogger(TokenKeys.class);

    /** RFC 7518, section 3.2: a key for HS256 has at least 256 bits. */
    private static final int BYTES = 32;

    private final AccountStore store;
    private final StoreTasks writer;
    private final Clock clock;
    private final Duration rotation;
    private final Duration lifetime;
    private final SecureRandom random = new SecureRandom();
    private final AtomicBoolean rotating = new AtomicBoolean();
    private volatile List<StoredSigningKey> keys;

    /**
     * The keys of a store; makes the first one if there is none. Before the writer's thread runs.
     *
     * @param rotation age at which another key takes the newest one's place; zero for never
     * @param lifetime of a token
     */
    public TokenKeys(AccountStore store, StoreTasks writer, Duration rotation, Duration lifetime, Clock clock)
            throws StoreException {
        this.store = store;
        this.writer = writer;
        this.clock = clock;
        this.rotation = rotation;
        this.lifetime = lifetime;
        List<StoredSigningKey> kept = store.keys();
        if (kept.stream().noneMatch(key -> key.retired() == null)) {
            store.add(make());
            kept = store.keys();
        }
        this.keys = List.copyOf(kept);
    }

    /** The key that signs. */
    StoredSigningKey signing() {
        return keys.stream()
                .filter(key -> key.retired() == null)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no key signs"));
    }

    /** The key of that name, if it is good for looking at tokens. */
    @Nullable StoredSigningKey verifying(String id) {
        long now = clock.millis();
        return keys.stream()
                .filter(key -> key.id().equals(id))
                .filter(key -> key.retired() == null || now <= key.retired() + lifetime.toMillis())
                .findFirst()
                .orElse(null);
    }

    /** Puts a new key in the place of one that is too old. Called now and then. */
    public void rotateIfDue() {
        if (!rotation.isZero() && clock.millis() - signing().created() >= rotation.toMillis()) {
            CompletionStage<?> unused = rotate().whenComplete((done, failure) -> {
                if (failure != null) {
                    log.atWarn()
                            .addKeyValue("why", failure.getMessage())
                            .log("the signing key could not be changed; it is tried again");
                }
            });
        }
    }

    /** Puts a new key in the place of the one that signs. */
    CompletionStage<Void> rotate() {
        if (!rotating.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(null);
        }
        return writer.submit(() -> {
                    store.add(make());
                    store.forgetKeys(clock.millis() - 2 * lifetime.toMillis());
                    return store.keys();
                })
                .whenComplete((kept, failure) -> {
                    if (kept != null) {
                        keys = List.copyOf(kept);
                        log.info("tokens are signed with a new key");
                    }
                    rotating.set(false);
                })
                .thenApply(kept -> null);
    }

    private StoredSigningKey make() {
        byte[] id = new byte[9];
        byte[] secret = new byte[BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        return new StoredSigningKey(
                Base64.getUrlEncoder().withoutPadding().encodeToString(id), secret, clock.millis(), null);
    }
}
