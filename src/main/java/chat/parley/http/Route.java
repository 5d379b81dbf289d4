package chat.parley.http;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What is done for one method of one path.
 *
 * @param body the record its JSON becomes; null when it has none
 */
record Route<T extends Record>(
        String method, String path, @Nullable Class<T> body, Action<T> action) {

    /** Does it; must not block. The stage fails with an {@link chat.parley.identity.AccountException}, or breaks. */
    interface Action<T> {
        CompletionStage<Reply> act(ApiRequest<T> request);
    }

    /** The body of a request that has nothing to say. */
    record Nothing() {}
}
