package chat.parley.relay;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * What users take on all servers over one log together. It is a help, not a rule: without
 * the others everything is open that this server's own limits allow. Nothing
 * here waits, and no stage fails; any thread may call.
 */
public interface Ledger {

    /** So long after a server died what it said counts no more. */
    Duration FORGETS = Duration.ofSeconds(6);

    /** Whether there is nobody to tell, now and later: then nothing need be counted for the others. */
    boolean isAlone();

    /**
     * Says how many connections a user has on this server now.
     *
     * @param user the key of an identity
     * @return how many on all servers that live
     */
    CompletionStage<Integer> connections(String user, int here);

    /**
     * Says that a user took so many tokens of a kind on this server.
     *
     * @param what the kind of limit, a word
     * @param user the key of an identity
     * @param ago since when they took them
     * @param token after how long one token comes back
     * @param most how many can be owed at most
     * @return how many tokens the user owes on all servers together, rounded down: what was taken and has not come back yet;
     *     0 when that is not known
     */
    CompletionStage<Long> spent(String what, String user, long tokens, Duration ago, Duration token, long most);
}
