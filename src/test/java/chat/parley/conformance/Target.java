package chat.parley.conformance;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A deployment of Parley that the suite is run against, and what can be done with the server it is in. It is started
 * before it is handed over, over a store on disk that is empty, with {@link #SETTINGS}, and answers
 * {@code health/ready} with 200. One thread at a time; whoever starts it closes it.
 */
public interface Target extends AutoCloseable {

    /** How a server is made to end. */
    enum Stop {
        /** As its operator does: SIGTERM, or the server's own command. */
        ORDERLY,
        /** SIGKILL to every process of it: nothing of it learns that it ends. */
        KILL
    }

    /**
     * A deployment beside the first, with a store of its own, in which the server itself signs people in for every
     * address ({@code /*}).
     *
     * @param base where it is, with a slash at the end
     * @param user a user of the server whose name is a name in Parley too, in lower case; signs in by HTTP Basic
     * @param password their password
     */
    record Guarded(URI base, String user, String password) {}

    /**
     * What each target is started with, besides the address and the store ({@code parley.store.url}), so that all
     * bounds can be reached in seconds. What is not here is the default.
     */
    Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("parley.origins", "https://chat.example.org"),
            Map.entry("parley.presence.linger", "2s"),
            Map.entry("parley.rooms.idle", "6s"),
            Map.entry("parley.drain", "2s"),
            Map.entry("parley.send.timeout", "4s"),
            Map.entry("parley.heartbeat.ping", "3s"),
            Map.entry("parley.heartbeat.timeout", "6s"),
            Map.entry("parley.limits.connections", "200"),
            Map.entry("parley.limits.rooms", "300"),
            Map.entry("parley.limits.rooms-per-connection", "20"),
            Map.entry("parley.limits.messages-per-second", "50"),
            Map.entry("parley.limits.burst", "1000"),
            Map.entry("parley.limits.handshakes-per-address", "50"),
            Map.entry("parley.limits.handshakes-per-address-burst", "2500"),
            Map.entry("parley.limits.guest-names-per-address", "1000"),
            Map.entry("parley.auth.token", "6s"),
            Map.entry("parley.auth.argon2.memory", "64KB"),
            Map.entry("parley.auth.argon2.iterations", "1"),
            Map.entry("parley.auth.jwt.issuer", "https://sso.example.org"),
            Map.entry("parley.auth.jwt.audience", "parley"),
            Map.entry("parley.auth.jwt.secret", "a-secret-of-thirty-two-bytes-or-more"),
            Map.entry("parley.admins", "warden,keeper,caretaker"),
            Map.entry("parley.admins.code", "open-sesame-for-wardens"));

    /** What it is called in the table and in file names: a word in lower case, such as {@code tomcat}. */
    String name();

    /** Where the page is, below its context path, with a slash at the end: {@code http://localhost:8080/parley/}. */
    URI base();

    /** A deployment in which the server signs people in; empty where there is none, which is a {@link #differences()}. */
    Optional<Guarded> guarded();

    /** Ends the server and starts it again over the same data at the same address; returns when it is ready. */
    void restart(Stop how) throws Exception;

    /** Milliseconds from the start of the process to the first 200 of {@code health/ready}, at the first start. */
    long startMillis();

    /** Bytes of memory that its processes have resident now. */
    long rssBytes();

    /**
     * What is known to be otherwise here, by the names of checks. Such a check is run as well; one that passes fails the
     * suite, and so does one that fails otherwise, and a name that no check has.
     */
    Map<String, Difference> differences();

    /** Ends the server and removes what it left. */
    @Override
    void close() throws Exception;
}
