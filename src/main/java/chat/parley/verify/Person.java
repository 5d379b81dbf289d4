package chat.parley.verify;

import chat.parley.verify.Finding.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Somebody who talks in one room, and comes back by themselves to any server whatever happens, until they are told to leave. */
final class Person implements Runnable {

    private static final int UNAUTHENTICATED = 4401;
    private static final int NAME_TAKEN = 4409;
    private static final int TOO_MANY = 4410;
    private static final int LONGEST_PAUSE_MILLIS = 1_600;
    private static final int SHORTEST_PAUSE_MILLIS = 25;
    private static final int MOST_FAILURES = 6;

    private final int index;
    private final Plan plan;
    private final Stage stage;
    private final Findings findings;
    private final Tally tally;
    private final Book book;
    private final Pass pass;
    private final SplittableRandom random;
    private final Reading reading;
    private final Outbox outbox = new Outbox();
    private final Flow flow = new Flow();
    private final Pace pace;
    private volatile boolean unanswered;
    private volatile boolean finished;
    private volatile String lastFailure = "";

    Person(int index, Plan plan, Stage stage, Findings findings, Tally tally, Book book, Pass pass) {
        this.index = index;
        this.plan = plan;
        this.stage = stage;
        this.findings = findings;
        this.tally = tally;
        this.book = book;
        this.pass = pass;
        this.random = new SplittableRandom(plan.seed() * 1_000 + index);
        this.reading = new Reading(book, findings, tally, random, new Witness(index, "?"));
        this.pace = new Pace(plan.rate() / plan.people(), random);
    }

    @Override
    public void run() {
        int failures = 0;
        URI url = pick(plan.urls());
        while (!finished && !Thread.currentThread().isInterrupted()) {
            long wait = 0;
            boolean failed = true;
            boolean silent = false;
            Visit visit = null;
            try (Line line = Line.open(url, pass, plan.access().insecure(), random.nextBoolean())) {
                visit = visit(line, url);
                finished = visit.run();
                if (finished) {
                    flow.ends();
                }
                failed = false;
                tally.ended("they left");
            } catch (Line.ClosedException e) {
                ended(url, String.valueOf(e.getMessage()));
                closed(e.code(), e);
            } catch (Line.RefusedException e) {
                ended(url, String.valueOf(e.getMessage()));
                wait = TimeUnit.SECONDS.toMillis(e.retryAfterSeconds());
            } catch (Visit.NotNowException e) {
                ended(url, String.valueOf(e.getMessage()));
                wait = e.millis();
            } catch (Visit.SilentException e) {
                ended(url, String.valueOf(e.getMessage()));
                silent = true;
            } catch (IOException e) {
                ended(url, e instanceof EOFException ? "cut off" : String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                findings.add(Kind.UNEXPECTED, book.room(), "c" + index + " did not understand: " + e);
            }
            unanswered = outbox.size() > 0;
            failures = visit != null && visit.wasIn() ? 0 : failures + 1;
            if (!finished) {
                pause(wait, failures);
                url = pick(failures == 0 && !silent ? plan.urls() : others(url));
                if (!failed) {
                    flow.excuse();
                }
            }
        }
    }

    int index() {
        return index;
    }

    Pass pass() {
        return pass;
    }

    Book book() {
        return book;
    }

    Flow flow() {
        return flow;
    }

    boolean hasUnanswered() {
        return unanswered;
    }

    /** Whether they read all there is and left. */
    boolean isFinished() {
        return finished;
    }

    /** Why they are not connected, or were not the last time. */
    String lastFailure() {
        return lastFailure;
    }

    private Visit visit(Line line, URI url) {
        Visit.Luggage luggage = new Visit.Luggage(
                stage,
                book,
                findings,
                tally,
                flow,
                pass,
                reading,
                outbox,
                pace,
                random,
                index,
                waiting -> unanswered = waiting);
        Duration stay = plan.stay();
        long nanos = stay.isZero() ? 0 : 1 + (long) (stay.toNanos() * 2.0 * random.nextDouble());
        return new Visit(line, luggage, new Witness(index, Plan.name(url)), nanos);
    }

    private void ended(URI url, String how) {
        lastFailure = Plan.name(url) + ": " + how;
        flow.stops("c" + index + " is out: " + lastFailure);
        tally.ended(how);
    }

    private void closed(int code, Line.ClosedException closed) {
        if (code == NAME_TAKEN) {
            pass.rename();
        } else if (code >= 4400 && code < 4500 && code != TOO_MANY && flow.hasBegun()) {
            findings.add(
                    Kind.UNEXPECTED,
                    book.room(),
                    "c" + index + " was " + closed.getMessage()
                            + (code == UNAUTHENTICATED ? ": its token may have expired" : ""));
        }
    }

    private URI pick(List<URI> urls) {
        return urls.get(random.nextInt(urls.size()));
    }

    private List<URI> others(URI url) {
        List<URI> others =
                plan.urls().stream().filter(each -> !each.equals(url)).toList();
        return others.isEmpty() ? plan.urls() : others;
    }

    /** Full jitter, and not before the server wants. */
    private void pause(long wait, int failures) {
        int most = Math.min(LONGEST_PAUSE_MILLIS, SHORTEST_PAUSE_MILLIS << Math.min(failures, MOST_FAILURES));
        try {
            TimeUnit.MILLISECONDS.sleep(wait + random.nextInt(most));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
