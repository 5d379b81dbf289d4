package chat.parley.identity;

import chat.parley.protocol.UserName;

/** The answer to somebody who comes without an account. */
public sealed interface GuestAdmission {

    /**
     * Come in.
     *
     * @param session the secret that makes whoever brings it this person; it goes to the client and nowhere else
     */
    record Admitted(Identity identity, String session) implements GuestAdmission {
        /** Without the secret, for logs. */
        @Override
        public String toString() {
            return "Admitted[" + identity + "]";
        }
    }

    /** Somebody else has this name, or one that looks like it. */
    record NameTaken(UserName name) implements GuestAdmission {}

    /** This address has as many names as it may have; somebody who has one of them can come back by their secret. */
    record TooManyNames() implements GuestAdmission {}

    /**
     * Nobody can have this name.
     *
     * @param why a sentence for people
     */
    record BadName(String why) implements GuestAdmission {}
}
