package chat.parley.conformance.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An enterprise archive: how Jakarta EE gives a WAR, which is in it byte for byte, another context path and a descriptor
 * from beside it ({@code alt-dd}).
 */
final class Ear {

    private static final String APPLICATION = """
            <?xml version="1.0" encoding="UTF-8"?>
            <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="9">
              <module>
                <web>
                  <web-uri>%1$s.war</web-uri>
                  <context-root>/%1$s</context-root>
                </web>
                <alt-dd>beside.xml</alt-dd>
              </module>
            </application>
            """;

    private Ear() {}

    /**
     * Writes one.
     *
     * @param to a file, in a folder that is made if need be
     * @param context the context path, without a slash
     * @param webXml what the server reads as if it were the WAR's {@code web.xml}
     */
    static void write(Path to, String context, String webXml) throws IOException {
        Files.createDirectories(to.getParent());
        try (OutputStream file = Files.newOutputStream(to);
                ZipOutputStream ear = new ZipOutputStream(file)) {
            ear.putNextEntry(new ZipEntry("META-INF/application.xml"));
            ear.write(APPLICATION.formatted(context).getBytes(UTF_8));
            ear.putNextEntry(new ZipEntry("beside.xml"));
            ear.write(webXml.getBytes(UTF_8));
            ear.putNextEntry(new ZipEntry(context + ".war"));
            Files.copy(ApplicationServer.WAR, ear);
        }
    }
}
