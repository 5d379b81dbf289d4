package chat.parley.store;

import chat.parley.protocol.RoomName;
import java.util.Set;

/**
 * What one bite of the work on deleted accounts did.
 *
 * @param rooms where what was said reads otherwise now
 * @param done whether nobody is left whose rooms have to be looked at
 */
public record Retouched(Set<RoomName> rooms, boolean done) {

    /** Nobody left. */
    static final Retouched NOTHING = new Retouched(Set.of(), true);
}
