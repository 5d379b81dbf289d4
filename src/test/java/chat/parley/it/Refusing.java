package chat.parley.it;

import com.microsoft.playwright.WebSocketRoute;
import jakarta.json.JsonObject;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A server that refuses for good what the real one would not. */
final class Refusing {

    private Refusing() {}

    /** Every message that begins with "refuse", while it is asked to. */
    static void messages(WebSocketRoute socket, BooleanSupplier isRefusing) {
        refuse(
                socket,
                "forbidden",
                request -> isRefusing.getAsBoolean()
                        && request.getString("content", "").startsWith("refuse"));
    }

    /** Every join, as when one is in too many rooms. */
    static void joins(WebSocketRoute socket) {
        refuse(socket, "too_many_rooms", Wire.type("join"));
    }

    private static void refuse(WebSocketRoute socket, String code, Predicate<JsonObject> refused) {
        WebSocketRoute server = socket.connectToServer();
        socket.onMessage(frame -> {
            JsonObject request = Wire.objects(frame.text()).get(0);
            if (refused.test(request)) {
                socket.send(Wire.request("error", request.getString("room"))
                        .add("id", request.getString("id"))
                        .add("code", code)
                        .add("content", "no")
                        .build()
                        .toString());
            } else {
                server.send(frame.text());
            }
        });
    }
}
