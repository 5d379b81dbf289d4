package chat.parley.conformance;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The suite. Run it against a target by a test factory that returns {@link #tests}, and close this when the tests are over:
 * that writes {@code target/conformance/NAME.tsv}, which {@link ConformanceTable} joins with those of other targets.
 */
public final class Conformance implements AutoCloseable {

    /** Checks that share the server run by as many at once: most of them wait for the server. */
    private static final int AT_ONCE = 8;

    private static final Path FOLDER = Path.of(System.getProperty("project.build.directory", "target"), "conformance");

    private final Target target;
    private final Once once = new Once();
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
        Thread thread = new Thread(task, "conformance");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Check, Future<Result>> begun = new LinkedHashMap<>();
    private final List<Result> results = new ArrayList<>();
    private final long restingBytes;

    /** For a target that is ready. Whoever started it closes it, after this. */
    public Conformance(Target target) {
        this.target = target;
        this.restingBytes = target.rssBytes();
    }

    /** One test a check, and one for what is declared of the target; to be run in order. */
    public Stream<DynamicTest> tests() {
        List<Check> shared = Checks.ALL.stream()
                .filter(check -> check.need() != Check.Need.SERVER)
                .toList();
        List<Check> alone = Checks.ALL.stream()
                .filter(check -> check.need() == Check.Need.SERVER)
                .toList();
        return Stream.of(
                        Stream.of(dynamicTest(
                                "each known difference is of a check there is", this::differencesAreOfChecks)),
                        shared.stream().map(check -> dynamicTest(title(check), () -> report(shared(check, shared)))),
                        alone.stream().map(check -> dynamicTest(title(check), () -> report(result(check)))))
                .flatMap(tests -> tests);
    }

    private static String title(Check check) {
        return check.section() + ": " + check.name();
    }

    private void differencesAreOfChecks() {
        Set<String> unknown = new TreeSet<>(target.differences().keySet());
        Checks.ALL.forEach(check -> unknown.remove(check.name()));
        if (!unknown.isEmpty()) {
            throw new AssertionError(target.name() + " declares what no check is called: " + unknown);
        }
    }

    /** The first who asks begins all of them. */
    private Result shared(Check check, List<Check> all) throws InterruptedException, ExecutionException {
        if (begun.isEmpty()) {
            all.forEach(each -> begun.put(each, threads.submit(() -> result(each))));
        }
        return begun.get(check).get();
    }

    private Result result(Check check) {
        long start = System.nanoTime();
        Throwable failure = null;
        try {
            run(check);
        } catch (Throwable e) { // whatever it is, it is the result
            failure = e;
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        Difference known = target.differences().get(check.name());
        if (known != null && failure != null && known.explains(failure)) {
            return new Result(check, Result.Outcome.DIFFERS, known.reason(), millis, null);
        }
        if (known != null) {
            failure = new AssertionError(
                    failure == null
                            ? "it is no difference any more: " + known
                            : "it is not the difference that is known (" + known + "): " + failure,
                    failure);
        }
        return failure == null
                ? new Result(check, Result.Outcome.OK, "", millis, null)
                : new Result(check, Result.Outcome.FAILED, failure.toString(), millis, failure);
    }

    private void run(Check check) throws Exception {
        boolean isGuarded = check.need() == Check.Need.GUARDED;
        if (isGuarded && target.guarded().isEmpty()) {
            throw new AssertionError("there is no deployment in which the server signs people in");
        }
        try (Stage stage =
                new Stage(target, isGuarded ? target.guarded().orElseThrow().base() : target.base(), once)) {
            check.act().on(stage);
            for (String mark : check.marks()) {
                if (!stage.marks().have(mark)) {
                    throw new AssertionError("it did not meet what it is there for: " + mark);
                }
            }
        }
    }

    private void report(Result result) throws Throwable {
        results.add(result);
        if (result.failure() != null) {
            throw result.failure();
        }
    }

    /** Writes the results. */
    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        List<String> lines = new ArrayList<>();
        lines.add("# start\t" + target.startMillis() + " ms");
        lines.add("# rss\t" + (restingBytes >> 20) + " MB");
        results.forEach(result -> lines.add(result.line()));
        Files.createDirectories(FOLDER);
        Path whole = Files.createTempFile(FOLDER, target.name(), ".tmp"); // another JVM may read what is there
        Files.write(whole, lines, StandardCharsets.UTF_8);
        Files.move(whole, FOLDER.resolve(target.name() + ".tsv"), StandardCopyOption.ATOMIC_MOVE);
        ConformanceTable.write();
    }
}
