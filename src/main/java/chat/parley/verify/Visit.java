package chat.parley.verify;

import chat.parley.protocol.ServerFrameDecoder;
import chat.parley.protocol.ServerMessage;
import chat.parley.verify.Finding.Kind;
import chat.parley.verify.Stage.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection of somebody: from the welcome to its end. One thread. */
final class Visit {

    /** How many messages of one may be unanswered. */
    private static final int OUTSTANDING = 8;

    /** One of so many messages is sent once more although it was answered: the answer has to be the same. */
    private static final int AGAIN_EVERY = 40;

    private static final int TICK_MILLIS = 20;
    private static final long JOIN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAGE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Who hears nothing for so long asks; who hears nothing then for as long again goes to another server. */
    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

    private static final Set<String> TEMPORARY = Set.of("busy", "unavailable", "internal", "rate_limited");
    private static final int RETRY_MILLIS = 200;

    /** What a visit is made with, and what is left of it. */
    record Luggage(
            Stage stage,
            Book book,
            Findings findings,
            Tally tally,
            Flow flow,
            Pass pass,
            Reading reading,
            Outbox outbox,
            Pace pace,
            SplittableRandom random,
            int person,
            Consumer<Boolean> waits) {}

    /** The server said that something has to wait. */
    static final class NotNowException extends IOException {

        private static final long serialVersionUID = 1L;

        private final long millis;

        private NotNowException(ServerMessage.Error error) {
            super("not now: " + error.code());
            this.millis = error.retryAfterMs() == null ? 0 : error.retryAfterMs();
        }

        /** For how long; 0 when it did not say. */
        long millis() {
            return millis;
        }
    }

    /** The server said nothing any more, not even when it was asked. */
    static final class SilentException extends IOException {

        private static final long serialVersionUID = 1L;

        private SilentException() {
            super("silent");
        }
    }

    private final Line line;
    private final Luggage own;
    private final Witness me;
    private final String joinId = UUID.randomUUID().toString();
    private final ServerFrameDecoder decoder = new ServerFrameDecoder();
    private final long leaveAt;
    private final long began = System.nanoTime();

    /** When each message was sent on this connection last, by turns. */
    private final Map<String, Integer> turns = new HashMap<>();

    private int turn;
    private int lastTurn = -1;
    private long lastSeq;
    private @Nullable Allowance allowance;
    private @Nullable String pageId;
    private long pageAfter;
    private long pageAt = began;
    private boolean joined;
    private boolean awaitsHistory;
    private long heardAt = began;
    private boolean pinged;
    private long goodbyeAt = Long.MAX_VALUE;

    /** @param stayNanos after how long they go and come back; 0 for never */
    Visit(Line line, Luggage own, Witness me, long stayNanos) {
        this.line = line;
        this.own = own;
        this.me = me;
        this.leaveAt = stayNanos == 0 ? Long.MAX_VALUE : began + stayNanos;
    }

