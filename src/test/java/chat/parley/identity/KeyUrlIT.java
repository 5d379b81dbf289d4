package chat.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fetching a key set over a real network from hosts that do all that a host should not. */
class KeyUrlIT {

    private interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final ExecutorService serving = Executors.newCachedThreadPool();
    private volatile Answer answer = exchange -> {};
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(serving);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            try {
                answer.to(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                exchange.close();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        serving.shutdownNow();
        threads.shutdownNow();
    }

    @Test
    void aSetIsFetched() throws Exception {
        answer = exchange -> send(exchange, 200, "{\"keys\":[]} \u00e9");

        assertEquals("{\"keys\":[]} \u00e9", fetch(Duration.ofSeconds(30)));
    }

    @Test
    void aRedirectIsNotFollowed() {
        answer = exchange -> {
            exchange.getResponseHeaders()
                    .set("Location", uri().resolve("/elsewhere").toString());
            exchange.sendResponseHeaders(302, -1);
        };

        assertTrue(failure(Duration.ofSeconds(30)).getMessage().contains("HTTP 302"));
        assertEquals(1, requests.get());
    }

    @Test
    void anErrorIsNoSet() {
        answer = exchange -> send(exchange, 500, "{\"keys\":[]}");

        assertTrue(failure(Duration.ofSeconds(30)).getMessage().contains("HTTP 500"));
    }

    @Test
    void aBodyThatIsTooLargeIsBrokenOff() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] some = new byte[64 * 1024];
            try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < 100_000 && over.getCount() > 0; i++) {
                    body.write(some); // 6 GB, unless nobody listens any more
                }
            }
        };

        assertTrue(failure(Duration.ofSeconds(30)).getMessage().contains("more than " + ExternalKeys.MAX_BYTES));
    }

    @Test
    void aSlowAnswerAndASlowBodyAreGivenUp() {
        answer = exchange -> over.await();
        assertTimesOut(failure(Duration.ofMillis(300)));

        answer = exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            over.await();
        };
        assertTimesOut(failure(Duration.ofMillis(300)));
    }

    @Test
    void aHostThatIsDownOrNobodysIsSaid() {
        URI there = uri();
        server.stop(0);

        assertTrue(failure(there, Duration.ofSeconds(30)) instanceof IOException);
        assertTrue(failure(URI.create("http://nobody.invalid/keys"), Duration.ofSeconds(30)) instanceof IOException);
    }

    private String fetch(Duration most) throws Exception {
        return new KeyUrl(uri(), most, threads).fetch().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private Throwable failure(Duration most) {
        return failure(uri(), most);
    }

    private Throwable failure(URI address, Duration most) {
        KeyUrl url = new KeyUrl(address, most, threads);
        return assertThrows(
                        ExecutionException.class,
                        () -> url.fetch().toCompletableFuture().get(60, TimeUnit.SECONDS))
                .getCause();
    }

    private static void assertTimesOut(Throwable failure) {
        assertTrue(failure instanceof TimeoutException || failure instanceof HttpTimeoutException, failure.toString());
    }

    private URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/keys");
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
