package chat.parley.conformance;

import java.util.regex.Pattern;

/**
 * What is known to be otherwise in a target.
 *
 * @param reason why, as a sentence for people
 * @param shows a regular expression for what the failure of the check has in it then: any other failure is none that is known
 */
public record Difference(String reason, String shows) {

    boolean explains(Throwable failure) {
        return Pattern.compile(shows).matcher(failure.toString()).find();
    }
}
