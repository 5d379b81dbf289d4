package chat.parley.protocol;

import java.util.List;

/**
 * What one frame of the server says, in whichever {@link Form}: one message, or the messages of an array in their
 * order.
 *
 * @param messages never changes; those that were not understood are {@link ServerMessage.Unknown}
 */
public record ServerFrame(List<ServerMessage> messages) {
    /** Copies the list. */
    public ServerFrame {
        messages = List.copyOf(messages);
    }
}
