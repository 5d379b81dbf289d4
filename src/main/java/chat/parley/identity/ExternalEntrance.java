package chat.parley.identity;

import chat.parley.config.Settings;
import chat.parley.identity.Entry.NotSignedIn;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways in of people whom somebody else vouches for: the application server, and the tokens of another user system. Any
 * thread may ask; nothing waits. Whoever makes it starts and closes it.
 */
public final class ExternalEntrance implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ExternalEntrance.class);

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Who vouches for whom the application server has signed in; no address is like that. */
    private static final String CONTAINER = "container";

    /** How long the fetch of a key set may take in all. */
    private static final Duration FETCH = Duration.ofSeconds(5);

    private final Settings.External settings;
    private final ExternalPeople people;
    private final @Nullable ExternalKeys keys;
    private final @Nullable ExternalTokens tokens;
    private final @Nullable ThreadPoolExecutor threads;

    /**
     * The ways that the settings leave open. Nothing is asked of a network before {@link #start}, and never when no address
     * is set.
     *
     * @throws KeysRefusedException when there is a file of keys that cannot be used
     */
    public ExternalEntrance(Settings.External settings, ExternalPeople people, Clock clock) {
        this.settings = settings;
        this.people = people;
        Settings.Jwt jwt = settings.jwt();
        boolean hasSet = jwt.isOn() && jwt.secret().isEmpty();
        this.threads = hasSet ? threads() : null;
        this.keys = threads == null ? null : keys(jwt, threads, clock);
        this.tokens = jwt.isOn() ? new ExternalTokens(jwt, keys, clock) : null;
    }

    /** Has the keys fetched, if they are somewhere to be fetched. */
    public void start() {
        refresh();
    }

    /** Has keys that are old fetched again. Called every few seconds. */
    public void refresh() {
        if (keys != null) {
            keys.refreshIfDue();
        }
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }

    /** Whom the application server has signed in; null when that is nobody. */
    @Nullable Entry byContainer(Credentials credentials) {
        ContainerUser user = credentials.container();
        return user == null ? null : people.enter(CONTAINER, user.name(), user.name(), user.isAdmin(), null);
    }

    /** Whose token the bearer is; null when it is none of another system. */
    @Nullable Entry byBearer(Credentials credentials) {
        String bearer = credentials.bearer();
        return bearer == null ? null : byToken(bearer);
    }

    /** Whose token a text is; null when it is none of another system. */
    @Nullable Entry byToken(String text) {
        if (tokens == null || !tokens.isFor(text)) {
            return null;
        }
        ExternalTokens.Verdict verdict = tokens.judge(text);
        if (verdict instanceof ExternalTokens.Verdict.Bad bad) {
            return new NotSignedIn(bad.flaw().why());
        }
        if (!(verdict instanceof ExternalTokens.Verdict.Good good)) {
            return new Entry.TryLater("the key of the token is being fetched; try again");
        }
        boolean isAdmin = !Collections.disjoint(settings.adminRoles(), good.roles());
        return people.enter(settings.jwt().issuer(), good.subject(), good.name(), isAdmin, good.expiresAt());
    }

    private static ExternalKeys keys(Settings.Jwt settings, ThreadPoolExecutor threads, Clock clock) {
        if (settings.jwksFile().isEmpty()) {
            return fromUrl(settings, threads, clock);
        }
        return fromFile(settings, threads, clock);
    }

    private static ExternalKeys fromUrl(Settings.Jwt settings, ThreadPoolExecutor threads, Clock clock) {
        URI address = URI.create(settings.jwksUrl());
        if ("http".equalsIgnoreCase(address.getScheme()) && !LOOPBACK.contains(address.getHost())) {
            log.atWarn()
                    .addKeyValue("address", address)
                    .log(
                            "keys are fetched without TLS: whoever is in between can sign people in (parley.auth.jwt.jwks-url)");
        }
        return new ExternalKeys(new KeyUrl(address, FETCH, threads), settings.refresh(), clock);
    }

    private static ExternalKeys fromFile(Settings.Jwt settings, ThreadPoolExecutor threads, Clock clock) {
        KeyFile file = new KeyFile(Path.of(settings.jwksFile()), threads);
        ExternalKeys keys = new ExternalKeys(file, settings.refresh(), clock);
        try {
            keys.take(file.read());
        } catch (ParseException | UncheckedIOException e) {
            throw new KeysRefusedException(
                    "parley.auth.jwt.jwks-file = " + settings.jwksFile() + ": is no key set: " + e.getMessage(), e);
        }
        return keys;
    }

    /** None while nothing is fetched; an address is looked up by them too, which may take its time. */
    private static ThreadPoolExecutor threads() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(2, 2, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "parley-keys-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
