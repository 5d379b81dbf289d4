package chat.parley.server;

import java.io.IOException;

/**
 * The server that {@code bench} starts: {@link Main}, which ends at once when its standard input does. So it does not
 * outlive whoever started it, however that ends.
 */
final class BenchServer {

    private static final int ORPHANED = 3;

    private BenchServer() {}

    /** As {@link Main#main}. */
    public static void main(String[] arguments) {
        Thread watch = new Thread(BenchServer::endWithStandardInput, "standard-input");
        watch.setDaemon(true);
        watch.start();
        Main.main(arguments);
    }

    private static void endWithStandardInput() {
        try {
            while (System.in.read() >= 0) {
                // Nobody says anything here.
            }
        } catch (IOException e) {
            // It is gone as well.
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}
