package chat.parley.protocol;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
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

/** One operation makes a request of the text of one {@code message} frame with 64 bytes of content. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
public class DecodeBenchmark {

    private static final int MAX_CONTENT_BYTES = 4_096;

    private final Jsonb jsonb = JsonbBuilder.create();

    private String frame = JsonCodec.toJson(new ClientMessage.Message(
            "lobby",
            "A sentence of sixty-four bytes, as people write them in a chat.\n",
            "3f2c8a4e-5d1b-4c7a-9e60-8b1f2d3a4c5e"));

    /** As the server does it: read once, every field checked. */
    @Benchmark
    public ClientMessage.Message checked() {
        return (ClientMessage.Message) JsonCodec.decode(frame, MAX_CONTENT_BYTES);
    }

    /** As JSON-B does it, which checks nothing: not even that a field is there once and has the right kind. */
    @Benchmark
    public ClientMessage.Message byJsonB() {
        return jsonb.fromJson(frame, ClientMessage.Message.class);
    }
}
