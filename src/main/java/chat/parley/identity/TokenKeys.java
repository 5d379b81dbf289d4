package chat.parley.identity;

import chat.parley.store.AccountStore;
import chat.parley.store.StoreException;
import chat.parley.store.StoreRefusedException;
import chat.parley.store.StoreTasks;
import chat.parley.store.StoredSigningKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
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
    private final KeyWrap wrap;
    private final Clock clock;
    private final Duration rotation;
    private final Duration lifetime;
    private final SecureRandom random = new SecureRandom();
    private final AtomicBoolean rotating = new AtomicBoolean();
    private volatile List<StoredSigningKey> keys;

    /**
     * The keys of a store; makes one if there is none that signs. Keys that do not open, or that lie there in the clear,
     * are given up: who holds a short token gets another by the session. Before the writer's thread runs.
     *
     * @param wrap what they are wrapped in while they lie in the store
     * @param rotation age at which another key takes the newest one's place; zero for never
     * @param lifetime of a token
     */
    public TokenKeys(
            AccountStore store, StoreTasks writer, KeyWrap wrap, Duration rotation, Duration lifetime, Clock clock)
            throws StoreException {
        this(store, writer, wrap, false, rotation, lifetime, clock);
    }

    /**
     * The same.
     *
     * @param isShared whether other servers sign with these keys as well: then none is given up
     * @throws StoreRefusedException when they are shared and do not open
     */
    public TokenKeys(
            AccountStore store,
            StoreTasks writer,
            KeyWrap wrap,
            boolean isShared,
            Duration rotation,
            Duration lifetime,
            Clock clock)
            throws StoreException {
        this.store = store;
        this.writer = writer;
        this.wrap = wrap;
        this.clock = clock;
        this.rotation = rotation;
        this.lifetime = lifetime;
        List<StoredSigningKey> kept = store.keys();
        List<StoredSigningKey> opened = opened(kept);
        boolean isOneLost = opened.size() < kept.size();
        if (isOneLost && isShared) {
            throw new StoreRefusedException(
                    "signing keys in the database do not open with the secret in parley.auth.secret-file: all servers"
                            + " over one database need the same file; if it is lost, stop them all and have them make"
                            + " other keys (delete from signing_key)");
        }
        if (isOneLost) {
            log.warn("signing keys in the store do not open with the secret in parley.auth.secret-file, or lie there in"
                    + " the clear: they are replaced, and short tokens given out before are not good any more");
        }
        if (opened.stream().noneMatch(key -> key.retired() == null)) {
            store.add(make());
        }
        if (isOneLost) {
            store.forgetKeys(clock.millis() + 1);
        }
        this.keys = opened(store.keys());
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

    /** Takes over what another server signs with from now on. The writer's thread. */
    public void reread() throws StoreException {
        List<StoredSigningKey> there = opened(store.keys());
        if (there.stream().anyMatch(key -> key.retired() == null)) {
            keys = there;
        } else {
            log.warn("the signing key in the store does not open with the secret in parley.auth.secret-file: the one"
                    + " before it goes on");
        }
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
        String before = signing().id();
        return writer.submit(() -> {
                    List<StoredSigningKey> there = opened(store.keys());
                    if (there.stream().anyMatch(key -> key.id().equals(before) && key.retired() != null)) {
                        return there; // another server was first
                    }
                    store.add(make());
                    store.forgetKeys(clock.millis() - 2 * lifetime.toMillis());
                    return opened(store.keys());
                })
                .whenComplete((kept, failure) -> {
                    if (kept != null) {
                        keys = kept;
                        log.info("tokens are signed with a new key");
                    }
                    rotating.set(false);
                })
                .thenApply(kept -> null);
    }

    /** Those that were wrapped by the secret there is. */
    private List<StoredSigningKey> opened(List<StoredSigningKey> kept) {
        List<StoredSigningKey> opened = new ArrayList<>();
        for (StoredSigningKey key : kept) {
            byte[] secret = wrap.unwrap(key.id(), key.secret());
            if (secret != null && secret.length == BYTES) {
                opened.add(new StoredSigningKey(key.id(), secret, key.created(), key.retired()));
            }
        }
        return List.copyOf(opened);
    }

    /** A new key as it lies in the store. */
    private StoredSigningKey make() {
        byte[] id = new byte[9];
        byte[] secret = new byte[BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        return new StoredSigningKey(name, wrap.wrap(name, secret), clock.millis(), null);
    }
}
