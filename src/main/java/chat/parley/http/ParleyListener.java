package chat.parley.http;

import chat.parley.Parley;
import chat.parley.config.Settings;
import chat.parley.config.SettingsLoader;
import chat.parley.store.Stores;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.time.Clock;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts Parley when an application server deploys the WAR, and stops it when it is undeployed. Context parameters
 * named {@code parley.*} are settings, and go before system properties and the environment.
 */
@WebListener
public final class ParleyListener implements ServletContextListener {

    private static final Logger log = LoggerFactory.getLogger(ParleyListener.class);

    /** The context attribute with the listener that has started Parley. */
    static final String STARTED = "chat.parley.started";

    private @Nullable Parley parley;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        SettingsLoader.Result loaded = SettingsLoader.loadInContainer(parameters(context), context.getContextPath());
        loaded.warnings().forEach(log::warn);
        boolean deployed = false;
        try {
            parley = started(context, loaded.settings());
            deployed = true;
        } finally {
            if (!deployed) {
                Stores.unload();
            }
        }
        context.setAttribute(STARTED, this);
        log.atInfo()
                .addKeyValue("context", context.getContextPath())
                .addKeyValue("store", loaded.settings().store().name())
                .log("Parley is deployed");
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        stop();
    }

    /** Stops it if it runs. The thread that ends the web application calls. */
    void stop() {
        Parley running = parley;
        parley = null;
        if (running != null) {
            running.stop();
            Stores.unload();
        }
    }

    private static Parley started(ServletContext context, Settings settings) {
        Parley started = new Parley(settings, null, Clock.systemUTC());
        boolean done = false;
        try {
            register(context, started);
            started.start();
            done = true;
            return started;
        } finally {
            if (!done) {
                started.stop();
            }
        }
    }

    private static void register(ServletContext context, Parley started) {
        context.addListener(new HandshakeListener(started.settings().proxies()));
        FilterRegistration.Dynamic headers = context.addFilter("parley-headers", new SecurityHeadersFilter());
        headers.setAsyncSupported(true);
        headers.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        context.addFilter("parley-admission", new AdmissionFilter(started.connections()))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/chat");
        ServletRegistration.Dynamic api = context.addServlet("parley-api", Api.servlet(started));
        api.setAsyncSupported(true);
        api.addMapping(Api.PATTERN);
        ServletRegistration.Dynamic page = context.addServlet("parley-page", new PageServlet());
        page.setAsyncSupported(true);
        page.setLoadOnStartup(1); // a page that is not there is found now
        page.addMapping(PageServlet.patterns());
        context.addServlet("parley-live", new HealthServlet(() -> true)).addMapping("/health/live");
        context.addServlet("parley-ready", new HealthServlet(started::isReady)).addMapping("/health/ready");
        try {
            started.deployTo((ServerContainer) context.getAttribute(ServerContainer.class.getName()));
        } catch (DeploymentException e) {
            throw new IllegalStateException("the endpoint could not be deployed", e);
        }
    }

    private static Map<String, String> parameters(ServletContext context) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            if (name.startsWith("parley.")) {
                parameters.put(name, context.getInitParameter(name));
            }
        }
        return parameters;
    }
}
