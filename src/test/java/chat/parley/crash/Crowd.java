package chat.parley.crash;

import chat.parley.crash.Stage.Phase;
import chat.parley.crash.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;

/** The clients of a run. Whoever makes it closes it. */
final class Crowd implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Stage stage;
    private final List<Client> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    /** Starts so many clients, spread evenly over the rooms. */
    Crowd(int port, int size, int rooms, Phase first) {
        this.stage = new Stage(first);
        for (int i = 0; i < size; i++) {
            Client client = new Client(port, "c" + i, "room-" + i % rooms, i / rooms % 2 == 0, stage);
            Thread thread = new Thread(client, "client-" + i);
            thread.setDaemon(true);
            thread.start();
            clients.add(client);
            threads.add(thread);
        }
    }

    /** Waits until so many more messages have been answered than before. */
    void awaitAnswers(int more) throws InterruptedException {
        long target = stage.acks() + more;
        if (!await(() -> stage.acks() >= target)) {
            throw new AssertionError("only " + (stage.acks() - target + more) + " answers of " + more + " came");
        }
    }

    /** Lets everybody hear of what they sent, read to the end and go. */
    void finish() throws InterruptedException {
        stage.turnTo(Phase.SETTLE);
        // A client between two connections or two loops may not have seen that yet.
        TimeUnit.MILLISECONDS.sleep(100);
        if (!await(() -> clients.stream().noneMatch(Client::hasUnanswered))) {
            violations.add(new Violation(Kind.BEHIND, "not all that was sent was answered"));
        }
        stage.turnTo(Phase.LEAVE);
        if (!await(() -> clients.stream().allMatch(Client::isFinished))) {
            long left = clients.stream().filter(client -> !client.isFinished()).count();
            violations.add(new Violation(Kind.BEHIND, left + " clients did not reach the head"));
        }
        close();
    }

    /** What everybody was told; after the end. */
    List<Facts> facts() {
        return clients.stream().map(Client::facts).toList();
    }

    /** What the clients and the crowd noticed themselves; after the end. */
    List<Violation> violations() {
        List<Violation> all = new ArrayList<>(violations);
        facts().forEach(facts -> all.addAll(facts.violations));
        return all;
    }

    /** What happened, in a line. */
    String summary() {
        return sum(facts -> facts.sent) + " messages sent, "
                + sum(facts ->
                        (int) facts.acks.stream().map(Ack::message).distinct().count()) + " acked, "
                + sum(facts -> facts.resent) + " resent, "
                + sum(facts -> (int) facts.acks.stream().filter(Ack::duplicate).count()) + " duplicates, "
                + sum(facts -> facts.unknown) + " unknown, "
                + sum(facts -> facts.connections) + " connections, "
                + sum(facts -> facts.strangers) + " as somebody new, "
                + sum(facts -> facts.unrecovered) + " not recovered, "
                + sum(facts -> facts.gaps) + " gaps";
    }

    @Override
    public void close() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
        }
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(15));
        }
    }

    private int sum(ToIntFunction<Facts> count) {
        return facts().stream().mapToInt(count).sum();
    }

    private static boolean await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return true;
    }
}
