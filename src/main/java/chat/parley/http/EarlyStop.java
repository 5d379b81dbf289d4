package chat.parley.http;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Set;

/**
 * Stops Parley before the container ends its WebSockets, so that its clients are told when to come back. Containers end
 * them by a listener that they add themselves, and call listeners from the last to the first; one that is added by an
 * initializer is behind theirs, where an annotated one is before. Where no initializer of a WAR is run, {@link
 * ParleyListener} stops it as late as that.
 */
public final class EarlyStop implements ServletContainerInitializer, ServletContextListener {

    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
        context.addListener(this);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (event.getServletContext().getAttribute(ParleyListener.STARTED) instanceof ParleyListener started) {
            started.stop();
        }
    }
}
