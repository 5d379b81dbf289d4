package chat.parley.identity;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of another user system, kept at hand: fetched at start, again when they are old, and again when a token
 * names a key that is not among them, but for that at most once a minute, whatever anybody sends. While they cannot be
 * fetched those there are stay in use. Any thread may ask; nothing here waits.
 */
final class ExternalKeys {

    private static final Logger log = LoggerFactory.getLogger(ExternalKeys.class);

    /** Large systems have some 20 KB; a set that is larger than this is none. */
    static final int MAX_BYTES = 256 * 1024;

    /** So many keys are looked at for a token that does not name its key. */
    static final int MAX_KEYS = 50;

    /** RFC 7518, sections 3.3 and 3.5. */
    private static final int LEAST_RSA_BITS = 2048;

    /** At most once in this time a key that is not known has the set fetched. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** After a fetch that failed the next one is tried when somebody looks again. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

    private final KeySource source;
    private final Duration refresh;
    private final Clock clock;
    private final AtomicBoolean fetching = new AtomicBoolean();

    /** When a key that was not known had the set fetched last. */
    private final AtomicLong askedAt = new AtomicLong(Long.MIN_VALUE);

    private volatile @Nullable List<JWK> keys;
    private volatile boolean isFailing;
    private volatile long fetchedAt = Long.MIN_VALUE;

    /**
     * None yet.
     *
     * @param refresh age at which they are fetched again
     */
    ExternalKeys(KeySource source, Duration refresh, Clock clock) {
        this.source = source;
        this.refresh = refresh;
        this.clock = clock;
    }

    /** The keys a token may be signed with that names this one, or names none; empty when there is no such key. */
    List<JWK> find(@Nullable String id) {
        List<JWK> known = keys;
        if (known == null) {
            return List.of();
        }
        return id == null
                ? known
                : known.stream().filter(key -> id.equals(key.getKeyID())).toList();
    }

    /**
     * Whether a key that is not there may be there in moments: has the set fetched, if it may be. When this is false, look
     * once more: it may have come meanwhile.
     */
    boolean mayCome() {
        if (fetching.get()) {
            return true;
        }
        long now = clock.millis();
        long before = askedAt.get();
        boolean isDue = before == Long.MIN_VALUE || now - before >= PATIENCE.toMillis();
        if (isDue && askedAt.compareAndSet(before, now)) {
            fetch();
            return true;
        }
        return fetching.get() || isFailing;
    }

    /** Fetches the set if it is old, or could not be fetched. Called now and then. */
    void refreshIfDue() {
        long age = clock.millis() - fetchedAt;
        if (fetchedAt == Long.MIN_VALUE || age >= (isFailing ? AGAIN : refresh).toMillis()) {
            fetch();
        }
    }

    /** Takes a set; whoever has a text at hand need not wait for a fetch. */
    void take(String text) throws ParseException {
        keys = usable(text);
    }

    private void fetch() {
        if (!fetching.compareAndSet(false, true)) {
            return;
        }
        fetchedAt = clock.millis();
        CompletionStage<String> text;
        try {
            text = source.fetch();
        } catch (RejectedExecutionException e) {
            text = CompletableFuture.failedFuture(e); // everything is being stopped
        }
        CompletionStage<Void> unused = text.handle((set, failure) -> {
            try {
                if (failure == null) {
                    take(set);
                }
                heard(failure);
            } catch (ParseException | RuntimeException e) {
                heard(e);
            } finally {
                fetching.set(false);
            }
            return null;
        });
    }

    /** Says in the log when it changes whether the set can be fetched, once. */
    private void heard(@Nullable Throwable failure) {
        if (failure != null && !isFailing) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            log.atWarn()
                    .addKeyValue(
                            "why", cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
                    .log("the keys of the other user system cannot be fetched; those there are stay in use");
        } else if (failure == null && isFailing) {
            log.info("the keys of the other user system can be fetched again");
        }
        isFailing = failure != null;
    }

    /** The public halves of what can look at signatures; a secret has nothing to do in a set that anybody may fetch. */
    private static List<JWK> usable(String text) throws ParseException {
        List<JWK> usable = new ArrayList<>();
        for (JWK key : JWKSet.parse(text).getKeys()) {
            boolean isForSigning = key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse());
            boolean isStrong = key instanceof RSAKey && key.size() >= LEAST_RSA_BITS
                    || key instanceof ECKey curve && CURVES.contains(curve.getCurve());
            if (isForSigning && isStrong) {
                usable.add(key.toPublicJWK());
            }
        }
        if (usable.isEmpty() || usable.size() > MAX_KEYS) {
            throw new ParseException("the set has " + usable.size() + " keys that could be used", 0);
        }
        return List.copyOf(usable);
    }
}
