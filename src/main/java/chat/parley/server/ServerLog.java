package chat.parley.server;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import chat.parley.config.Settings;
import org.slf4j.LoggerFactory;

/**
 * The log of the embedded server: standard error, text for people or JSON for machines. Set up in code, because
 * reading an XML file would be a good part of the time the server takes to start. Whoever points {@code
 * logback.configurationFile} at a file of their own is left alone. In the WAR none of this runs: the host's log is
 * the host's.
 */
final class ServerLog {

    /** What holds while the settings are read: quiet. */
    static final Settings.Log UNTIL_CONFIGURED = new Settings.Log("auto", "warn");

    /** What clients wrote is in the pairs: nothing of it may speak to the terminal. */
    static final String TEXT =
            "%d{HH:mm:ss.SSS} %-5level %logger{0} - %msg %replace(%kvp){'[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]', '?'}%n";

    /** Lines that may wait for whoever reads standard error; more are lost, because nobody waits for a log. */
    private static final int QUEUE = 8_192;

    private static final Level LIBRARIES = Level.WARN;

    private ServerLog() {}

    /** From now on log lines look like that. May be called again; not while others log. */
    static void configure(Settings.Log log) {
        if (System.getProperty("logback.configurationFile") != null
                || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(isText(log.format()) ? text(context) : json(context));
        appender.start();
        AsyncAppender queue = new AsyncAppender();
        queue.setContext(context);
        queue.setName("queue");
        queue.setQueueSize(QUEUE);
        queue.setDiscardingThreshold(0);
        queue.setNeverBlock(true);
        queue.addAppender(appender);
        queue.start();
        Level level = Level.toLevel(log.level());
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level.isGreaterOrEqual(LIBRARIES) ? level : LIBRARIES);
        root.addAppender(queue);
        context.getLogger("chat.parley").setLevel(level);
        // While the store is away the pool warns of every connection; the outage is told once, by whoever notices it.
        context.getLogger("com.zaxxer.hikari").setLevel(level.isGreaterOrEqual(Level.ERROR) ? level : Level.ERROR);
    }

    /** Writes what is still held and closes the log. Nothing may be logged afterwards. */
    static void close() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }

    private static boolean isText(String format) {
        return format.equals("text") || (format.equals("auto") && Terminal.isInteractive());
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(TEXT);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonLines encoder = new JsonLines();
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
