package chat.parley.identity;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A key set at an address. A fetch is bounded in time and in size, and follows no redirects: what stands in the settings is
 * asked, and nobody else.
 */
final class KeyUrl implements KeySource {

    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final HttpClient client;
    private final URI address;
    private final Duration most;

    /**
     * An address that is fetched by these threads.
     *
     * @param most how long a fetch may take, the body included
     */
    KeyUrl(URI address, Duration most, Executor threads) {
        this.address = address;
        this.most = most;
        this.client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build();
    }

    @Override
    public CompletionStage<String> fetch() {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(most)
                .header("Accept", "application/jwk-set+json, application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, head -> new BoundedBody(ExternalKeys.MAX_BYTES));
        // The request's own timeout ends when the headers are there.
        return exchange.copy()
                .orTimeout(most.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((response, failure) -> exchange.cancel(true))
                .thenCompose(KeyUrl::text);
    }

    private static CompletionStage<String> text(HttpResponse<byte[]> response) {
        return response.statusCode() == 200
                ? CompletableFuture.completedFuture(new String(response.body(), StandardCharsets.UTF_8))
                : CompletableFuture.failedFuture(new IOException("the answer is HTTP " + response.statusCode()));
    }
}
