package chat.parley.room;

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

/** One operation brings a member that is 1000 events behind from its cursor to the head, parcel by parcel. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
public class CatchUpBenchmark {

    private static final int EVENTS = 1_000;

    private Audience audience;
    private Membership member;
    private long bytes; // of the events

    /** Fills the ring. */
    @Setup
    public void fill() {
        audience = new Audience(1);
        member = audience.member();
        RoomLog log = member.room().log();
        for (int i = 0; i < EVENTS; i++) {
            audience.append();
            bytes += log.get(log.head().position() - 1).json().length;
        }
        audience.walk();
    }

    /** One member alone: its parcels have to be laid. */
    @Benchmark
    public void alone() {
        member.outlet().thread().parcels().clear();
        catchUp();
    }

    /** One of many that stand at the same place: others were sent the same parcels just now. */
    @Benchmark
    public void amongOthers() {
        catchUp();
    }

    private void catchUp() {
        Head head = member.room().log().head();
        member.standAt(head.position() - EVENTS, 0, head.seq() - EVENTS, head.version());
        long before = audience.taken().bytes();
        while (member.isBehind()) {
            member.outlet().run();
        }
        if (audience.taken().bytes() - before < bytes) {
            throw new IllegalStateException("events are missing");
        }
    }
}
