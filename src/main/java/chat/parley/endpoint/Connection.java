package chat.parley.endpoint;

import chat.parley.identity.Identity;
import chat.parley.identity.Pass;
import chat.parley.moderation.Ban;
import chat.parley.moderation.Visit;
import chat.parley.protocol.ClientMessage;
import chat.parley.protocol.CloseCode;
import chat.parley.protocol.Form;
import chat.parley.protocol.JsonCodec;
import chat.parley.protocol.ServerMessage;
import chat.parley.room.Outlet;
import chat.parley.room.Sender;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: who it is, when it was heard last, and how it ends.
 *
 * <p>Promises: it ends exactly once, whatever fails first, and is then in no room and no registry, even if the
 * container never says that it is closed; nothing here blocks. {@link #received} is called by one thread at a time,
 * everything else by any.
 *
 * <pre>
 * OPEN --failed, broken, closed--> ENDED
 * </pre>
 */
final class Connection implements Outlet.Owner {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    /** How long a close handshake may take before the connection is dropped without one. */
    static final long CLOSE_MILLIS = 3_000;

    /** How long the container may take to close a connection itself that it found at fault. */
    private static final long TROUBLE_MILLIS = 1_000;

    /** RFC 6455, section 7.4.1: closed without a close frame. Never travels. */
    private static final int ABNORMAL = 1006;

    private enum Phase {
        OPEN,
        ENDED
    }

    private final ChatServices services;
    private final long number;
    private final String address;
    private final Identity identity;
    private final long since;
    private final Sender sender;
    private final Outlet outlet;
    private final Requests requests;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);

    /** When something came in last, by {@link AwakeTime}. */
    private volatile long heardAt;

    /** The {@link #heardAt} that a ping has asked to be renewed; so that one silence is answered by one ping. */
    private long pingedFor = -1; // the sweeper only

    private final StalledSend stalled = new StalledSend();

    /** By what it is here; replaced when that is renewed. */
    private volatile Pass pass;

    Connection(ChatServices services, Session session, String address, Pass pass) {
        Identity identity = pass.identity();
        this.pass = pass;
        this.services = services;
        this.number = services.connections().nextNumber();
        this.heardAt = services.connections().awake().nanos();
        this.address = address;
        this.identity = identity;
        this.since = services.clock().millis();
        this.sender = services.senders().senderFor(session);
        this.outlet = services.rooms().connect(sender, Form.of(session.getNegotiatedSubprotocol()), this);
        this.requests = new Requests(services, this, outlet, identity);
    }

    long number() {
        return number;
    }

    String address() {
        return address;
    }

    Identity identity() {
        return identity;
    }

    /** By what it is here. */
    Pass pass() {
        return pass;
    }

    /** As an admin sees it. */
    Visit visit() {
        return new Visit(number, pass, address, since, requests.joinedRooms());
    }

    /** Ends if who is here is banned. */
    void endIfBanned() {
        Ban ban = services.bans().of(identity, address);
        if (ban != null) {
            failed(CloseCode.FORBIDDEN, ban.reason());
        }
    }

    /**
     * Is here by another pass of the same person from now on.
     *
     * @return until when; null for ever
     */
    @Nullable Long renew(Pass renewed) {
        Pass before = pass;
        Long ends = before.expiresAt();
        boolean sameSession = before.session().equals(renewed.session());
        if (sameSession && (ends == null || renewed.expiresAt() != null && ends > renewed.expiresAt())) {
            return ends;
        }
        pass = renewed;
        endIfOver(); // what ended the session may have looked at this connection before it was renewed
        return renewed.expiresAt();
    }

    /** Ends unless who is here may be. */
    void endIfOver() {
        if (!services.entrance().isOpen(pass)) {
            failed(CloseCode.UNAUTHENTICATED, "the session is over");
        }
    }

    Outlet outlet() {
        return outlet;
    }

    boolean isOpen() {
        return phase.get() == Phase.OPEN;
    }

    /** Says welcome, first of all. */
    void welcome(@Nullable String sessionSecret) {
        log.atInfo()
                .addKeyValue("connection", number)
                .addKeyValue("user", identity.name().value())
                .addKeyValue("address", address)
                .addKeyValue("form", outlet.form())
                .log("connection opened");
        say(new ServerMessage.Welcome(
                identity.name().value(),
                identity.guest() ? Boolean.TRUE : null,
                sessionSecret,
                Admissions.limits(services.settings().limits()),
                Admissions.PAGE_PING.toMillis(),
                pass.expiresAt(),
                services.clock().millis()));
    }

    /** Says something that answers nothing. */
    void say(ServerMessage message) {
        outlet.answer(JsonCodec.encode(message));
    }

    /** A frame came in. */
    void received(ClientMessage message) {
        heard();
        if (isOpen()) {
            requests.carryOut(message);
        }
    }

    /** A frame came in while nobody knows whether it may be carried out: but for a ping it is refused. */
    void receivedUnsure(ClientMessage message) {
        heard();
        if (isOpen() && message instanceof ClientMessage.Ping) {
            requests.carryOut(message);
        } else if (isOpen()) {
            requests.putOff(message);
        }
    }

    /** A pong came in, asked for or not. */
    void ponged() {
        heard();
        if (isOpen()) {
            requests.countSilentFrame();
        }
    }

    /** A frame came in that says nothing, and that the container keeps to itself. */
    void silentFrame() {
        if (isOpen()) {
            requests.countSilentFrame();
        }
    }

    /** Something came in. */
    private void heard() {
        heardAt = services.connections().awake().nanos();
    }

    /** Takes no further request. */
    void stopReading() {
        requests.refuseAll();
    }

    /** Looks whether the other side still lives and reads. Called by the sweeper, by one thread at a time. */
    void check(long nanoTime) {
        long heard = heardAt;
        long awake = services.connections().awake().nanos();
        long silence = awake - heard;
        Long expiresAt = pass.expiresAt();
        long timeout = services.settings().send().timeout().toNanos();
        if (stalled.isOver(timeout, outlet.sendingSince(), nanoTime, awake)) {
            failed(CloseCode.TOO_SLOW, "a write did not finish in time");
        } else if (silence > services.settings().heartbeat().timeout().toNanos()) {
            failed(CloseCode.SILENT, "nothing was heard for too long");
        } else if (silence > services.settings().heartbeat().ping().toNanos() && pingedFor != heard) {
            pingedFor = heard;
            outlet.ping();
        }
        if (expiresAt != null && services.clock().millis() >= expiresAt) {
            failed(CloseCode.UNAUTHENTICATED, "the session is over");
        }
    }

    @Override
    public void failed(CloseCode code, String why) {
        end(code.code(), why, () -> {
            sender.close(code, why);
            soon(sender::abort, CLOSE_MILLIS);
        });
    }

    @Override
    public void broken(Throwable cause) {
        if (!(cause instanceof IOException) && isOpen()) {
            log.atWarn().setCause(cause).addKeyValue("connection", number).log("connection broke");
        }
        // A write fails as well when the container is about to say why it closes: its word goes before ours.
        end(ABNORMAL, "broken: " + cause.getClass().getSimpleName(), () -> soon(this::drop, TROUBLE_MILLIS));
    }

    private void drop() {
        sender.close(CloseCode.SERVER_ERROR, "");
        sender.abort();
    }

    /** The container says that something broke: it knows the right close code best, but not every one closes. */
    void troubled(Throwable cause) {
        if (isOpen()) {
            requests.refuseAll();
            soon(() -> broken(cause), TROUBLE_MILLIS);
        }
    }

    /** The container says that the connection is closed. The reason is the client's text: it is not for the log. */
    void closed(int code) {
        end(code, "closed by the client or the container", () -> {});
    }

    /**
     * Ends it, once. The caller may hold a room's lock, so all that takes locks or writes is done by another thread.
     */
    private void end(int code, String why, Runnable close) {
        if (phase.compareAndSet(Phase.OPEN, Phase.ENDED)) {
            outlet.close();
            soon(() -> finish(code, why, close), 0);
        }
    }

    private void finish(int code, String why, Runnable close) {
        log.atInfo()
                .addKeyValue("connection", number)
                .addKeyValue("user", identity.name().value())
                .addKeyValue("code", code)
                .addKeyValue("why", why)
                .log("connection closed");
        try {
            close.run();
            requests.leaveAll();
        } finally {
            services.connections().remove(this);
            services.people().closed(identity);
        }
    }

    private void soon(Runnable task, long millis) {
        try {
            Future<?> unused = services.scheduler().schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            task.run(); // the server has stopped: there is nobody to wait for
        }
    }
}
