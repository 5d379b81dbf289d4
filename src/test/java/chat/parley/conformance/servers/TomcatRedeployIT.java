package chat.parley.conformance.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A WAR that is replaced again and again in a running Tomcat, and then removed, is gone: its threads, its files, its classes. */
@Timeout(1_200)
class TomcatRedeployIT {

    private static final int TIMES = Integer.getInteger("parley.redeployments", 20);

    /** Java itself remembers the type that a record was last compared as, and what only a soft reference holds is there still. */
    private static final int KEPT_BY_JAVA = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** One loader a web application; there is no other. */
    private static final Pattern LOADERS =
            Pattern.compile("\\s(\\d+)\\s+\\d+\\s+org\\.apache\\.catalina\\.loader\\.ParallelWebappClassLoader\\b");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void nothingOfItStays() throws Exception {
        LookingEverySecond tomcat = new LookingEverySecond();
        try (ServerTarget target = ServerTarget.start(tomcat)) {
            Path deployed = tomcat.folder.resolve("webapps/parley.war");
            for (int i = 0; i < TIMES; i++) {
                talk(target.base(), "ann" + i);
                Files.delete(deployed);
                await(target.base(), 404);
                Path begun = Files.copy(ApplicationServer.WAR, tomcat.folder.resolve("begun"));
                Files.move(begun, deployed, StandardCopyOption.ATOMIC_MOVE);
                await(target.base(), 200);
            }
            talk(target.base(), "ann");
            Files.delete(deployed);
            await(target.base(), 404);

            long pid = target.pid();
            long loaders = loaders(pid);
            assertTrue(loaders <= KEPT_BY_JAVA, loaders + " class loaders");
            assertEquals(List.of(), threads(pid), "threads");
            assertEquals(Set.of(), openFiles(pid, tomcat.folder), "open files");
            assertEquals(List.of(), found(target.log()), "what Tomcat found");
        }
    }

    /** A Tomcat looks for threads, thread locals, timers and drivers that a web application leaves behind. */
    private static List<String> found(String log) {
        return log.lines().filter(line -> line.contains("memory leak")).toList();
    }

    private static void talk(URI base, String name) throws Exception {
        for (String path : List.of("", "api/ways", "api/session")) {
            HTTP.send(
                    HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.discarding());
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int attempt = 0; !joins(base, name + "-" + attempt); attempt++) {
            assertTrue(System.nanoTime() < end, "nobody is acknowledged");
        }
    }

    /** Whether somebody of this name gets into a room; a server that deploys once more meanwhile may cut them off. */
    private static boolean joins(URI base, String name) throws Exception {
        CompletableFuture<Boolean> acknowledged = new CompletableFuture<>();
        StringBuilder heard = new StringBuilder();
        WebSocket chat = HTTP.newWebSocketBuilder()
                .buildAsync(
                        URI.create(base.toString().replace("http:", "ws:") + "chat?name=" + name),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                                if (heard.append(text).toString().contains("\"id\":\"joined\"")) {
                                    acknowledged.complete(heard.toString().contains("ack"));
                                }
                                return WebSocket.Listener.super.onText(socket, text, last);
                            }
                        })
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        chat.sendText("{\"type\":\"join\",\"room\":\"lobby\",\"id\":\"joined\"}", true);
        try {
            return acknowledged.get(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return false;
        } finally {
            chat.abort();
        }
    }

    private static void await(URI base, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("health/ready"))
                .timeout(PATIENCE)
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != status) {
            assertTrue(System.nanoTime() < end, "it does not come to " + status);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Counts after a full collection, several times: what a soft reference holds goes with time. */
    private static long loaders(long pid) throws Exception {
        long loaders = Long.MAX_VALUE;
        for (int i = 0; i < 5 && loaders > KEPT_BY_JAVA; i++) {
            Matcher line = LOADERS.matcher(jcmd(pid, "GC.class_histogram"));
            loaders = line.find() ? Long.parseLong(line.group(1)) : 0;
        }
        return loaders;
    }

    private static List<String> threads(long pid) throws Exception {
        return jcmd(pid, "Thread.print")
                .lines()
                .filter(line -> line.startsWith("\"parley"))
                .toList();
    }

    /** Of the data and of the web application; Tomcat has files of its own open, such as its log. */
    private static Set<String> openFiles(long pid, Path folder) throws IOException {
        List<Path> ours = List.of(folder.resolve("home"), folder.resolve("webapps"), folder.resolve("temp"));
        Set<String> open = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                try {
                    Path target = Files.readSymbolicLink(file);
                    if (ours.stream().anyMatch(target::startsWith)) {
                        open.add(target.toString());
                    }
                } catch (IOException e) {
                    // closed meanwhile
                }
            }
        }
        return open;
    }

    private static String jcmd(long pid, String command) throws Exception {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(pid),
                        command)
                .redirectErrorStream(true)
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, jcmd.waitFor(), output);
        return output;
    }

    /** A Tomcat that looks for another WAR every second instead of every ten, and has no second deployment. */
    private static final class LookingEverySecond extends Variant {

        private Path folder;

        LookingEverySecond() {
            super(TomcatServer.tomcat());
        }

        @Override
        public void prepare(Instance instance) throws IOException, InterruptedException {
            super.prepare(instance);
            folder = instance.folder();
            Path xml = folder.resolve("conf/server.xml");
            Files.writeString(
                    xml,
                    Files.readString(xml).replace("<Engine name=", "<Engine backgroundProcessorDelay=\"1\" name="));
        }
    }
}
