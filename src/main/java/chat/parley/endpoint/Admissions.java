package chat.parley.endpoint;

import chat.parley.config.Settings;
import chat.parley.identity.Credentials;
import chat.parley.identity.Entry;
import chat.parley.identity.Identity;
import chat.parley.identity.Pass;
import chat.parley.moderation.Ban;
import chat.parley.protocol.CloseCode;
import chat.parley.protocol.ServerMessage;
import chat.parley.room.Sender;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an opened session in as a connection of somebody, or closes it with the code that says why not (protocol,
 * section 4: a browser cannot see an HTTP status).
 */
final class Admissions {

    private static final Logger log = LoggerFactory.getLogger(Admissions.class);

    /** After how much silence a page should send a {@code ping} (protocol, section 1). */
    static final Duration PAGE_PING = Duration.ofSeconds(25);

    /** How long the store may take to say who somebody is whom this server does not know. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private Admissions() {}

    /**
     * What the store has to say of who comes, if this server has to ask it: complete at once when it need not. Fails when it
     * does not say in time.
     */
    static CompletionStage<Credentials> arrive(ChatServices services, Credentials brought) {
        CompletableFuture<Credentials> arrived =
                services.arrivals().connecting(brought).toCompletableFuture().copy();
        Future<?> end = services.scheduler()
                .schedule(
                        () -> arrived.completeExceptionally(new TimeoutException("the store says nothing")),
                        PATIENCE.toMillis(),
                        TimeUnit.MILLISECONDS);
        return arrived.whenComplete((known, failure) -> end.cancel(false));
    }

    /** Whom the store says nothing of, so that nobody knows who it is. */
    static void sendAway(ChatServices services, Session session, Handshake handshake) {
        refuse(services, session, handshake, CloseCode.TRY_LATER, "this cannot be found out now; try again");
    }

    /** Who sent more than may wait before it was known who it is. */
    static void flooded(ChatServices services, Session session, Handshake handshake) {
        refuse(services, session, handshake, CloseCode.FLOOD, "too much before the welcome");
    }

    /** Whether nobody from there may come in, who is refused then. */
    static boolean isBanned(ChatServices services, Session session, Handshake handshake) {
        Ban ban = services.bans().ofAddress(handshake.address());
        if (ban != null) {
            refuse(services, session, handshake, CloseCode.FORBIDDEN, ban.reason());
        }
        return ban != null;
    }

    /** What somebody brings. */
    static Credentials credentials(Session session, Handshake handshake, HttpCredentials brought) {
        String query = session.getQueryString();
        return brought.with(
                Query.first(query, "ticket"),
                Query.first(query, "name"),
                Query.first(query, "session"),
                handshake.site());
    }

    /** The connection, or null when the session was refused and is being closed. */
    static @Nullable Connection admit(
            ChatServices services, Session session, Handshake handshake, Credentials brought) {
        Ban ban;
        Entry entry = services.entrance().enter(brought);
        if (entry instanceof Entry.BadName bad) {
            return refuse(services, session, handshake, CloseCode.BAD_NAME, bad.why());
        }
        if (entry instanceof Entry.NotSignedIn not) {
            return refuse(services, session, handshake, CloseCode.UNAUTHENTICATED, not.why());
        }
        if (entry instanceof Entry.TooManyNames) {
            return refuse(
                    services,
                    session,
                    handshake,
                    CloseCode.TOO_MANY_CONNECTIONS,
                    "too many guest names from this address");
        }
        if (entry instanceof Entry.TryLater later) {
            return refuse(services, session, handshake, CloseCode.TRY_LATER, later.why());
        }
        if (entry instanceof Entry.NameLeaving) {
            return refuse(
                    services,
                    session,
                    handshake,
                    CloseCode.NAME_TAKEN,
                    "a guest who had this name is going; try again");
        }
        if (!(entry instanceof Entry.Entered entered)) {
            return refuse(services, session, handshake, CloseCode.NAME_TAKEN, "this name belongs to somebody else");
        }
        Identity identity = entered.pass().identity();
        ban = services.bans().of(identity);
        if (ban != null) {
            services.people().sentAway(identity);
            return refuse(services, session, handshake, CloseCode.FORBIDDEN, ban.reason());
        }
        if (!services.people().tryOpen(identity, services.settings().limits().connectionsPerUser())) {
            if (!services.entrance().isOpen(entered.pass())) {
                return refuse(services, session, handshake, CloseCode.UNAUTHENTICATED, "the session is over");
            }
            return refuse(
                    services, session, handshake, CloseCode.TOO_MANY_CONNECTIONS, "too many connections of this user");
        }
        Connection connection = connect(services, session, handshake, entered.pass());
        connection.welcome(entered.secret());
        if (!services.connections().add(connection)) {
            connection.failed(CloseCode.TRY_LATER, "the server is full or going away");
        }
        if (!connection.isOpen()) {
            services.connections().remove(connection); // it ended before it was counted in
        }
        connection.endIfOver(); // the session may have ended before the connection was counted in
        connection.endIfBanned(); // the same holds for a ban
        return connection;
    }

    private static Connection connect(ChatServices services, Session session, Handshake handshake, Pass pass) {
        try {
            Connection connection = new Connection(services, session, handshake.address(), pass);
            services.senders().tellOfSilentFrames(session, connection::silentFrame);
            return connection;
        } catch (RuntimeException e) {
            services.people().closed(pass.identity());
            throw e;
        }
    }

    static ServerMessage.Limits limits(Settings.Limits limits) {
        return new ServerMessage.Limits(
                limits.frameBytes(),
                limits.contentBytes(),
                limits.messagesPerSecond(),
                limits.burst(),
                limits.roomsPerConnection());
    }

    private static @Nullable Connection refuse(
            ChatServices services, Session session, Handshake handshake, CloseCode code, String why) {
        log.atInfo()
                .addKeyValue("address", handshake.address())
                .addKeyValue("code", code.code())
                .addKeyValue("why", why)
                .log("connection refused");
        Sender sender = services.senders().senderFor(session);
        sender.close(code, why);
        Future<?> unused = services.scheduler().schedule(sender::abort, Connection.CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        return null;
    }
}
