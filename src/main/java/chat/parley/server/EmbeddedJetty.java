package chat.parley.server;

import chat.parley.Parley;
import chat.parley.config.Settings;
import chat.parley.http.AdmissionFilter;
import chat.parley.http.Api;
import chat.parley.http.HandshakeListener;
import chat.parley.http.HealthServlet;
import chat.parley.http.PageServlet;
import chat.parley.http.SecurityHeadersFilter;
import chat.parley.store.MessageStore;
import chat.parley.store.Stores;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Objects;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Parley on a Jetty of its own. Started and stopped once, by whoever made it. */
public final class EmbeddedJetty {

    /** How long requests under way may take when everything stops; clients are gone by then. */
    private static final long STOP_MILLIS = 3_000;

    /** Thousands of clients that come at once wait here; the kernel may allow less. */
    private static final int ACCEPT_QUEUE = 4_096;

    /**
     * Fewer than Jetty's 200, since nothing in them waits and each that ever ran keeps a stack; but not few: a client
     * that floods holds one for as long as it does.
     */
    private static final int THREADS = Math.max(64, 8 * Runtime.getRuntime().availableProcessors());

    private final Server server;
    private final ServerConnector connector;
    private final @Nullable Tls tls;
    private final @Nullable ServerConnector tlsConnector;
    private final Parley parley;
    private final Settings.Http http;

    /** Does nothing yet; {@link #start()} follows. */
    EmbeddedJetty(Settings settings) {
        this(settings, Tls.of(settings.tls()), Stores.open(settings.store(), Clock.systemUTC()));
    }

    /** The same over a store, which it closes. */
    private EmbeddedJetty(Settings settings, @Nullable Tls tls, MessageStore store) {
        this.tls = tls;
        this.http = settings.http();
        this.parley = new Parley(settings, new JettySenders(), Clock.systemUTC(), store);
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("parley-http");
        threads.setDaemon(true);
        this.server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        this.connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setPort(http.port());
        add(connector);
        this.tlsConnector = tls == null ? null : tls.connector(server, configuration);
        server.setErrorHandler(new PlainErrors());
        ServletContextHandler context = context();
        if (tlsConnector == null) {
            server.setHandler(context);
        } else {
            add(tlsConnector);
            server.setHandler(new PlainPort(context, parley, tlsConnector::getLocalPort));
        }
        server.setStopTimeout(STOP_MILLIS);
    }

    /**
     * Starts a server and listens.
     *
     * @throws IOException when it cannot listen, for one because the port is taken; whatever else fails is unchecked
     */
    public static EmbeddedJetty start(Settings settings) throws IOException {
        EmbeddedJetty jetty = new EmbeddedJetty(settings);
        jetty.start();
        return jetty;
    }

    /**
     * Starts a server over a store, which it closes, instead of the one that the settings name.
     *
     * @throws IOException when it cannot listen
     */
    public static EmbeddedJetty start(Settings settings, MessageStore store) throws IOException {
        EmbeddedJetty jetty = new EmbeddedJetty(settings, Tls.of(settings.tls()), store);
        jetty.start();
        return jetty;
    }

    void start() throws IOException {
        boolean started = false;
        try {
            open(connector, "--host and --port choose");
            if (tls != null && tlsConnector != null) {
                open(tlsConnector, "--host and --set parley.tls.port= choose");
                tls.start();
            }
            server.start();
            started = true;
        } catch (RuntimeException | IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the server could not be started", e);
        } finally {
            if (!started) {
                abandon();
            }
        }
    }

    /** Where it serves: by TLS if there is TLS. */
    public URI uri() {
        return tlsConnector == null ? uri("http", connector) : uri("https", tlsConnector);
    }

    /** Where it can be asked in the clear; if there is TLS, only for the way. */
    public URI plainUri() {
        return uri("http", connector);
    }

    private URI uri(String scheme, ServerConnector listening) {
        return URI.create(scheme + "://" + http.hostInUri() + ":" + listening.getLocalPort() + "/");
    }

    /** The chat server in it. */
    public Parley parley() {
        return parley;
    }

    /** Sends the clients away and stops; takes at most the drain plus some seconds. */
    public void stop() {
        if (tls != null) {
            tls.stop();
        }
        parley.stop();
        try {
            server.stop();
        } catch (Exception e) {
            // Nothing is left that could be saved: all messages are stored, all clients gone.
        }
    }

    private void abandon() {
        connector.close();
        if (tlsConnector != null) {
            tlsConnector.close();
        }
        try {
            stop();
        } catch (RuntimeException e) {
            // Why it did not start is what counts; what never ran may not be able to stop.
        }
    }

    private void add(ServerConnector made) {
        made.setHost(http.host());
        made.setAcceptQueueSize(ACCEPT_QUEUE);
        server.addConnector(made);
    }

    private void open(ServerConnector made, String otherwise) throws ListenException {
        try {
            made.open();
        } catch (IOException e) {
            throw new ListenException(http, made.getPort(), otherwise, e);
        }
    }

    /** The order of the filters is that of the calls: refusals come before the upgrade. */
    private ServletContextHandler context() {
        ServletContextHandler context = new ServletContextHandler("/");
        context.setBaseResource(Objects.requireNonNull(
                ResourceFactory.of(context).newClassLoaderResource("webapp/"), "the page is missing"));
        context.addEventListener(new HandshakeListener(parley.settings().proxies()));
        EnumSet<DispatcherType> requests = EnumSet.of(DispatcherType.REQUEST);
        context.addFilter(new SecurityHeadersFilter(), "/*", requests);
        context.addFilter(new AdmissionFilter(parley.connections()), "/chat", requests);
        FilterHolder upgrade = new FilterHolder(new WebSocketUpgradeFilter());
        upgrade.setName(WebSocketUpgradeFilter.class.getName());
        upgrade.setAsyncSupported(true);
        context.addFilter(upgrade, "/*", requests);
        ServletHolder page = new ServletHolder(new PageServlet());
        page.setInitOrder(1);
        for (String pattern : PageServlet.patterns()) {
            context.addServlet(page, pattern);
        }
        context.addServlet(new ServletHolder(Api.servlet(parley)), Api.PATTERN);
        context.addServlet(new ServletHolder(new HealthServlet(() -> true)), "/health/live");
        context.addServlet(new ServletHolder(new HealthServlet(parley::isReady)), "/health/ready");
        JakartaWebSocketServletContainerInitializer.configure(context, (servletContext, container) -> {
            parley.deployTo(container);
            parley.start();
        });
        return context;
    }
}
