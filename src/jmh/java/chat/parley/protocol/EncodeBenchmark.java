package chat.parley.protocol;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One operation makes the bytes on the wire of one {@code message} event with 64 bytes of content. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
public class EncodeBenchmark {

    private final Jsonb jsonb = JsonbBuilder.create();

    private ServerMessage event = new ServerMessage.Message(
            "lobby",
            1_234_567,
            "3f2c8a4e-5d1b-4c7a-9e60-8b1f2d3a4c5e",
            "anna",
            Boolean.TRUE,
            "A sentence of sixty-four bytes, as people write them in a chat.\n",
            1_735_689_600_000L);

    /** As the server does it: by hand. */
    @Benchmark
    public byte[] byHand() {
        return JsonCodec.encode(event);
    }

    /** As JSON-B does it. */
    @Benchmark
    public byte[] byJsonB() {
        return jsonb.toJson(event).getBytes(StandardCharsets.UTF_8);
    }
}
