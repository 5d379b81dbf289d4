package chat.parley.identity;

import org.jspecify.annotations.Nullable;

/** The answer to somebody who wants to come in. */
public sealed interface Entry {

    /**
     * Come in.
     *
     * @param secret what a guest comes back by, for the client and nobody else; null for all others
     */
    record Entered(Pass pass, @Nullable String secret) implements Entry {
        /** Without the secret, for logs. */
        @Override
        public String toString() {
            return "Entered[" + pass + "]";
        }
    }

    /**
     * What was brought opens nothing here.
     *
     * @param why a sentence for people
     */
    record NotSignedIn(String why) implements Entry {}

    /** Somebody else has this name, or one that looks like it. */
    record NameTaken() implements Entry {}

    /** The name is theirs, but the guest who had it has not gone yet: it is a matter of moments. */
    record NameLeaving() implements Entry {}

    /**
     * It cannot be said yet whether what was brought opens something; in moments it can.
     *
     * @param why a sentence for people
     */
    record TryLater(String why) implements Entry {}

    /** This address has as many guest names as it may have. */
    record TooManyNames() implements Entry {}

    /**
     * Nobody can have this name.
     *
     * @param why a sentence for people
     */
    record BadName(String why) implements Entry {}
}
