package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many connections in one room, and one connection in many. */
@Timeout(180)
class CrowdIT {

    @Test
    void aThousandConnectionsInOneRoomSeeTheSameMessagesInTheSameOrder() {
        int messages = 15;
        try (TestServer server = TestServer.with()) {
            List<ChatClient> members = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                ChatClient member = server.connect("member", Subprotocol.values()[i % 3]);
                member.send(Wire.request("join", "hall").build().toString());
                members.add(member);
            }
            members.forEach(member -> member.seen().await(Wire.type("history")));
            List<ChatClient> senders = List.of(members.get(0), members.get(250), members.get(501), members.get(998));

            for (int i = 0; i < messages; i++) {
                for (ChatClient sender : senders) {
                    sender.send(Wire.message("hall", sender.name() + "-" + i, "message " + i));
                }
            }

            int all = messages * senders.size();
            List<String> expected = said(members.get(1), all);
            assertEquals(all, expected.stream().distinct().count());
            for (ChatClient sender : senders) {
                List<String> own = expected.stream()
                        .filter(message -> message.contains(" " + sender.name() + "-"))
                        .toList();
                assertEquals(messages, own.size());
                assertTrue(own.get(messages - 1).endsWith("-" + (messages - 1)), "in the order they were sent: " + own);
            }
            for (ChatClient member : members) {
                assertEquals(expected, said(member, all), member::name);
                Transcript.ofRoom("hall", member.seen().all()).check();
            }
            assertEquals(1_000, members.get(7).members("hall").getInt("count"));
            assertEquals(1_000, server.parley().connections().size());
        }
    }

    @Test
    void oneConnectionInAHundredBusyRoomsStarvesInNone() {
        int rooms = 100;
        int messagesARoom = 100;
        int total = rooms * messagesARoom;
        try (TestServer server = TestServer.with("parley.limits.reply-bytes", "16MB")) {
            ChatClient reader = server.connect("reader", Subprotocol.SINGLE);
            ChatClient writer = server.connect("writer", Subprotocol.BATCH);
            for (int room = 0; room < rooms; room++) {
                reader.join("busy-" + room);
                writer.join("busy-" + room);
            }

            for (int i = 0; i < total; i++) {
                writer.send(Wire.message("busy-" + i % rooms, "m" + i, "x"));
                if (i % 500 == 499) {
                    reader.seen().await(Math.max(0, i - 1_000), Wire.type("message"));
                }
            }

            List<JsonObject> messages = reader.seen().await(total, Wire.type("message"));
            Map<String, Integer> byHalfTime = new HashMap<>();
            messages.subList(0, total / 2)
                    .forEach(message -> byHalfTime.merge(message.getString("room"), 1, Integer::sum));
            assertEquals(rooms, byHalfTime.size(), "every room was heard of");
            byHalfTime.forEach((room, count) ->
                    assertTrue(count >= messagesARoom / 8, () -> room + " had " + count + ", others " + byHalfTime));
            for (int room = 0; room < rooms; room++) {
                Transcript transcript =
                        Transcript.ofRoom("busy-" + room, reader.seen().all()).check();
                assertEquals(messagesARoom, transcript.position());
                assertEquals(List.of(), transcript.gaps());
            }
        }
    }

    private static List<String> said(ChatClient member, int count) {
        return member.seen().await(count, Wire.type("message")).stream()
                .map(message -> Wire.seq(message) + " " + message.getString("id"))
                .toList();
    }
}
