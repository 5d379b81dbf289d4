package chat.parley.identity;

import java.util.concurrent.CompletionStage;

/** Where the key set of another user system is. Any thread may ask; nothing here waits. */
interface KeySource {

    /**
     * Reads the set anew, as text. It completes, well or not, within a bounded time, on a thread that may be made to
     * wait for nothing; what it fails with says why, for people.
     */
    CompletionStage<String> fetch();
}
