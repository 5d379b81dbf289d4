package chat.parley.it;

import com.microsoft.playwright.WebSocketRoute;
import jakarta.json.JsonObject;
import java.util.function.BooleanSupplier;

/** A server that refuses for good every message that begins with "refuse", while it is asked to. */
final class Refusing {

    private Refusing() {}

    static void route(WebSocketRoute socket, BooleanSupplier isRefusing) {
        WebSocketRoute server = socket.connectToServer();
        socket.onMessage(frame -> {
            JsonObject request = Wire.objects(frame.text()).get(0);
            if (isRefusing.getAsBoolean() && request.getString("content", "").startsWith("refuse")) {
                socket.send("[" + refusal(request) + "]");
            } else {
                server.send(frame.text());
            }
        });
    }

    private static JsonObject refusal(JsonObject request) {
        return Wire.request("error", request.getString("room"))
                .add("id", request.getString("id"))
                .add("code", "forbidden")
                .add("content", "no")
                .build();
    }
}
