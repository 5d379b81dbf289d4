package chat.parley.config;

import static chat.parley.config.Setting.*;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.DefaultValuesConfigSource;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Reads each setting as the type it has, then looks at those that must fit together. */
final class SettingsReader {

    private final SmallRyeConfig config;
    private final String usualStoreUrl;

    SettingsReader(SmallRyeConfig config, String usualStoreUrl) {
        this.config = config;
        this.usualStoreUrl = usualStoreUrl;
    }

    Settings read() {
        return new Settings(
                new Settings.Http(text(HOST), number(PORT), list(ORIGINS), list(HOSTS)),
                new Settings.Proxies(networks(PROXIES), text(PROXY_HEADER)),
                tls(),
                new Settings.Rooms(
                        number(ROOMS_RING), bytes(ROOMS_RING_BYTES), memory(ROOMS_MEMORY), duration(ROOMS_IDLE)),
                new Settings.Presence(duration(PRESENCE_LINGER)),
                limits(),
                handshakes(),
                users(),
                heartbeat(),
                new Settings.Send(duration(SEND_TIMEOUT), threads()),
                new Settings.Store(
                        text(STORE_URL),
                        text(STORE_USER),
                        text(STORE_PASSWORD),
                        duration(STORE_PATIENCE),
                        text(STORE_JNDI),
                        Duration.ofDays(number(STORE_RETENTION)),
                        number(STORE_QUEUE),
                        number(STORE_MEMORY_MESSAGES),
                        memory(STORE_MEMORY)),
                new Settings.Relay(relayUrl()),
                new Settings.Guests(duration(GUESTS_RESERVE)),
                auth(),
                new Settings.Admins(list(ADMINS), text(ADMINS_CODE)),
                duration(DRAIN),
                new Settings.Log(text(LOG_FORMAT), text(LOG_LEVEL)));
    }

    private Settings.Tls tls() {
        Settings.Tls tls = new Settings.Tls(text(TLS_CERTIFICATE), text(TLS_KEY), number(TLS_PORT), duration(TLS_HSTS));
        if (tls.certificate().isEmpty() != tls.key().isEmpty()) {
            throw refusal(
                    tls.key().isEmpty() ? TLS_CERTIFICATE : TLS_KEY,
                    "needs " + (tls.key().isEmpty() ? TLS_KEY : TLS_CERTIFICATE).key() + " beside it");
        }
        return tls;
    }

    private Settings.Auth auth() {
        return new Settings.Auth(
                yes(AUTH_GUESTS),
                yes(AUTH_SIGN_UP),
                yes(AUTH_COOKIES),
                yes(AUTH_TOKENS),
                yes(AUTH_TICKETS),
                duration(AUTH_SESSION),
                duration(AUTH_TOKEN),
                duration(AUTH_KEY_ROTATION),
                secretFile(),
                number(AUTH_ATTEMPTS_PER_NAME),
                number(AUTH_ATTEMPTS_PER_ADDRESS),
                new Settings.Argon2(
                        Math.toIntExact(bytes(AUTH_ARGON2_MEMORY) / 1024),
                        number(AUTH_ARGON2_ITERATIONS),
                        number(AUTH_ARGON2_PARALLELISM)),
                text(ERASURE).equals("content"),
                new Settings.External(yes(AUTH_CONTAINER), list(AUTH_ADMIN_ROLES), jwt()));
    }