    /** Whether they read everything and have no reason to come back. */
    boolean run() throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            String frame = line.read(TICK_MILLIS);
            long now = System.nanoTime();
            if (frame != null) {
                heardAt = now;
                pinged = false;
                for (ServerMessage message : decoder.decode(frame).messages()) {
                    take(message);
                }
            } else {
                listen(now);
            }
            if (!joined) {
                if (now - began > JOIN_NANOS) {
                    throw new IOException(allowance == null ? "no welcome" : "no answer to a join");
                }
                continue;
            }
            talk();
            read(now);
            flow(now);
            if (own.stage().phase() == Phase.LEAVE
                    && own.reading().position() >= own.book().head()) {
                line.leave();
                return true;
            }
            if (now >= goodbyeAt) {
                own.tally().moved.increment();
                line.leave();
                return false;
            }
            if (now >= leaveAt
                    && own.stage().phase() == Phase.TALK
                    && !own.stage().isStaying()) {
                go();
                return false;
            }
        }
        return false;
    }

    /** Whether they were let in and answered. */
    boolean wasIn() {
        return joined;
    }

    // ---- what they are told

    private void take(ServerMessage message) throws IOException {
        if (message instanceof ServerMessage.Welcome welcome) {
            welcome(welcome);
        } else if (message instanceof ServerMessage.Ack ack) {
            ack(ack);
        } else if (message instanceof ServerMessage.Error error) {
            error(error);
        } else if (message instanceof ServerMessage.Gap gap) {
            own.reading().gap(gap.from(), gap.to());
        } else if (message instanceof ServerMessage.History page) {
            page(page);
        } else if (message instanceof ServerMessage.Message event) {
            live(Event.of(event));
        } else if (message instanceof ServerMessage.Unknown unknown) {
            if (unknown.type() == null) {
                own.findings().add(Kind.UNEXPECTED, own.book().room(), me + " got something that is no message");
            } else if (unknown.room() != null && unknown.seq() != null) {
                own.reading().unknown(unknown.seq());
            }
        } else if (message instanceof ServerMessage.Reconnect reconnect) {
            // Full service until then.
            goodbyeAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(reconnect.afterMs());
        }
        // Who is here does not matter.
    }

    /** Joins at once, and sends behind it what is unanswered. */
    private void welcome(ServerMessage.Welcome welcome) throws IOException {
        own.tally().connections.increment();
        Allowance allowed = new Allowance(welcome.limits());
        allowance = allowed;
        if (!own.pass().welcomed(welcome.sender(), welcome.session())) {
            own.findings()
                    .add(
                            Kind.STRANGER,
                            own.book().room(),
                            me + " came back with what they were given, and is " + welcome.sender() + " now");
            own.tally().strangers.increment();
            own.tally().unknown.add(own.outbox().abandon());
        }
        allowed.force(1);
        line.send(own.reading().join(me, joinId));
        for (Sent sent : new ArrayList<>(own.outbox().waiting())) {
            allowed.force(1);
            send(sent);
        }
    }

    private void ack(ServerMessage.Ack ack) {
        String id = String.valueOf(ack.id());
        if (id.equals(joinId)) {
            awaitsHistory = !Boolean.TRUE.equals(ack.recovered());
            own.reading().joined(ack);
            joined = true;
            return;
        }
        Sent sent = own.outbox().find(id);
        Long seq = ack.seq();
        if (sent == null || seq == null) {
            own.findings().add(Kind.UNEXPECTED, own.book().room(), me + " got an ack of nothing: " + ack);
            return;
        }
        boolean duplicate = Boolean.TRUE.equals(ack.duplicate());
        own.book().acked(me, own.reading().epoch(), sent, seq);
        if (duplicate) {
            own.tally().duplicates.increment();
            turns.remove(id);
            if (sent.attempts() < 2) {
                own.findings().add(Kind.FALSE_DUPLICATE, own.book().room(), me + " sent it once: " + ack);
            }
        } else {
            order(sent, seq);
        }
        answered(id);
    }

    /** What one connection sends is carried out in its order (protocol, section 3). */
    private void order(Sent sent, long seq) {
        Integer sentAs = turns.remove(sent.id());
        if (sentAs == null) {
            return;
        }
        if (lastTurn >= 0 && sentAs > lastTurn != seq > lastSeq) {
            own.findings()
                    .add(
                            Kind.OUT_OF_ORDER,
                            own.book().room(),
                            me + " sent " + sent.id() + " as number " + sentAs + " of its connection and was told "
                                    + seq + "; number " + lastTurn + " is " + lastSeq);
        }
        lastTurn = sentAs;
        lastSeq = seq;
    }

    private void live(Event event) {
        // Who joins as if they knew nothing is shown again what they know.
        boolean isNew = event.seq() > own.reading().position();
        own.reading().live(event);
        own.tally().seen.increment();
        int author = own.book().author(event.id());
        if (isNew && author >= 0 && author != own.person()) {
            own.tally().shownAfter(own.findings().now() - own.book().sentAt(event.id()));
        }
        answered(event.id());
    }

    private void page(ServerMessage.History page) {
        if (String.valueOf(page.id()).equals(pageId)) {
            pageId = null;
            own.reading().page(page, pageAfter);
        } else if (awaitsHistory) {
            awaitsHistory = false;
            own.reading().first(page);
        } else {
            own.findings().add(Kind.UNEXPECTED, own.book().room(), me + " got a page that nobody asked for");
        }
        for (ServerMessage each : page.messages()) {
            if (each instanceof ServerMessage.Message event) {
                answered(event.id());
            }
        }
    }

    /** The own event counts as an ack. */
    private void answered(String id) {
        Sent sent = own.outbox().answered(id);
        if (sent != null) {
            own.tally().answeredAfter((System.nanoTime() - sent.firstNanos()) / 1_000_000);
        }
    }

    private void error(ServerMessage.Error error) throws IOException {
        own.tally().error(error.code());
        String id = String.valueOf(error.id());
        if (id.equals(joinId)) {
            throw new NotNowException(error);
        }
        if (id.equals(pageId)) {
            pageId = null;
            pageAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause(error));
        }
        Sent sent = own.outbox().find(id);
        if (!TEMPORARY.contains(error.code()) && (joined || !error.code().equals("not_joined"))) {
            own.findings().add(Kind.UNEXPECTED, own.book().room(), me + " got " + error);
            own.outbox().answered(id);
        } else if (sent != null) {
            sent.retryAt(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause(error)));
        }
    }

    /** As long as the server said and a bit, or full jitter. */
    private long pause(ServerMessage.Error error) {
        Long told = error.retryAfterMs();
        return told == null
                ? 1 + own.random().nextInt(RETRY_MILLIS)
                : told + own.random().nextInt(RETRY_MILLIS);
    }

    // ---- what they do

    private void talk() throws IOException {
        Allowance allowed = allowance;
        if (allowed == null) {
            return;
        }
        for (Sent sent : own.outbox().due(System.nanoTime())) {
            if (allowed.take(1)) {
                send(sent);
            }
        }
        while (own.stage().phase() == Phase.TALK
                && own.outbox().size() < OUTSTANDING
                && own.pace().isDue()
                && allowed.take(1)) {
            own.pace().next();
            Sent sent = make();
            send(sent);
            if (own.random().nextInt(AGAIN_EVERY) == 0 && allowed.take(1)) {
                send(sent);
            }
        }
    }

    private Sent make() {
        own.tally().sent.increment();
        Sent sent = own.book().make(own.person(), own.pass().name());
        own.outbox().add(sent);
        return sent;
    }

    private void send(Sent sent) throws IOException {
        if (sent.attempts() > 0) {
            own.tally().resent.increment();
        }
        turns.put(sent.id(), turn++);
        line.send(sent.frame());
    }

    private void read(long now) throws IOException {
        if (pageId == null
                && own.reading().needsPage()
                && now - pageAt > PAGE_PAUSE_NANOS
                && allowance != null
                && allowance.take(Allowance.PAGE)) {
            String id = UUID.randomUUID().toString();
            pageId = id;
            pageAt = now;
            pageAfter = own.reading().position();
            line.send(Wire.history(own.book().room(), id, pageAfter));
        }
    }

    private void listen(long now) throws IOException {
        if (now - heardAt > 2 * SILENCE_NANOS) {
            throw new SilentException();
        }
        if (now - heardAt > SILENCE_NANOS && !pinged && joined) {
            pinged = true;
            line.send(Wire.ping());
        }
    }

    private void flow(long now) {
        own.waits().accept(own.outbox().size() > 0);
        long waits = now - own.outbox().oldest(now);
        long behind = own.book().lateHead() - own.reading().position();
        if (waits > Flow.FRESH.toNanos()) {
            own.flow().stops(me + " waits for an answer since " + Seconds.of(waits / 1_000_000));
        } else if (behind > 0) {
            own.flow().stops(me + " is " + behind + " messages behind");
        } else if (now - heardAt < SILENCE_NANOS || !pinged) {
            own.flow().flows();
        }
    }

    /** Closes, or is cut off in the middle of a message. */
    private void go() throws IOException {
        if (own.random().nextBoolean()) {
            line.leave();
        } else {
            line.cutWithin(make().frame());
        }
    }
}
