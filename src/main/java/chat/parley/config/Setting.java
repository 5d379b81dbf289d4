package chat.parley.config;

import java.util.Locale;

/**
 * Everything that can be set: one constant a key, with its default, its unit, a sentence for people, and what is a
 * good value. {@code --help-config} and the page on configuration show what stands here. The typed values are in
 * {@link Settings}.
 */
public enum Setting {
    HOST(
            "parley.host",
            "localhost",
            Kind.host(),
            "Address the server listens on: localhost is this machine alone, 0.0.0.0 every network it is in."),
    PORT("parley.port", "8080", Kind.number("port", 0, 65535), "Port the server listens on; 0 is any free one."),
    ORIGINS(
            "parley.origins",
            "",
            Kind.origins(),
            "Origins whose pages may connect besides the server's own, such as https://chat.example.org."),
    HOSTS(
            "parley.hosts",
            "",
            Kind.hosts(),
            "Host names the server answers to besides localhost and the loopback addresses."),

    PROXIES(
            "parley.proxies",
            "",
            Kind.networks(),
            "Proxies whose word is taken for a client's address and for https, such as 10.0.0.0/8; empty is nobody's."),
    PROXY_HEADER(
            "parley.proxy-header",
            "auto",
            Kind.oneOf("auto", "forwarded", "x-forwarded"),
            "Where proxies say it: Forwarded, X-Forwarded-For with -Proto, or whichever is there; set it if you know."),

    TLS_CERTIFICATE(
            "parley.tls.certificate",
            "",
            Kind.file(),
            "Certificate and those that vouch for it, in PEM form; with parley.tls.key the embedded server speaks TLS. Read"
                    + " again when it changes."),
    TLS_KEY(
            "parley.tls.key",
            "",
            Kind.file(),
            "Private key of the certificate, in PEM form, not encrypted. Read again when it changes."),
    TLS_PORT(
            "parley.tls.port",
            "8443",
            Kind.number("port", 0, 65535),
            "Port for TLS; 0 is any free one. With TLS on, parley.port only shows the way there."),
    TLS_HSTS(
            "parley.tls.hsts",
            "365d",
            Kind.duration("0s", "730d"),
            "How long browsers remember to come by https only (Strict-Transport-Security); 0s does not ask them."),

    ROOMS_RING(
            "parley.rooms.ring",
            "4096",
            Kind.number("events", 256, 1 << 20),
            "Newest events a room keeps in memory for members that are behind."),
    ROOMS_RING_BYTES(
            "parley.rooms.ring-bytes",
            "1MB",
            Kind.bytes(64 * Kind.KB, Kind.GB),
            "Bytes of events a room keeps in memory at most."),
    ROOMS_MEMORY(
            "parley.rooms.memory",
            "0",
            Kind.bytesOrZero(64 * Kind.KB, Long.MAX_VALUE),
            "Bytes of events all rooms together keep in memory at most; 0 is a quarter of the heap."),
    ROOMS_IDLE("parley.rooms.idle", "60s", Kind.duration("0s", "30d"), "How long a room nobody is in stays in memory."),
    PRESENCE_LINGER(
            "parley.presence.linger",
            "5s",
            Kind.duration("0s", "1h"),
            "How long a user whose last connection dropped is still shown in a room."),

    LIMITS_FRAME_BYTES(
            "parley.limits.frame-bytes",
            "4096",
            Kind.bytesOrZero(256, Bounds.MOST_FRAME_BYTES),
            "Largest frame a client may send; 0 is the largest there can be, 64KB. Larger closes 1009."),
    LIMITS_CONTENT_BYTES(
            "parley.limits.content-bytes",
            "3072",
            Kind.bytesOrZero(1, Bounds.MOST_CONTENT_BYTES),
            "Longest content of a message; 0 is as much as a frame carries, at most 15KB. Longer is too_large."),
    LIMITS_ROOMS_PER_CONNECTION(
            "parley.limits.rooms-per-connection",
            "100",
            Kind.limit("rooms", 1),
            "Rooms a connection may be in; 0 is no limit. More is too_many_rooms."),
    LIMITS_CONNECTIONS_PER_USER(
            "parley.limits.connections-per-user",
            "10",
            Kind.limit("connections", 1),
            "Connections a user may have; 0 is no limit. More closes 4410."),
    LIMITS_CONNECTIONS_PER_ADDRESS(
            "parley.limits.connections-per-address",
            "0",
            Kind.limit("connections", 1),
            "Connections one network address may have; 0 is no limit. More is refused with HTTP 429."),
    LIMITS_CONNECTIONS(
            "parley.limits.connections",
            "20000",
            Kind.limit("connections", 1),
            "Connections the server takes; 0 is no limit. More is refused with HTTP 503."),
    LIMITS_ROOMS(
            "parley.limits.rooms",
            "100000",
            Kind.limit("rooms", 1),
            "Rooms in memory at once; 0 is no limit. One more is busy."),
    LIMITS_MESSAGES_PER_SECOND(
            "parley.limits.messages-per-second",
            "20",
            Kind.limit("frames", 1),
            "Frames a second a connection may send in the long run, history and members counting 5; 0 is no limit."
                    + " More is rate_limited, far more closes 4529."),
    LIMITS_BURST(
            "parley.limits.burst",
            "200",
            Kind.limit("frames", Bounds.DEAREST_FRAME),
            "Frames a connection may send at once before the rate counts; 0 is no limit, whatever the rate."),
    LIMITS_REPLY_BYTES(
            "parley.limits.reply-bytes",
            "1MB",
            Kind.bytesOrZero(64 * Kind.KB, Integer.MAX_VALUE),
            "Bytes of answers that may wait for one connection; 0 is no limit. More closes 4513."),

