package chat.parley.conformance.servers;

import chat.parley.conformance.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Jetty as it is downloaded. */
final class JettyHomeServer implements ApplicationServer {

    private static final String MODULES = "http,ee10-deploy,ee10-annotations,ee10-websocket-jakarta,graceful";

    private static final String KEY = "enough";

    private int stop;

    @Override
    public String name() {
        return "jetty";
    }

    @Override
    public Path home() {
        return UNPACKED.resolve("jetty-home-12.1.8");
    }

    @Override
    public void prepare(Instance instance) throws IOException {
        instance.copy(WAR, "webapps/parley.war");
        instance.write("guarded/web.xml", WebXml.GUARDED);
        instance.write("guarded/users.properties", WebXml.USER + ": " + WebXml.PASSWORD + "," + WebXml.ROLE + "\n");
        instance.write("webapps/guarded.xml", """
                <?xml version="1.0"?>
                <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
                <Configure class="org.eclipse.jetty.ee10.webapp.WebAppContext">
                  <Set name="contextPath">/guarded</Set>
                  <Set name="war">%s</Set>
                  <Call name="addOverrideDescriptor"><Arg>%s</Arg></Call>
                  <Call class="org.eclipse.jetty.util.resource.ResourceFactory" name="root">
                    <Call id="users" name="newResource"><Arg>%s</Arg></Call>
                  </Call>
                  <Get name="securityHandler">
                    <Set name="loginService">
                      <New class="org.eclipse.jetty.security.HashLoginService">
                        <Set name="name">shop</Set>
                        <Set name="config"><Ref refid="users"/></Set>
                      </New>
                    </Set>
                  </Get>
                </Configure>
                """.formatted(
                        WAR,
                        instance.folder().resolve("guarded/web.xml"),
                        instance.folder().resolve("guarded/users.properties")));
    }

    @Override
    public void removeGuarded(Instance instance) throws IOException {
        Files.delete(instance.folder().resolve("webapps/guarded.xml"));
    }

    @Override
    public List<String> command(Instance instance) {
        stop = stop == 0 ? instance.anotherPort() : stop;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + instance.userHome()));
        command.addAll(Instance.systemProperties());
        command.addAll(List.of(
                "-DSTOP.PORT=" + stop,
                "-DSTOP.KEY=" + KEY,
                "-jar",
                home().resolve("start.jar").toString(),
                "jetty.base=" + instance.folder(),
                "jetty.http.host=127.0.0.1",
                "jetty.http.port=" + instance.port(),
                "--modules=" + MODULES));
        return command;
    }

    @Override
    public List<String> stopCommand(Instance instance) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                home().resolve("start.jar").toString(),
                "--stop",
                "stop.port=" + stop,
                "stop.key=" + KEY);
    }

    @Override
    public Path log(Instance instance) {
        return instance.output();
    }

    @Override
    public Map<String, String> environment(Instance instance) {
        return Map.of();
    }

    @Override
    public Map<String, Difference> differences() {
        return Reasons.together(
                Reasons.portIsClosed(),
                Reasons.endsConnectionsFirst("It ends connections, 1001, before it tells applications of the end."));
    }
}
