package chat.parley.crash;

import chat.parley.crash.Violation.Kind;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A client that talks in one room and comes back by itself whatever happens, until it is told to leave. */
final class Client implements Runnable {

    private static final int NAME_TAKEN = 4409;
    private static final int TOO_MANY = 4410;
    private static final int LONGEST_PAUSE_MILLIS = 400;

    private final int port;
    private final boolean batch;
    private final Stage stage;
    private final Person person;
    private final Facts facts;
    private final Reading reading;
    private final Outbox outbox = new Outbox();
    private volatile boolean unanswered;
    private volatile boolean finished;

    Client(int port, String name, String room, boolean batch, Stage stage) {
        this.port = port;
        this.batch = batch;
        this.stage = stage;
        this.person = new Person(name);
        this.facts = new Facts(room);
        this.reading = new Reading(facts);
    }

    @Override
    public void run() {
        int failures = 0;
        while (!finished && !Thread.currentThread().isInterrupted()) {
            int before = facts.connections;
            try (Line line = Line.open(port, person.target(), batch)) {
                finished = new Visit(line, stage, person, facts, reading, outbox, this::unanswered).run();
            } catch (Line.ClosedException e) {
                closed(e.code());
            } catch (IOException e) {
                // It comes back.
            } catch (RuntimeException e) {
                facts.violated(Kind.UNEXPECTED, person.name() + ": " + e);
            }
            failures = facts.connections > before ? 0 : failures + 1;
            if (!finished) {
                pause(failures);
            }
        }
    }

    /** What it was told; once its thread has ended. */
    Facts facts() {
        return facts;
    }

    boolean hasUnanswered() {
        return unanswered;
    }

    /** Whether it read all there is and left. */
    boolean isFinished() {
        return finished;
    }

    private void unanswered(boolean now) {
        unanswered = now;
    }

    private void closed(int code) {
        if (code == NAME_TAKEN) {
            person.rename();
        } else if (code >= 4400 && code < 4500 && code != TOO_MANY) {
            facts.violated(Kind.UNEXPECTED, person.name() + " was closed with " + code);
        }
    }

    /** Full jitter. Now and then somebody stays away for long. */
    private static void pause(int failures) {
        int most = Math.min(LONGEST_PAUSE_MILLIS, 25 << Math.min(failures, 5));
        int millis = ThreadLocalRandom.current().nextInt(12) == 0 ? 1_500 : most;
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
