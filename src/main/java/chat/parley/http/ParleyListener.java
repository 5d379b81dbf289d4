package chat.parley.http;

import chat.parley.Parley;
import chat.parley.config.SettingsLoader;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.time.Clock;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts Parley when an application server deploys the WAR, and stops it when it is undeployed. Context parameters
 * named {@code parley.*} are settings.
 */
@WebListener
public final class ParleyListener implements ServletContextListener {

    private @Nullable Parley parley;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Parley started = new Parley(SettingsLoader.of(settings(context)), null, Clock.systemUTC());
        context.addListener(new HandshakeListener());
        context.addFilter("parley-headers", new SecurityHeadersFilter())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        context.addFilter("parley-admission", new AdmissionFilter(started.connections()))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/chat");
        try {
            ((ServerContainer) context.getAttribute(ServerContainer.class.getName())).addEndpoint(started.endpoint());
        } catch (DeploymentException e) {
            throw new IllegalStateException("the endpoint could not be deployed", e);
        }
        started.start();
        parley = started;
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (parley != null) {
            parley.stop();
        }
    }

    private static Map<String, String> settings(ServletContext context) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            if (name.startsWith("parley.")) {
                settings.put(name, context.getInitParameter(name));
            }
        }
        return settings;
    }
}
