package chat.parley.room;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One operation passes one event through the room's gate, which encodes and appends it, and gives it to every member.
 * What the operation allocates is the same for one member as for many when nothing is allocated per member.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
public class FanoutBenchmark {

    /** How many connections are in the room. */
    @Param({"1", "1000"})
    public int members;

    private Audience audience;

    /** The same time by another measure: per delivery instead of per event. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class PerDelivery {
        /** One for each member and event. */
        public long deliveries;
    }

    /** Fills the room. */
    @Setup
    public void fill() {
        audience = new Audience(members);
    }

    /** An event for everybody. */
    @Benchmark
    public void event(PerDelivery count) {
        long before = audience.taken().parcels();
        audience.append();
        audience.walk();
        long delivered = audience.taken().parcels() - before;
        if (delivered != members) {
            throw new IllegalStateException(delivered + " deliveries");
        }
        count.deliveries += delivered;
    }
}
