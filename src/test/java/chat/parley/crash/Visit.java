package chat.parley.crash;

import chat.parley.crash.Stage.Phase;
import chat.parley.crash.Violation.Kind;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection of a client: from the welcome to its end. One thread. */
final class Visit {

    /** How many messages of a client may be unanswered. */
    private static final int OUTSTANDING = 4;

    private static final int TICK_MILLIS = 20;
    private static final long WELCOME_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Set<String> TEMPORARY = Set.of("busy", "unavailable", "internal", "rate_limited");

    private final Line line;
    private final Stage stage;
    private final Person person;
    private final Facts facts;
    private final Reading reading;
    private final Outbox outbox;
    private final Consumer<Boolean> unanswered;
    private final String joinId = UUID.randomUUID().toString();
    private final String headId = UUID.randomUUID().toString();
    private final long began = System.nanoTime();
    private final long cutAt =
            began + TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(20, 2_000));
    private @Nullable String pageId;
    private boolean joined;
    private boolean askedForHead;
    private long head = -1;

    /** @param unanswered hears whether something is */
    Visit(
            Line line,
            Stage stage,
            Person person,
            Facts facts,
            Reading reading,
            Outbox outbox,
            Consumer<Boolean> unanswered) {
        this.line = line;
        this.stage = stage;
        this.person = person;
        this.facts = facts;
        this.reading = reading;
        this.outbox = outbox;
        this.unanswered = unanswered;
    }

    /** Whether it read everything and has no reason to come back. */
    boolean run() throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            String frame = line.read(TICK_MILLIS);
            if (frame != null) {
                for (JsonObject object : Wire.objects(frame)) {
                    take(object);
                }
            }
            if (!joined) {
                if (System.nanoTime() - began > WELCOME_NANOS) {
                    throw new IOException("neither welcome nor join");
                }
                continue;
            }
            if (stage.phase() == Phase.CUT && System.nanoTime() - cutAt > 0) {
                cut();
                return false;
            }
            talk();
            read();
            if (head >= 0 && facts.position >= head) {
                return true;
            }
        }
        return false;
    }

    private void take(JsonObject object) throws IOException {
        switch (object.getString("type")) {
            case "welcome" -> welcome(object);
            case "ack" -> ack(object);
            case "error" -> error(object);
            case "gap" ->
                reading.gap(
                        object.getJsonNumber("from").longValueExact(),
                        object.getJsonNumber("to").longValueExact());
            case "history" -> {
                for (JsonObject message : object.getJsonArray("messages").getValuesAs(JsonObject.class)) {
                    Event event = Event.of(message);
                    reading.paged(event);
                    saw(event);
                }
                if (object.getString("id", "").equals(pageId)) {
                    pageId = null;
                }
            }
            case "message" -> {
                Event event = Event.of(object);
                reading.live(event);
                saw(event);
            }
            default -> {
                // Who is here does not matter.
            }
        }
    }

    /** Joins at once, and sends behind it what is unanswered. */
    private void welcome(JsonObject welcome) throws IOException {
        facts.connections++;
        if (!person.welcomed(welcome.getString("sender"), welcome.getString("session"))) {
            if (facts.established) {
                facts.violated(Kind.STRANGER, "somebody else is welcomed: " + person.name());
            }
            facts.established = false;
            facts.strangers++;
            facts.unknown += outbox.abandon();
        }
        line.send(reading.join(joinId, ThreadLocalRandom.current().nextInt(200)));
        for (Sent sent : new ArrayList<>(outbox.waiting())) {
            if (sent.attempts() > 0) {
                facts.resent++;
            }
            line.send(sent.frame());
        }
    }

    private void ack(JsonObject ack) {
        String id = ack.getString("id", "");
        if (id.equals(joinId)) {
            reading.joined(ack);
            joined = true;
            return;
        }
        if (id.equals(headId)) {
            head = ack.getJsonNumber("head").longValueExact();
            return;
        }
        Sent sent = outbox.find(id);
        if (sent == null) {
            facts.violated(Kind.UNEXPECTED, "an ack of nothing: " + ack);
            return;
        }
        facts.acks.add(new Ack(
                sent, ack.getJsonNumber("seq").longValueExact(), ack.getBoolean("duplicate", false), sent.attempts()));
        outbox.answered(id);
        answered();
    }

    /** The own event counts as an ack. */
    private void saw(Event event) {
        if (outbox.answered(event.id())) {
            answered();
        }
    }

    private void answered() {
        facts.established = true;
        stage.acknowledged();
    }

    private void error(JsonObject error) throws IOException {
        String id = error.getString("id", "");
        if (!TEMPORARY.contains(error.getString("code")) && joined) {
            facts.violated(Kind.UNEXPECTED, error.toString());
            outbox.answered(id);
            return;
        }
        if (id.equals(joinId) || id.equals(headId)) {
            throw new IOException("not now: " + error);
        }
        if (id.equals(pageId)) {
            pageId = null;
        }
        Sent sent = outbox.find(id);
        if (sent != null) {
            int millis = error.getInt("retryAfterMs", 50);
            sent.retryAt(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    private void talk() throws IOException {
        for (Sent sent : outbox.due(System.nanoTime())) {
            facts.resent++;
            line.send(sent.frame());
        }
        while (stage.isBusy() && outbox.size() < OUTSTANDING) {
            facts.sent++;
            line.send(outbox.make(facts.room, person.name()).frame());
        }
        unanswered.accept(outbox.size() > 0);
    }

    private void read() throws IOException {
        if (pageId == null && reading.needsPage()) {
            String id = UUID.randomUUID().toString();
            pageId = id;
            line.send(Wire.history(facts.room, id, facts.position));
        }
        if (stage.phase() == Phase.LEAVE && !askedForHead) {
            askedForHead = true;
            line.send(Wire.join(facts.room, headId, 0));
        }
    }

    /** Half a message, and no more. */
    private void cut() throws IOException {
        facts.sent++;
        line.cutWithin(outbox.make(facts.room, person.name()).frame());
    }
}