    private Settings.Jwt jwt() {
        List<Setting> keys = Stream.of(AUTH_JWT_JWKS_URL, AUTH_JWT_JWKS_FILE, AUTH_JWT_SECRET)
                .filter(setting -> !text(setting).isEmpty())
                .toList();
        String issuer = text(AUTH_JWT_ISSUER);
        if (issuer.isEmpty()) {
            Stream.concat(
                            Stream.of(AUTH_JWT_AUDIENCE)
                                    .filter(setting -> !text(setting).isEmpty()),
                            keys.stream())
                    .findFirst()
                    .ifPresent(alone -> {
                        throw refusal(alone, "needs " + AUTH_JWT_ISSUER.key() + " beside it");
                    });
        } else if (issuer.equals(Settings.Jwt.OWN_ISSUER)) {
            throw refusal(AUTH_JWT_ISSUER, "is how this server calls itself; the other system needs another name");
        } else if (text(AUTH_JWT_AUDIENCE).isEmpty()) {
            throw refusal(AUTH_JWT_ISSUER, "needs " + AUTH_JWT_AUDIENCE.key() + " beside it");
        } else if (text(AUTH_JWT_NAME_CLAIM).isEmpty()) {
            throw refusal(AUTH_JWT_NAME_CLAIM, "must name a claim");
        } else if (keys.size() != 1) {
            throw refusal(
                    keys.isEmpty() ? AUTH_JWT_ISSUER : keys.get(1),
                    "needs exactly one of " + AUTH_JWT_JWKS_URL.key() + ", " + AUTH_JWT_JWKS_FILE.key() + " and "
                            + AUTH_JWT_SECRET.key());
        }
        return new Settings.Jwt(
                issuer,
                text(AUTH_JWT_AUDIENCE),
                text(AUTH_JWT_JWKS_URL),
                text(AUTH_JWT_JWKS_FILE),
                text(AUTH_JWT_SECRET),
                algorithms(),
                text(AUTH_JWT_NAME_CLAIM),
                text(AUTH_JWT_ROLES_CLAIM),
                duration(AUTH_JWT_CLOCK_SKEW),
                duration(AUTH_JWT_REFRESH));
    }

    /** RFC 8725, section 3.1: what may sign is said here and not in the token, and fits the keys there are. */
    private List<String> algorithms() {
        String secret = text(AUTH_JWT_SECRET);
        List<String> written = list(AUTH_JWT_ALGORITHMS);
        if (written.isEmpty()) {
            written = secret.isEmpty() ? List.of("RS256", "PS256", "ES256") : List.of("HS256");
        }
        for (String algorithm : written) {
            if (algorithm.startsWith("HS") == secret.isEmpty()) {
                throw refusal(
                        AUTH_JWT_ALGORITHMS,
                        secret.isEmpty()
                                ? algorithm + " needs " + AUTH_JWT_SECRET.key()
                                : "with " + AUTH_JWT_SECRET.key() + " only HS256, HS384 and HS512 can be");
            }
            // RFC 7518, section 3.2: a key has at least as many bits as the hash.
            int bytes = secret.isEmpty() ? 0 : Integer.parseInt(algorithm.substring(2)) / 8;
            if (secret.getBytes(StandardCharsets.UTF_8).length < bytes) {
                throw refusal(AUTH_JWT_SECRET, "must have at least " + bytes + " bytes for " + algorithm);
            }
        }
        return written;
    }

    private String secretFile() {
        String file = text(AUTH_SECRET_FILE);
        if (!text(STORE_JNDI).isEmpty() && text(STORE_URL).equals(StoreUrls.MEMORY)) {
            throw refusal(
                    STORE_JNDI, "is a database, and " + STORE_URL.key() + " asks for none: leave one of them out");
        }
        return file.isEmpty() ? StoreUrls.beside(text(STORE_URL), usualStoreUrl, "parley.secret") : file;
    }

    /** Whether a data source leads to PostgreSQL is seen when it is opened. */
    private String relayUrl() {
        String url = text(RELAY_URL);
        if (!url.isEmpty() && text(STORE_JNDI).isEmpty() && !StoreUrls.isShared(text(STORE_URL))) {
            throw refusal(RELAY_URL, Settings.Relay.NEEDS_SHARED_STORE);
        }
        return url;
    }

    private Settings.Limits limits() {
        int frameBytes = frameBytes();
        return new Settings.Limits(
                frameBytes,
                contentBytes(frameBytes),
                number(LIMITS_ROOMS_PER_CONNECTION),
                number(LIMITS_CONNECTIONS_PER_USER),
                number(LIMITS_CONNECTIONS_PER_ADDRESS),
                number(LIMITS_CONNECTIONS),
                number(LIMITS_ROOMS),
                number(LIMITS_MESSAGES_PER_SECOND),
                number(LIMITS_BURST),
                Math.toIntExact(bytes(LIMITS_REPLY_BYTES)));
    }

