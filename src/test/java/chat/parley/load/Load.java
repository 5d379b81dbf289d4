package chat.parley.load;

/**
 * A load generator: many members of few rooms, who check every single delivery while they measure.
 *
 * <pre>
 * mvn -q test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=chat.parley.load.Load -Dexec.args="--connections 1000 --window 16 --form batch"
 * </pre>
 *
 * To measure, start it directly, so that no build tool shares the processor with it; it needs nothing but the JDK:
 *
 * <pre>
 * java -cp target/test-classes chat.parley.load.Load --connections 1000 --window 16 --form batch
 * </pre>
 *
 * <p>The server's limit on messages a second holds for each connection. At full speed it has to be off, or there have
 * to be enough connections: they take turns in sending.
 *
 * <p>Exits 0 when everything arrived once and in order, 1 when anything was lost, doubled, swapped or changed, and 2
 * when it could not measure at all, with one line that says why.
 */
public final class Load {
    private static final int WRONG = 1;
    private static final int CANNOT = 2;

    private Load() {}

    /** Runs once and exits. */
    public static void main(String... args) {
        System.exit(run(args));
    }

    private static int run(String... args) {
        try {
            Options options = Options.parse(args);
            if (options.help()) {
                System.out.print(Options.USAGE);
                return 0;
            }
            Report report = new Run(options, line -> System.err.println("load: " + line)).measure();
            System.out.print(options.json() ? ReportJson.of(report) : ReportTable.of(report));
            return report.tally().isWrong() ? WRONG : 0;
        } catch (IllegalArgumentException | CannotMeasure e) {
            System.err.println("load: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.err.println("load: interrupted");
        }
        return CANNOT;
    }
}
