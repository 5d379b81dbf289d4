package chat.parley.conformance;

/**
 * What is known to be otherwise in a target.
 *
 * @param reason why, as a sentence for people
 * @param shows what the failure of the check has in it then: any other failure is none that is known
 */
public record Difference(String reason, String shows) {

    boolean explains(Throwable failure) {
        return failure.toString().contains(shows);
    }
}
