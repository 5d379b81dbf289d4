package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples on the page of clients do what it says. Those for Node.js and Python are run by {@code .ci/run}. */
class ClientPageIT {

    private static final String IMPORTS = """
            import jakarta.json.*;
            import jakarta.websocket.*;
            import java.io.StringReader;
            import java.net.URI;
            import java.net.http.*;
            import java.util.concurrent.*;
            import org.glassfish.tyrus.client.ClientManager;
            """;

    @RegisterExtension
    static final TestServer server = TestServer.with();

    @TempDir
    Path folder;

    @Test
    void theExampleOfTyrusChats() throws Exception {
        chats("tyrus", ClientPage.example("ClientManager.createClient()"), ClientPage.example("public class Chat"));
    }

    @Test
    void theExampleOfJettyChats() throws Exception {
        chats("jetty", ClientPage.example("ContainerProvider."), ClientPage.example("public class Chat"));
    }

    @Test
    void theExampleOfTheJdkChats() throws Exception {
        chats("jdk", ClientPage.example("HttpClient.newHttpClient()"), "");
    }

    @Test
    void theExamplesOfOtherLanguagesAreTheScriptsThatAreRun() throws IOException {
        assertEquals(Files.readString(Path.of("src/test/clients/chat.cjs")), ClientPage.example("require('ws')"));
        assertEquals(Files.readString(Path.of("src/test/clients/chat.py")), ClientPage.example("import asyncio"));
        assertEquals(7, ClientPage.examples(), "each of them is run by somebody");
    }

    /** Runs an example in a JVM of its own and talks with it. */
    private void chats(String name, String connecting, String types) throws Exception {
        String source =
                IMPORTS + "public class Example {\npublic static void main(String[] arguments) throws Exception {\n"
                        + connecting + "\nnew CountDownLatch(1).await();\n}\n}\n" + types;
        Path file = folder.resolve("Example.java");
        Files.writeString(
                file, source.replace(ClientPage.URL, "ws://localhost:" + server.port() + "/chat?name=" + name));
        ChatClient witness = server.connect("witness");
        witness.join("lobby");

        Process example = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        file.toString())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        try (BufferedReader out = example.inputReader()) {
            witness.seen().await(Wire.type("join", "lobby").and(Wire.from(name)));
            witness.seen().await(Wire.type("message", "lobby").and(Wire.from(name)));
            witness.say("lobby", "welcome");

            assertEquals(name + ": hello, " + name, line(out));
            assertEquals(witness.name() + ": welcome", line(out));
        } catch (AssertionError e) {
            e.addSuppressed(new AssertionError(Files.readString(folder.resolve("errors"))));
            throw e;
        } finally {
            example.destroyForcibly().waitFor();
            witness.get(Wire.request("leave", "lobby"));
        }
    }

    private static String line(BufferedReader out) throws Exception {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return String.valueOf(out.readLine());
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .get(30, TimeUnit.SECONDS);
    }
}