    LIMITS_HANDSHAKES_PER_ADDRESS(
            "parley.limits.handshakes-per-address",
            "200",
            Kind.limit("handshakes", 1),
            "Handshakes a second from one network address in the long run; 0 is no limit. More are refused with HTTP"
                    + " 429. Of IPv6, here and wherever addresses are counted, the first 64 bits are the address."),
    LIMITS_HANDSHAKES_PER_ADDRESS_BURST(
            "parley.limits.handshakes-per-address-burst",
            "2000",
            Kind.limit("handshakes", 1),
            "Handshakes from one network address at once before the rate counts; 0 is no limit, whatever the rate."),
    LIMITS_HANDSHAKES(
            "parley.limits.handshakes",
            "2000",
            Kind.limit("handshakes", 1),
            "Handshakes a second from everybody in the long run; 0 is no limit. More are refused with HTTP 503."),
    LIMITS_HANDSHAKES_BURST(
            "parley.limits.handshakes-burst",
            "10000",
            Kind.limit("handshakes", 1),
            "Handshakes from everybody at once before the rate counts; 0 is no limit, whatever the rate."),

    LIMITS_USER_RATE(
            "parley.limits.user-rate",
            "2",
            Kind.limit("times", 1),
            "How many times what a connection may send, by rate and burst, a user may say on all connections together; 0"
                    + " is no limit. More is rate_limited."),
    LIMITS_JOINS_PER_MINUTE(
            "parley.limits.joins-per-minute",
            "600",
            Kind.limit("joins", 1),
            "Joins a minute of a user, as many at once; 0 is no limit. More is rate_limited."),
    LIMITS_NEW_ROOMS_PER_HOUR(
            "parley.limits.new-rooms-per-hour",
            "60",
            Kind.limit("rooms", 1),
            "Rooms an hour in which a user may say the first thing ever, as many at once; 0 is no limit. More is"
                    + " rate_limited."),
    LIMITS_GUEST_NAMES_PER_ADDRESS(
            "parley.limits.guest-names-per-address",
            "20",
            Kind.limit("names", 1),
            "Names that guests from one network address may have at the same time, reserved ones too; 0 is no limit. One"
                    + " more closes 4410."),

    HEARTBEAT_PING(
            "parley.heartbeat.ping",
            "54s",
            Kind.duration("10ms", "1h"),
            "Silence of a client after which the server pings it; shorter than parley.heartbeat.timeout."),
    HEARTBEAT_TIMEOUT(
            "parley.heartbeat.timeout",
            "60s",
            Kind.duration("20ms", "2h"),
            "Silence of a client after which the server drops it (4508)."),
    SEND_TIMEOUT(
            "parley.send.timeout",
            "10s",
            Kind.duration("10ms", "10m"),
            "How long one write to a client may take before the server drops it (4513)."),
    SEND_THREADS(
            "parley.send.threads", "0", Kind.number("threads", 0, 256), "Delivery threads; 0 is one per processor."),
    DRAIN(
            "parley.drain",
            "5s",
            Kind.duration("0s", "10m"),
            "How long a server that stops goes on serving at most, while its clients move away."),

