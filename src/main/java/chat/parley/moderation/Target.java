package chat.parley.moderation;

import chat.parley.config.Network;
import chat.parley.identity.Identity;

/** Whom an act is about. */
public sealed interface Target {

    /** As people read it, and as it is asked for. */
    String name();

    /**
     * A user, by key: whoever comes under another name is not meant, a guest's name aside.
     *
     * @param name in canonical form, as it was when the act was done
     */
    record User(String key, String name, boolean guest) implements Target {
        /** Somebody. */
        static User of(Identity identity) {
            return new User(identity.key(), identity.name().value(), identity.guest());
        }
    }

    /** Everybody who comes from one address, or from a range of them. */
    record Addresses(Network network) implements Target {
        @Override
        public String name() {
            return network.shortest();
        }
    }
}
