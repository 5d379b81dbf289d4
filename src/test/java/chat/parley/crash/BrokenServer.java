package chat.parley.crash;

import ch.qos.logback.classic.Level;
import chat.parley.config.Settings;
import chat.parley.config.SettingsLoader;
import chat.parley.server.EmbeddedJetty;
import chat.parley.store.MessageStore;
import chat.parley.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server whose store breaks one promise, to see whether that is noticed: mode, port, file. */
final class BrokenServer {

    /** Which promise. */
    enum Mode {
        /** None: what is found of this one is the fault of whoever looks. */
        HONEST,
        /** It acknowledges before it commits. */
        EARLY,
        /** It does not know again what it has stored. */
        FORGETFUL
    }

    private BrokenServer() {}

    /** Serves until the process is told to end. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        // Standard output is for one line, and nobody reads more.
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.OFF);
        }
        Map<String, String> values = new LinkedHashMap<>(CrashSettings.of(Path.of(arguments[2])));
        values.put("parley.port", arguments[1]);
        Settings settings = SettingsLoader.of(values);
        MessageStore file = Stores.open(settings.store(), Clock.systemUTC());
        MessageStore store = switch (Mode.valueOf(arguments[0])) {
            case HONEST -> file;
            case EARLY -> new EarlyStore(file);
            case FORGETFUL -> new ForgetfulStore(file);
        };
        EmbeddedJetty server = EmbeddedJetty.start(settings, store);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop();
            Runtime.getRuntime().halt(0);
        }));
        System.out.println("the broken server listens on " + server.uri());
        new CountDownLatch(1).await();
    }
}