    STORE_URL(
            "parley.store.url",
            "jdbc:sqlite:data/parley.db",
            Kind.storeUrl(),
            "Where messages are kept: jdbc:sqlite: and a file, which is made if it is not there, jdbc:postgresql://host/database,"
                    + " or memory: for as long as the process lives."),
    STORE_USER(
            "parley.store.user",
            "",
            Kind.text(),
            "User of the PostgreSQL database; empty is the one in parley.store.url, or the account that runs Parley."),
    STORE_PASSWORD(
            "parley.store.password",
            "",
            Kind.secret(),
            "Password of that user; better the environment's than the command line's."),
    STORE_PATIENCE(
            "parley.store.patience",
            "30s",
            Kind.duration("0s", "1h"),
            "How long the start waits for a PostgreSQL that cannot be reached; then the exit code is 1."),
    STORE_JNDI(
            "parley.store.jndi",
            "",
            Kind.jndiName(),
            "Name of a data source of the application server that goes before parley.store.url, such as"
                    + " java:comp/env/jdbc/parley (in a WAR); its database has to be a SQLite file or PostgreSQL."),
    STORE_RETENTION(
            "parley.store.retention",
            "0",
            Kind.number("days", 0, 36_500),
            "Age at which messages are deleted; 0 is never."),
    STORE_QUEUE(
            "parley.store.queue",
            "10000",
            Kind.number("messages", 1, 10_000_000),
            "Messages that may wait for the store; one more is busy."),
    STORE_MEMORY_MESSAGES(
            "parley.store.memory-messages",
            "10000",
            Kind.number("messages", 1, 100_000_000),
            "Newest messages a room keeps while the store is memory."),
    STORE_MEMORY(
            "parley.store.memory",
            "0",
            Kind.bytesOrZero(64 * Kind.KB, Long.MAX_VALUE),
            "Bytes of messages all rooms together keep while the store is memory; the oldest go first; 0 is a quarter of"
                    + " the heap."),
    RELAY_URL(
            "parley.relay.url",
            "",
            Kind.relayUrl(),
            "The Redis by which servers over one PostgreSQL hear of each other's messages at once: redis://, rediss:// (TLS)"
                    + " or redis-sentinel://, with the password in it; better the environment's than the command line's."
                    + " Empty is none."),
    GUESTS_RESERVE(
            "parley.guests.reserve",
            "1h",
            Kind.duration("0s", "30d"),
            "How long a guest's name stays theirs after the last connection."),

    AUTH_GUESTS("parley.auth.guests", "true", Kind.yesNo(), "Whether people come in without an account."),
    AUTH_SIGN_UP("parley.auth.sign-up", "true", Kind.yesNo(), "Whether people can make themselves an account."),
    AUTH_COOKIES("parley.auth.cookies", "true", Kind.yesNo(), "Whether the page's session cookie opens a connection."),
    AUTH_TOKENS("parley.auth.tokens", "true", Kind.yesNo(), "Whether Parley's short tokens open a connection."),
    AUTH_TICKETS("parley.auth.tickets", "true", Kind.yesNo(), "Whether tickets open a connection."),
    AUTH_CONTAINER(
            "parley.auth.container",
            "true",
            Kind.yesNo(),
            "Whether whom the application server has signed in is taken for who they are (in a WAR)."),
    AUTH_ADMIN_ROLES(
            "parley.auth.admin-roles",
            "",
            Kind.texts(),
            "Roles, of the application server or of a token of another system, whose holders moderate this server."),
    AUTH_JWT_ISSUER(
            "parley.auth.jwt.issuer",
            "",
            Kind.text(),
            "The other user system whose tokens are taken, as they say it in iss; empty is none."),
    AUTH_JWT_AUDIENCE(
            "parley.auth.jwt.audience", "", Kind.text(), "Whom such tokens have to be for, as they say it in aud."),
    AUTH_JWT_JWKS_URL(
            "parley.auth.jwt.jwks-url",
            "",
            Kind.httpUrl(),
            "Where its key set (JWKS) is fetched; this, parley.auth.jwt.jwks-file or parley.auth.jwt.secret."),
    AUTH_JWT_JWKS_FILE(
            "parley.auth.jwt.jwks-file", "", Kind.file(), "File with its key set (JWKS), read again now and then."),
    AUTH_JWT_SECRET(
            "parley.auth.jwt.secret",
            "",
            Kind.secret(),
            "Secret shared with it, at least 32 bytes of UTF-8; better the environment's than the command line's."),
    AUTH_JWT_ALGORITHMS(
            "parley.auth.jwt.algorithms",
            "",
            Kind.manyOf(
                    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "HS256", "HS384",
                    "HS512"),
            "Algorithms that may have signed; empty is RS256, PS256 and ES256 with a key set, HS256 with a secret."),
    AUTH_JWT_NAME_CLAIM(
            "parley.auth.jwt.name-claim",
            "preferred_username",
            Kind.text(),
            "Claim with the name of the user; of claims in claims, the path with dots."),
    AUTH_JWT_ROLES_CLAIM(
            "parley.auth.jwt.roles-claim",
            "roles",
            Kind.text(),
            "Claim with the roles of the user, such as realm_access.roles; empty is none."),
    AUTH_JWT_CLOCK_SKEW(
            "parley.auth.jwt.clock-skew",
            "60s",
            Kind.duration("0s", "10m"),
            "How much the other system's clock may differ from this one's."),
    AUTH_JWT_REFRESH(
            "parley.auth.jwt.refresh",
            "5m",
            Kind.duration("10s", "24h"),
            "Age at which a key set is fetched again, known or not; an unknown key fetches it too, once a minute."),
    AUTH_SESSION(
            "parley.auth.session",
            "30d",
            Kind.duration("1m", "3650d"),
            "How long somebody with an account stays signed in."),
    AUTH_TOKEN(
            "parley.auth.token",
            "15m",
            Kind.duration("1s", "24h"),
            "How long a short token lasts, and a connection it opened unless it is renewed (4401)."),
    AUTH_KEY_ROTATION(
            "parley.auth.key-rotation",
            "30d",
            Kind.duration("0s", "3650d"),
            "Age at which another key signs the tokens; 0s is never."),
    AUTH_SECRET_FILE(
            "parley.auth.secret-file",
            "",
            Kind.file(),
            "File with the secret that wraps the signing keys in the store; made when it is not there. Empty is parley.secret"
                    + " beside the database."),
    AUTH_ATTEMPTS_PER_NAME(
            "parley.auth.attempts-per-name",
            "10",
            Kind.limit("attempts", 1),
            "Sign-ins under one name that may fail in a quarter of an hour; 0 is no limit. More is HTTP 429."),
    AUTH_ATTEMPTS_PER_ADDRESS(
            "parley.auth.attempts-per-address",
            "100",
            Kind.limit("attempts", 1),
            "Sign-ins from one address that may fail, and sign-ups, in a quarter of an hour; 0 is no limit. More is HTTP"
                    + " 429."),
    AUTH_ARGON2_MEMORY(
            "parley.auth.argon2.memory",
            "19MB",
            Kind.bytes(64 * Kind.KB, Kind.GB),
            "Memory that the hash of a password fills (Argon2id)."),
    AUTH_ARGON2_ITERATIONS(
            "parley.auth.argon2.iterations", "2", Kind.number("passes", 1, 100), "Passes over that memory."),
    AUTH_ARGON2_PARALLELISM(
            "parley.auth.argon2.parallelism", "1", Kind.number("lanes", 1, 16), "Lanes of the hash of a password."),

