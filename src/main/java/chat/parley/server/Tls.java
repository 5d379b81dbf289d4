package chat.parley.server;

import chat.parley.config.Settings;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS by two PEM files that may be replaced while the server runs: who connects from then on gets the new certificate,
 * who is connected stays. A pair that cannot be used is logged, once, and the old one stays.
 */
final class Tls {

    private static final Logger log = LoggerFactory.getLogger(Tls.class);

    /** How often the files are read. A change counts when it was seen twice: else it may be half of one. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    /** Of a store that is only in memory. */
    private static final char[] PASSWORD = "memory".toCharArray();

    private final Settings.Tls settings;
    private final SslContextFactory.Server contexts = new SslContextFactory.Server();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "parley-tls");
        thread.setDaemon(true);
        return thread;
    });

    // The looking thread's alone, once it has begun.
    private PemPair seen;
    private PemPair judged; // the newest that was taken or refused
    private @Nullable String trouble; // why the files cannot be read, as it was logged

    private Tls(Settings.Tls settings) {
        this.settings = settings;
        PemPair pair = PemPair.read(settings);
        this.seen = pair;
        this.judged = pair;
        contexts.setKeyStore(pair.keyStore(PASSWORD));
        contexts.setKeyStorePassword(new String(PASSWORD));
        contexts.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        contexts.setRenegotiationAllowed(false);
        tell("TLS is on", pair);
    }

    /**
     * What the settings say; null when they say nothing.
     *
     * @throws TlsRefusedException when the files cannot be used
     */
    static @Nullable Tls of(Settings.Tls settings) {
        return settings.isOn() ? new Tls(settings) : null;
    }

    /** A connector that speaks HTTP/1.1 over TLS, configured else as that. */
    ServerConnector connector(Server server, HttpConfiguration plain) {
        HttpConfiguration secure = new HttpConfiguration(plain);
        // The name in the handshake is not compared: the Host is, with the names of the server, before anybody comes
        // in.
        long hsts = settings.hsts().isZero() ? -1 : settings.hsts().toSeconds();
        secure.addCustomizer(new SecureRequestCustomizer(false, hsts, false));
        ServerConnector connector = new ServerConnector(
                server, new SslConnectionFactory(contexts, "http/1.1"), new HttpConnectionFactory(secure));
        connector.setPort(settings.port());
        return connector;
    }

    /** Looks after the files from now on. */
    void start() {
        Future<?> unused =
                looks.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks no more. */
    void stop() {
        looks.shutdownNow();
    }

    private void look() {
        try {
            PemPair now = PemPair.read(settings);
            trouble = null;
            boolean isSettled = now.equals(seen);
            seen = now;
            if (isSettled && !now.equals(judged)) {
                judged = now;
                take(now);
            }
        } catch (TlsRefusedException e) {
            String line = String.valueOf(e.getMessage());
            if (!line.equals(trouble)) {
                trouble = line;
                log.atError().addKeyValue("why", line).log("the certificate stays as it was");
            }
        } catch (Exception e) {
            log.atError().setCause(e).log("the certificate stays as it was");
        }
    }

    private void take(PemPair pair) throws Exception {
        KeyStore store = pair.keyStore(PASSWORD);
        contexts.reload(factory -> factory.setKeyStore(store));
        tell("the certificate was replaced", pair);
    }

    private static void tell(String what, PemPair pair) {
        X509Certificate own = pair.chain().get(0);
        boolean isExpired = own.getNotAfter().before(new Date());
        (isExpired ? log.atWarn() : log.atInfo())
                .addKeyValue("serial", own.getSerialNumber().toString(16))
                .addKeyValue("until", own.getNotAfter().toInstant())
                .log(isExpired ? what + ", but the certificate has expired" : what);
    }
}
