package chat.parley.verify;

import chat.parley.verify.Finding.Kind;
import chat.parley.verify.Stage.Phase;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * People who talk, from the first connection to the last look at the log. First {@link #start}, then whatever breaks things, then
 * {@link #finish} and {@link #readBack}, then {@link #findings}. One thread leads it; whoever starts it closes it.
 */
public final class Run implements AutoCloseable {

    private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(15);
    private static final int SIGN_OUTS_AT_ONCE = 4;

    /** How long everything has to flow before it is taken for well. */
    private static final Duration STEADY = Duration.ofSeconds(1);

    /** After this it shows in the flow that something is the matter: an answer or a message is late. */
    private static final Duration SHOWS = Flow.LATE.plus(Flow.GRACE);

    /** What it may take to go once everything was read. */
    private static final Duration LEAVING = Duration.ofSeconds(1);

    private final Plan plan;
    private final Stage stage = new Stage();
    private final Findings findings = new Findings();
    private final Tally tally = new Tally();
    private final List<Book> books = new ArrayList<>();
    private final List<Person> people = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, String> unread = new TreeMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "verify-clock");
        thread.setDaemon(true);
        return thread;
    });

    private Run(Plan plan) {
        this.plan = plan;
        SecureRandom random = new SecureRandom();
        // Not by the seed: an id must never be used again.
        String run = "v" + Long.toHexString(random.nextLong() >>> 24);
        for (int i = 0; i < plan.rooms(); i++) {
            books.add(new Book("verify-" + run + "-" + i, run, i, random.nextLong(), findings));
        }
        for (int i = 0; i < plan.people(); i++) {
            Pass pass = new Pass(plan.access(), i, run + "-" + i);
            people.add(new Person(i, plan, stage, findings, tally, books.get(i % books.size()), pass));
        }
    }

    /** Lets everybody come and talk. */
    public static Run start(Plan plan) {
        Run run = new Run(plan);
        for (Person person : run.people) {
            Thread thread = new Thread(person, "verify-" + person.index());
            thread.setDaemon(true);
            thread.start();
            run.threads.add(thread);
        }
        Future<?> unused = run.clock.scheduleAtFixedRate(
                () -> run.books.forEach(Book::tick), Flow.TICK.toMillis(), Flow.TICK.toMillis(), TimeUnit.MILLISECONDS);
        return run;
    }

    /** Waits until everybody has come in once; whether they have. */
    public boolean awaitEverybody(Duration atMost) throws InterruptedException {
        return await(
                atMost, () -> people.stream().allMatch(person -> person.flow().hasBegun()));
    }

    /** How many people have come in yet. */
    public int inside() {
        return (int) people.stream().filter(person -> person.flow().hasBegun()).count();
    }

    /** Lets those go home who were never let in: the others do without them. */
    void excuseWhoIsOut() throws InterruptedException {
        for (Person person : people) {
            if (!person.flow().hasBegun()) {
                threads.get(person.index()).interrupt();
                threads.get(person.index()).join(END_MILLIS);
                people.remove(person);
            }
        }
    }

    /** Waits until so many more messages have been answered than before; whether they were. */
    public boolean awaitAnswers(int more, Duration atMost) throws InterruptedException {
        long target = tally.acked.sum() + more;
        return await(atMost, () -> tally.acked.sum() >= target);
    }

    /** Waits until everything flows and has for a second; whether it did in that time. */
    public boolean awaitFlow(Duration atMost) throws InterruptedException {
        return await(atMost.plus(STEADY), this::isSteady);
    }

    /**
     * Waits until everything flows again and has for a second, behind a fault: that is believed only after the time in which the
     * fault would show.
     *
     * @return how long it took from now until it did; null when it did not in that time
     */
    public @Nullable Duration awaitFlowAgain(Duration atMost) throws InterruptedException {
        long from = System.nanoTime();
        Duration longest = atMost.compareTo(SHOWS) > 0 ? atMost : SHOWS;
        if (!await(longest.plus(STEADY), () -> System.nanoTime() - from >= SHOWS.toNanos() && isSteady())) {
            return null;
        }
        Duration flows = Duration.ofNanos(Math.max(0, flowsSince() - from));
        return flows.compareTo(atMost) > 0 ? null : flows;
    }

    /**
     * The same while something is broken, whether those who are well served are: until then nobody goes to another server of
     * their own accord, which may be the broken one.
     */
    public @Nullable Duration awaitFlowMeanwhile(Duration atMost) throws InterruptedException {
        stage.stay(true);
        try {
            return awaitFlowAgain(atMost);
        } finally {
            stage.stay(false);
        }
    }

    private boolean isSteady() {
        long since = flowsSince();
        return since != 0 && System.nanoTime() - since >= STEADY.toNanos();
    }

    /** For whom it does not flow, and why, in a line each. */
    public List<String> troubles() {
        long now = System.nanoTime();
        return people.stream()
                .filter(person -> !person.flow().isFlowing(now))
                .map(person -> person.flow().trouble())
                .toList();
    }

    /** That not everything flowed again in time is a finding. */
    public void complain(String when) {
        List<String> troubles = troubles();
        findings.add(
                Kind.BEHIND,
                "all rooms",
                when + ": not everything flowed again within "
                        + Seconds.of(plan.settle().toMillis()) + "; of "
                        + people.size() + " people " + troubles.size() + " are out of it"
                        + (troubles.isEmpty() ? ", now none" : ", such as: " + troubles.get(0)));
    }

    /** Lets everybody hear of what they sent, read to the end and go. What does not come to an end in time is a finding. */
    public void finish() throws InterruptedException {
        stage.turnTo(Phase.SETTLE);
        long said = System.nanoTime();
        // Somebody between two connections or two loops may not have seen that yet.
        TimeUnit.MILLISECONDS.sleep(100);
        if (!await(plan.settle(), () -> people.stream().noneMatch(Person::hasUnanswered))) {
            behind(
                    "still have messages without an answer",
                    people.stream().filter(Person::hasUnanswered).toList());
        }
        stage.turnTo(Phase.LEAVE);
        Duration left = plan.settle().minusNanos(System.nanoTime() - said);
        if (!await(
                left.compareTo(LEAVING) > 0 ? left : LEAVING,
                () -> people.stream().allMatch(Person::isFinished))) {
            behind(
                    "have not read to the end of the log",
                    people.stream().filter(person -> !person.isFinished()).toList());
        }
        end();
    }

    private void behind(String what, List<Person> those) {
        for (Person person : those) {
            findings.add(
                    Kind.BEHIND,
                    person.book().room(),
                    Seconds.of(plan.settle().toMillis()) + " after the last message was said, " + those.size()
                            + " people " + what + "; c" + person.index() + ": "
                            + person.flow().trouble());
        }
    }

    /**
     * Reads the log of every room through every server, and compares it with all that was promised and shown. After
     * {@link #finish}. When no server can be read that is a finding.
     */
    public void readBack() throws InterruptedException {
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < people.size(); i++) {
            List<Runnable> tasks = new ArrayList<>();
            for (int pair = i; pair < books.size() * plan.urls().size(); pair += people.size()) {
                Book book = books.get(pair % books.size());
                URI url = plan.urls().get(pair / books.size());
                Person reader = people.get(i);
                tasks.add(() -> readBack(book, url, reader));
            }
            if (!tasks.isEmpty()) {
                Thread thread = new Thread(() -> tasks.forEach(Runnable::run), "verify-reader-" + i);
                thread.setDaemon(true);
                thread.start();
                readers.add(thread);
            }
        }
        for (Thread reader : readers) {
            reader.join();
        }
        synchronized (unread) {
            if (unread.size() == plan.urls().size()) {
                findings.add(Kind.BEHIND, "all rooms", "the log could not be read back from any server: " + unread);
            }
        }
    }

    private void readBack(Book book, URI url, Person reader) {
        long patience = plan.settle().toNanos();
        try {
            String failure =
                    new LogReader(url, reader.pass(), plan.access().insecure(), patience, tally.read::add).read(book);
            if (failure != null) {
                synchronized (unread) {
                    unread.put(Plan.name(url), failure);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Compares with what stands somewhere else than on the wire.
     *
     * @param where its name, for people
     * @param rooms what is there of each room, in its order
     */
    public void compare(String where, String epoch, Map<String, List<Event>> rooms, Map<String, Long> heads) {
        for (Book book : books) {
            Book.Copy copy = book.copy(new Witness(-1, where));
            copy.begin(epoch, 1);
            rooms.getOrDefault(book.room(), List.of()).forEach(copy::next);
            copy.end(Objects.requireNonNullElse(heads.get(book.room()), 0L));
        }
    }

    /** Gives the names of guests back. */
    public void signOut() throws InterruptedException {
        ExecutorService senders = Executors.newFixedThreadPool(SIGN_OUTS_AT_ONCE);
        for (Person person : people) {
            senders.execute(() -> {
                String secret = person.pass().session();
                if (secret != null) {
                    try {
                        Line.signOut(
                                plan.urls().get(person.index() % plan.urls().size()),
                                secret,
                                plan.access().insecure());
                    } catch (IOException e) {
                        // Then it stays reserved for a while.
                    }
                }
            });
        }
        senders.shutdown();
        if (!senders.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS)) {
            senders.shutdownNow();
        }
    }

    /** What was found, the first of each kind. */
    public List<Finding> findings() {
        return findings.kept();
    }

    /** How many of each kind were found. */
    public Map<Kind, Long> counts() {
        return findings.counts();
    }

    /** The longest time that nothing flowed for somebody. */
    public Duration longestOutage() {
        return people.stream()
                .map(person -> person.flow().longest())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** How late messages were shown to others since this was asked for the last time, in a line. */
    public String shownLately() {
        return tally.lately();
    }

    /** Servers whose log could not be read at the end, and why. */
    Map<String, String> unread() {
        synchronized (unread) {
            return new TreeMap<>(unread);
        }
    }

    /** Why somebody has not come in. */
    String failure() {
        return people.stream()
                .filter(person -> !person.flow().hasBegun())
                .map(Person::lastFailure)
                .filter(failure -> !failure.isEmpty())
                .findFirst()
                .orElse("no answer");
    }

    Tally tally() {
        return tally;
    }

    Findings notes() {
        return findings;
    }

    /** The numbers up to which each room came, together. */
    long heads() {
        return books.stream().mapToLong(Book::head).sum();
    }

    /** What happened, in a line. */
    public String summary() {
        return tally.sent + " messages sent, " + tally.acked + " answered, " + tally.resent + " resent, "
                + tally.duplicates
                + " duplicates, " + tally.unknown + " unknown, " + tally.connections + " connections, "
                + tally.strangers
                + " as somebody new, " + tally.resumed + " resumed, " + tally.unrecovered + " not recovered, "
                + tally.gaps + " gaps, " + tally.moved + " sent away, answers p99 " + tally.answerMillis(99)
                + " ms, deliveries p99 " + tally.deliveryMillis(99) + " ms, longest outage "
                + Seconds.of(longestOutage().toMillis()) + ", refused " + tally.errors() + ", ends " + tally.ends();
    }

    @Override
    public void close() throws InterruptedException {
        end();
        clock.shutdownNow();
    }

    private void end() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
        }
        for (Thread thread : threads) {
            thread.join(END_MILLIS);
        }
    }

    /** Since when it flows for everybody, by {@code System.nanoTime()}; 0 when it does not. */
    private long flowsSince() {
        long now = System.nanoTime();
        long longest = Long.MAX_VALUE;
        for (Person person : people) {
            if (!person.flow().isFlowing(now)) {
                return 0;
            }
            longest = Math.min(longest, now - person.flow().since());
        }
        return now - longest;
    }

    private boolean await(Duration atMost, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return true;
    }
}
