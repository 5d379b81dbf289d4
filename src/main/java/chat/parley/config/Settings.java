package chat.parley.config;

import java.time.Duration;
import java.util.List;

/**
 * The values of every setting, checked and typed. What each means, its key and its default stand in {@link Setting}.
 * Immutable; made once at start.
 */
public record Settings(
        Http http,
        Proxies proxies,
        Tls tls,
        Rooms rooms,
        Presence presence,
        Limits limits,
        Handshakes handshakes,
        Users users,
        Heartbeat heartbeat,
        Send send,
        Store store,
        Relay relay,
        Guests guests,
        Auth auth,
        Admins admins,
        Duration drain,
        Log log) {

    /** Where the embedded server listens, and who may connect. Port 0 is any free one. */
    public record Http(String host, int port, List<String> origins, List<String> hosts) {
        /** The host as it stands in a URI: an IPv6 address in brackets. */
        public String hostInUri() {
            return host.contains(":") ? "[" + host + "]" : host;
        }
    }

    /**
     * Who stands between the clients and the server.
     *
     * @param networks whose headers are believed
     * @param header {@code auto}, {@code forwarded} or {@code x-forwarded}
     */
    public record Proxies(List<Network> networks, String header) {}

    /**
     * TLS of the embedded server.
     *
     * @param certificate a file; empty for no TLS, and then the key is empty too
     * @param port 0 is any free one
     * @param hsts how long browsers remember it; zero for not at all
     */
    public record Tls(String certificate, String key, int port, Duration hsts) {
        /** Whether there is TLS. */
        public boolean isOn() {
            return !certificate.isEmpty();
        }
    }

    /**
     * Rooms in memory.
     *
     * @param ring events a room keeps in memory at most
     * @param ringBytes bytes a room keeps in memory at most
     * @param memoryBytes bytes all rooms keep in memory at most
     * @param idle how long a room that nobody is in stays in memory
     */
    public record Rooms(int ring, long ringBytes, long memoryBytes, Duration idle) {}

    /**
     * Who is here.
     *
     * @param linger how long a user whose last connection dropped is still shown
     */
    public record Presence(Duration linger) {}

    /**
     * Bounds on what a client may ask for; 0 is no limit. {@code frameBytes} and {@code contentBytes} are never 0.
     */
    public record Limits(
            int frameBytes,
            int contentBytes,
            int roomsPerConnection,
            int connectionsPerUser,
            int connectionsPerAddress,
            int connections,
            int rooms,
            int messagesPerSecond,
            int burst,
            int replyBytes) {}

    /**
     * How many handshakes a second, and at once; 0 is no limit.
     *
     * @param perAddress from one network address
     * @param all from everybody
     */
    public record Handshakes(int perAddress, int perAddressBurst, int all, int allBurst) {}

    /**
     * What a user may do, on all connections together; 0 is no limit.
     *
     * @param rate how many times what a connection may send
     * @param newRoomsPerHour rooms in which they say the first thing ever
     * @param guestNamesPerAddress names that guests from one network address have at the same time
     */
    public record Users(int rate, int joinsPerMinute, int newRoomsPerHour, int guestNamesPerAddress) {}

    /**
     * Hearing that the other side still lives.
     *
     * @param ping silence after which the server sends a ping
     * @param timeout silence after which it drops the connection
     */
    public record Heartbeat(Duration ping, Duration timeout) {}

    /**
     * Writing to clients.
     *
     * @param timeout how long one write may take
     * @param threads how many delivery threads
     */
    public record Send(Duration timeout, int threads) {}

    /**
     * What carries messages between servers.
     *
     * @param url of a Redis, with its password; empty for a server that is alone
     */
    public record Relay(String url) {
        /** Why there cannot be one. */
        public static final String NEEDS_SHARED_STORE = "is for servers that share a PostgreSQL database, and "
                + "parley.store.url is none: leave one of them out, or change it";

        /** Whether there may be other servers to tell. */
        public boolean isOn() {
            return !url.isEmpty();
        }

        /** Without the url, which has a password in it. */
        @Override
        public String toString() {
            return "Relay[" + (isOn() ? "on" : "off") + "]";
        }
    }

    /**
     * The store of messages.
     *
     * @param url {@code memory:}, or {@code jdbc:sqlite:} and a path, or {@code jdbc:postgresql:} and where it is
     * @param user of PostgreSQL; empty for the one in the url
     * @param password of that user; empty for none
     * @param patience how long the start waits for a PostgreSQL that cannot be reached
     * @param jndi the name of a data source, which then is where messages are; empty for the url
     * @param retention age at which messages are deleted; zero for never
     * @param queue appends that may wait
     * @param memoryMessages messages a room keeps in the in-memory store
     * @param memoryBytes bytes of messages all rooms keep in the in-memory store
     */
    public record Store(
            String url,
            String user,
            String password,
            Duration patience,
            String jndi,
            Duration retention,
            int queue,
            int memoryMessages,
            long memoryBytes) {
        /** Whether it goes with the process. */
        public boolean isInMemory() {
            return jndi.isEmpty() && url.equals(StoreUrls.MEMORY);
        }

        /** What it is called for people. */
        public String name() {
            return jndi.isEmpty() ? url : jndi;
        }

        /** Without the password, which may stand among the parameters of the url too, for logs. */
        @Override
        public String toString() {
            return "Store[" + name().split("\\?", 2)[0] + "]";
        }
    }

    /**
     * People without an account.
     *
     * @param reserve how long a guest's name stays theirs after the last connection
     */
    public record Guests(Duration reserve) {}

    /**
     * Who people are, and which ways in there are.
     *
     * @param guests whether people without an account come in
     * @param signUp whether people can make an account
     * @param cookies whether the page's session cookie is a way in
     * @param tokens whether short tokens are a way in
     * @param tickets whether tickets are a way in
     * @param session how long a session of an account lasts
     * @param token how long a short token lasts
     * @param keyRotation age at which another key signs tokens; zero for never
     * @param secretFile with what wraps the signing keys in the store; empty only while the store is memory
     * @param attemptsPerName sign-ins in a quarter of an hour that fail, for one name; 0 for no limit
     * @param attemptsPerAddress the same for one address, sign-ups counted too
     * @param erasesContent whether what a deleted account said is emptied
     */
    public record Auth(
            boolean guests,
            boolean signUp,
            boolean cookies,
            boolean tokens,
            boolean tickets,
            Duration session,
            Duration token,
            Duration keyRotation,
            String secretFile,
            int attemptsPerName,
            int attemptsPerAddress,
            Argon2 argon2,
            boolean erasesContent,
            External external) {}

    /**
     * People whom somebody else vouches for.
     *
     * @param container whether whom the application server has signed in comes in as who they are
     * @param adminRoles whose holders moderate this server
     */
    public record External(boolean container, List<String> adminRoles, Jwt jwt) {}

    /**
     * Tokens of another user system. Of the two places of a key set and the secret one is there, the others are empty.
     *
     * @param issuer empty for none
     * @param nameClaim the claim with the name, perhaps a path
     * @param rolesClaim the claim with the roles, perhaps a path; empty for none
     * @param skew how much its clock may differ from ours
     * @param refresh age at which a key set is fetched again
     */
    public record Jwt(
            String issuer,
            String audience,
            String jwksUrl,
            String jwksFile,
            String secret,
            List<String> algorithms,
            String nameClaim,
            String rolesClaim,
            Duration skew,
            Duration refresh) {

        /** The issuer of Parley's own tokens, which no other system can be. */
        public static final String OWN_ISSUER = "parley";

        /** Whether there is another system. */
        public boolean isOn() {
            return !issuer.isEmpty();
        }

        /** Without the secret, for logs. */
        @Override
        public String toString() {
            return "Jwt[" + issuer + "]";
        }
    }

    /**
     * What a hash of a password costs.
     *
     * @param memoryKb kilobytes it fills
     * @param iterations passes over them
     * @param parallelism lanes
     */
    public record Argon2(int memoryKb, int iterations, int parallelism) {}

    /**
     * Who may kick and ban.
     *
     * @param names as they were written
     * @param code opens a sign-up under one of them; empty for no such sign-up. A secret
     */
    public record Admins(List<String> names, String code) {
        /** Without the code, for logs. */
        @Override
        public String toString() {
            return "Admins" + names;
        }
    }

    /**
     * Log lines of the embedded server.
     *
     * @param format {@code auto}, {@code text} or {@code json}
     * @param level the least level of Parley's own lines: {@code trace}, {@code debug}, {@code info}, {@code warn},
     *     {@code error} or {@code off}
     */
    public record Log(String format, String level) {}
}
