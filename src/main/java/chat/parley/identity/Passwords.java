package chat.parley.identity;

import chat.parley.config.Settings;
import chat.parley.identity.AccountException.Reason;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords and compares them with hashes, on threads of its own: as many at once as half the processors, and a
 * bounded number that wait; one more is {@link Reason#BUSY}. Any thread may ask. Whoever makes it closes it.
 */
public final class Passwords implements AutoCloseable {

    private static final int MIN_CHARACTERS = 8;
    private static final int MAX_CHARACTERS = 128;

    /** Some seconds of work: whoever waits longer has gone. */
    private static final int QUEUE = 64;

    private final Argon2 parameters;
    private final SecureRandom random = new SecureRandom();
    private final ThreadPoolExecutor threads;

    /** What a password is compared with when there is no account: costs the same as if there were one. */
    private final String nobodys;

    /** Hashes made by these parameters from now on. */
    public Passwords(Settings.Argon2 settings) {
        this.parameters = new Argon2(settings.memoryKb(), settings.iterations(), settings.parallelism());
        this.nobodys = parameters.unmatched(random);
        AtomicInteger number = new AtomicInteger();
        int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.threads =
                new ThreadPoolExecutor(atOnce, atOnce, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                    Thread thread = new Thread(task, "parley-password-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Looks whether a new password may be one (NIST SP 800-63B, section 3.1.1.2: its length, and no rule of what has
     * to be in it).
     *
     * @throws AccountException when it may not
     */
    public static void check(String password) throws AccountException {
        String text = normal(password);
        int characters = text.codePointCount(0, text.length());
        if (characters < MIN_CHARACTERS || characters > MAX_CHARACTERS) {
            throw new AccountException(
                    Reason.BAD_PASSWORD, "A password has " + MIN_CHARACTERS + " to " + MAX_CHARACTERS + " characters.");
        }
    }

    /** Hashes a password; the stage completes on a thread of this class. */
    CompletableFuture<String> hash(String password) {
        return run(() -> hashNow(password));
    }

    /**
     * Compares a password with a hash; without one as well, so that an answer takes as long whether there is an account
     * or not.
     */
    CompletableFuture<Boolean> matches(@Nullable String hash, String password) {
        if (hash == null || hash.isEmpty()) {
            return run(() -> Argon2.matches(nobodys, normal(password)) && false);
        }
        return run(() -> Argon2.matches(hash, normal(password)));
    }

    /** Whether a hash was made by other parameters than new ones are. */
    boolean isOutdated(String hash) {
        return !parameters.equals(Argon2.of(hash));
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(Duration.ofSeconds(1).toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private String hashNow(String password) {
        byte[] salt = new byte[Argon2.SALT_BYTES];
        random.nextBytes(salt);
        return parameters.hash(normal(password), salt);
    }

    /** RFC 8265, section 4.2.2: one form of what can be typed in several. */
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    private <T> CompletableFuture<T> run(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(
                    new AccountException(Reason.BUSY, "Too many people sign in at once; try again.", 1_000));
        }
    }
}
