package chat.parley.verify;

import chat.parley.protocol.ServerMessage;

/** A message of a room's log, as somebody saw it: on the wire, or in a database. */
public record Event(String room, long seq, String id, String sender, String content) {

    static Event of(ServerMessage.Message message) {
        return new Event(message.room(), message.seq(), message.id(), message.sender(), message.content());
    }

    /** With the content cut short, for people. */
    @Override
    public String toString() {
        String shown = content.length() > 120 ? content.substring(0, 120) + "..." : content;
        return seq + " = " + id + " by " + sender + " \"" + shown.replace("\n", "\\n") + "\"";
    }
}