    private Settings.Handshakes handshakes() {
        return new Settings.Handshakes(
                number(LIMITS_HANDSHAKES_PER_ADDRESS),
                number(LIMITS_HANDSHAKES_PER_ADDRESS_BURST),
                number(LIMITS_HANDSHAKES),
                number(LIMITS_HANDSHAKES_BURST));
    }

    private Settings.Users users() {
        return new Settings.Users(
                number(LIMITS_USER_RATE),
                number(LIMITS_JOINS_PER_MINUTE),
                number(LIMITS_NEW_ROOMS_PER_HOUR),
                number(LIMITS_GUEST_NAMES_PER_ADDRESS));
    }

    private int frameBytes() {
        int bytes = Math.toIntExact(bytes(LIMITS_FRAME_BYTES));
        return bytes == 0 ? Bounds.MOST_FRAME_BYTES : bytes;
    }

    private int contentBytes(int frameBytes) {
        int most = Math.min(frameBytes - Bounds.FRAME_OVERHEAD_BYTES, Bounds.MOST_CONTENT_BYTES);
        int bytes = Math.toIntExact(bytes(LIMITS_CONTENT_BYTES));
        if (bytes > most) {
            throw refusal(
                    LIMITS_CONTENT_BYTES,
                    "a frame of " + frameBytes + " bytes (" + LIMITS_FRAME_BYTES.key() + ") carries at most " + most
                            + ", so lower this too");
        }
        return bytes == 0 ? most : bytes;
    }

    private Settings.Heartbeat heartbeat() {
        Duration ping = duration(HEARTBEAT_PING);
        Duration timeout = duration(HEARTBEAT_TIMEOUT);
        if (ping.compareTo(timeout) >= 0) {
            throw refusal(
                    HEARTBEAT_PING,
                    "must be shorter than " + HEARTBEAT_TIMEOUT.key() + ", which is "
                            + value(HEARTBEAT_TIMEOUT).getValue());
        }
        return new Settings.Heartbeat(ping, timeout);
    }

    private long memory(Setting setting) {
        long bytes = bytes(setting);
        return bytes == 0 ? Runtime.getRuntime().maxMemory() / 4 : bytes;
    }

    private int threads() {
        int threads = number(SEND_THREADS);
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }

    private String text(Setting setting) {
        return (String) typed(setting);
    }

    private int number(Setting setting) {
        return (Integer) typed(setting);
    }

    private boolean yes(Setting setting) {
        return (Boolean) typed(setting);
    }

    private long bytes(Setting setting) {
        return (Long) typed(setting);
    }

    private Duration duration(Setting setting) {
        return (Duration) typed(setting);
    }

    private List<String> list(Setting setting) {
        return ((List<?>) typed(setting)).stream().map(String.class::cast).toList();
    }

    private List<Network> networks(Setting setting) {
        return ((List<?>) typed(setting)).stream().map(Network.class::cast).toList();
    }

    private Object typed(Setting setting) {
        try {
            return setting.parse(value(setting).getValue());
        } catch (IllegalArgumentException e) {
            throw new SettingsException(line(setting, String.valueOf(e.getMessage())), e);
        }
    }

    private ConfigValue value(Setting setting) {
        return config.getConfigValue(setting.key());
    }

    private SettingsException refusal(Setting setting, String why) {
        return new SettingsException(line(setting, why));
    }

    private String line(Setting setting, String why) {
        ConfigValue value = value(setting);
        String shown = setting.isSecret() ? "(hidden)" : value.getValue();
        return setting.key() + " = " + shown + ": " + why + " (from " + origin(setting, value) + ")";
    }

    private static String origin(Setting setting, ConfigValue value) {
        String source = String.valueOf(value.getConfigSourceName());
        if (source.equals(EnvConfigSource.NAME)) {
            return "environment variable " + setting.variable();
        }
        return source.equals(DefaultValuesConfigSource.NAME) ? "default" : source;
    }
}
