package chat.parley.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * The end of the process on SIGTERM and Ctrl-C: the server is stopped, the log is closed, and the exit code is 0. A
 * JVM that ends by a signal would say 143 or 130 instead, which a supervisor takes for a failure; so the hook ends
 * the process itself.
 */
final class Shutdown {

    /**
     * What a stop may take beyond the time its clients are given. Every wait in it is bounded, and all together are
     * shorter; only where many delivery threads hang, each waited for in turn, does this end the process first.
     */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final int OK = 0;
    private static final int STUCK = 1;

    private final Runnable stop;
    private final Thread hook;

    private Shutdown(Runnable stop, Duration drain) {
        this.stop = stop;
        this.hook = new Thread(() -> end(stop, drain.plus(GRACE)), "shutdown");
    }

    /**
     * Runs that, once, when the process is told to end; if it takes longer than drain and grace, the process ends all
     * the same.
     */
    static Shutdown atExit(Runnable stop, Duration drain) {
        Shutdown shutdown = new Shutdown(stop, drain);
        Runtime.getRuntime().addShutdownHook(shutdown.hook);
        return shutdown;
    }

    /** Stops here and now, and not at exit, which then has the exit code it was called with. */
    void now() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // The process has been told to end: the hook stops it.
        }
        stop.run();
    }

    private static void end(Runnable stop, Duration most) {
        AtomicBoolean clean = new AtomicBoolean();
        Thread stopper = new Thread(() -> clean.set(stop(stop)), "stop");
        stopper.setDaemon(true);
        stopper.start();
        try {
            stopper.join(most.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(clean.get() ? OK : STUCK);
    }

    private static boolean stop(Runnable stop) {
        try {
            stop.run();
            return true;
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(Shutdown.class).error("the server did not stop cleanly", e);
            return false;
        } finally {
            ServerLog.close();
        }
    }
}