    ERASURE(
            "parley.erasure",
            "none",
            Kind.oneOf("none", "content"),
            "What a deleted account said: none keeps it under another name, content empties it too; numbers stay."),

    ADMINS(
            "parley.admins",
            "",
            Kind.names(),
            "Names of those who may kick and ban: people with an account, or of another system; never guests."),
    ADMINS_CODE(
            "parley.admins.code",
            "",
            Kind.secret(16),
            "What has to be said to sign up under a name in parley.admins, at least 16 characters; without it nobody can."),

    LOG_FORMAT(
            "parley.log.format",
            "auto",
            Kind.oneOf("auto", "text", "json"),
            "How log lines look: text for people, json for machines; auto is text on a terminal, json elsewhere."),
    LOG_LEVEL(
            "parley.log.level",
            "info",
            Kind.oneOf("trace", "debug", "info", "warn", "error", "off"),
            "Least level of Parley's own log lines; libraries log from warn up.");

    private final String key;
    private final String defaultValue;

    @SuppressWarnings("ImmutableEnumChecker") // a record of a word and a pure function
    private final Kind kind;

    private final String sentence;

    Setting(String key, String defaultValue, Kind kind, String sentence) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.kind = kind;
        this.sentence = sentence;
    }

    /** The name in files and on the command line, such as {@code parley.rooms.ring-bytes}. */
    public String key() {
        return key;
    }

    /** The name as an environment variable, such as {@code PARLEY_ROOMS_RING_BYTES}. */
    public String variable() {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** What holds when nobody says otherwise, as it would stand in a file; may be empty. */
    public String defaultValue() {
        return defaultValue;
    }

    /** What the value counts, such as {@code bytes}; or the words there are to choose from. */
    public String unit() {
        return kind.unit();
    }

    /** What it does, and what 0 means where 0 is special. */
    public String sentence() {
        return sentence;
    }

    /** Whether nobody but the operator may read the value. */
    boolean isSecret() {
        return kind.unit().equals(Kind.SECRET);
    }

    /**
     * The value that was written, typed as its kind says.
     *
     * @throws IllegalArgumentException when it is none; the message is the reason and names neither key nor value
     */
    Object parse(String written) {
        return kind.parse(written);
    }
}
