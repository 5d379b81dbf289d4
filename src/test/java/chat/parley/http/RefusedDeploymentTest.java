package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import java.io.File;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deployment that is refused leaves nothing in the process that would keep its class loader. */
class RefusedDeploymentTest {

    @TempDir
    private Path folder;

    @Test
    void aRefusedDatabaseLeavesNoDriver() throws Exception {
        Path file = folder.resolve("other.db");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("create table recipe (name text)");
        }

        List<String> left = deployed(Map.of("parley.store.url", "jdbc:sqlite:" + file));

        assertTrue(left.get(0).contains("belongs to another program"), left.get(0));
        assertEquals(List.of(), left.subList(1, left.size()));
    }

    @Test
    void aRefusedSecretLeavesNoDriver() throws Exception {
        Path secret = Files.createDirectory(folder.resolve("secret"));

        List<String> left = deployed(Map.of(
                "parley.store.url",
                "jdbc:sqlite:" + folder.resolve("parley.db"),
                "parley.auth.secret-file",
                secret.toString()));

        assertTrue(left.get(0).contains("parley.auth.secret-file"), left.get(0));
        assertEquals(List.of(), left.subList(1, left.size()));
    }

    /** Deploys it by a class loader of its own: why it was refused, then what it left. */
    private static List<String> deployed(Map<String, String> parameters) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader application = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(application);
            Method deploy = application.loadClass(Deployment.class.getName()).getMethod("refused", Map.class);
            List<String> left = new ArrayList<>();
            for (Object each : (List<?>) deploy.invoke(null, parameters)) {
                left.add(String.valueOf(each));
            }
            return left;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] classPath() throws Exception {
        List<URL> all = new ArrayList<>();
        for (String each : System.getProperty("java.class.path").split(File.pathSeparator)) {
            all.add(Path.of(each).toUri().toURL());
        }
        return all.toArray(URL[]::new);
    }

    /** What happens within the class loader of the web application, which alone sees the drivers it has. */
    public static final class Deployment {

        private Deployment() {}

        /** Why it was refused, then the drivers that are left of this class loader, by their names. */
        public static List<String> refused(Map<String, String> parameters) {
            ServletContext context = (ServletContext) Proxy.newProxyInstance(
                    Deployment.class.getClassLoader(),
                    new Class<?>[] {ServletContext.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "getInitParameterNames" -> Collections.enumeration(parameters.keySet());
                        case "getInitParameter" -> parameters.get((String) arguments[0]);
                        case "getContextPath" -> "/x";
                        default -> null;
                    });
            ServletContextEvent event = new ServletContextEvent(context);
            List<String> left = new ArrayList<>();
            left.add(assertThrows(RuntimeException.class, () -> new ParleyListener().contextInitialized(event))
                    .getMessage());
            DriverManager.drivers()
                    .map(Object::getClass)
                    .filter(type -> type.getClassLoader() == Deployment.class.getClassLoader())
                    .forEach(type -> left.add(type.getName()));
            return left;
        }
    }
}
