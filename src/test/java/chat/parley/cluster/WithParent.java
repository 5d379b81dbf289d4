package chat.parley.cluster;

import java.io.IOException;

/** Ends this process in good order when whoever started it is gone, by whatever end: its standard input ends then. */
final class WithParent {

    private WithParent() {}

    /** From now on. */
    static void endToo() {
        Thread watch = new Thread(WithParent::await, "with-parent");
        watch.setDaemon(true);
        watch.start();
    }

    @SuppressWarnings("StatementWithEmptyBody")
    private static void await() {
        try {
            while (System.in.read() >= 0) {
                // Nobody says anything.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        System.exit(0);
    }
}
