package chat.parley.room;

import chat.parley.protocol.RoomName;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a room of 1000 people says of who is in it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
public class PresenceBenchmark {

    private static final int PEOPLE = 1_000;

    private Runnable later = () -> {}; // what the roster wants to have run after a while

    private final RoomLog log = new RoomLog(4_096, Long.MAX_VALUE, new RingMemory(Long.MAX_VALUE, () -> {}));
    private final Words words = new Words(new RoomName("lobby"), Clock.systemUTC());
    private final Roster roster =
            new Roster(log, words, Duration.ZERO, (delay, task) -> later = task, (name, isHere) -> {});
    private boolean away;

    /** Fills the room. */
    @Setup
    public void fill() {
        for (int i = 0; i < PEOPLE; i++) {
            roster.enter("user-%04d".formatted(i));
        }
        later.run();
    }

    /** One operation lets one person come or go, and appends the summary that tells the room. */
    @Benchmark
    public void summary() {
        long before = log.head().position();
        if (away) {
            roster.enter("user-0500");
        } else {
            roster.leave("user-0500");
        }
        away = !away;
        later.run();
        if (log.head().position() != before + 1) {
            throw new IllegalStateException("no summary");
        }
    }

    /** One operation makes the answer to a {@code members} request: the first page, 200 names. */
    @Benchmark
    public byte[] page() {
        return roster.page("1", null, 200);
    }
}
