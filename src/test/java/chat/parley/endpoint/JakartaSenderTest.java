package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.room.Parcels;
import chat.parley.room.Sender;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What containers do that Jetty does not: complete before the call returns, throw, answer twice. */
class JakartaSenderTest {

    private final List<String> texts = new ArrayList<>();
    private final List<SendHandler> handlers = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final Sender.Completion completion = new Sender.Completion() {
        @Override
        public void sent() {
            ended.add("sent");
        }

        @Override
        public void failed(Throwable cause) {
            ended.add("failed " + cause.getMessage());
        }
    };

    @Test
    void oneTextIsOutstandingAtATime() {
        Sender sender = sender((text, handler) -> {});

        sender.send(Parcels.of("a", "b", "c"), completion);
        assertEquals(List.of("a"), texts);
        complete(0);
        assertEquals(List.of("a", "b"), texts);
        complete(1);
        complete(2);

        assertEquals(List.of("a", "b", "c"), texts);
        assertEquals(List.of("sent"), ended);
    }

    @Test
    void completionsBeforeTheCallReturnsNeedNoStack() {
        Sender sender = sender((text, handler) -> handler.onResult(new SendResult()));
        String[] many = IntStream.range(0, 100_000).mapToObj(String::valueOf).toArray(String[]::new);

        sender.send(Parcels.of(many), completion);

        assertEquals(List.of(many), texts);
        assertEquals(List.of("sent"), ended);
    }

    @Test
    void afterAFailureTheRestIsNotSent() {
        Sender sender = sender((text, handler) -> {
            if (text.equals("b")) {
                handler.onResult(new SendResult(new IOException("stalled")));
            } else {
                handler.onResult(new SendResult());
            }
        });

        sender.send(Parcels.of("a", "b", "c"), completion);

        assertEquals(List.of("a", "b"), texts);
        assertEquals(List.of("failed stalled"), ended);
    }

    @Test
    void aContainerThatThrowsFailsTheSend() {
        Sender sender = sender((text, handler) -> {
            throw new IllegalStateException("a send is pending");
        });

        sender.send(Parcels.of("a", "b"), completion);

        assertEquals(List.of("failed a send is pending"), ended);
    }

    @Test
    void aContainerThatAnswersAndThrowsIsHeardOnce() {
        Sender sender = sender((text, handler) -> {
            handler.onResult(new SendResult(new IOException("stalled")));
            throw new IllegalStateException("and more");
        });

        sender.send(Parcels.of("a", "b"), completion);

        assertEquals(List.of("failed stalled"), ended);
    }

    @Test
    void anAnswerAfterTheFailureIsNotHeard() {
        Sender sender = sender((text, handler) -> {});

        sender.send(Parcels.of("a", "b"), completion);
        handlers.get(0).onResult(new SendResult(new IOException("stalled")));
        complete(0);
        handlers.get(0).onResult(new SendResult(new IOException("closed")));

        assertEquals(List.of("a"), texts);
        assertEquals(List.of("failed stalled"), ended);
    }

    @Test
    void theContainerIsToldTheTimeout() {
        Sender sender = sender((text, handler) -> {});

        sender.send(Parcels.of("a"), completion);

        assertTrue(timeouts.contains(1_234L), timeouts::toString);
    }

    // ---- a container of our own

    private final List<Long> timeouts = new ArrayList<>();

    private void complete(int index) {
        handlers.get(index).onResult(new SendResult());
    }

    /** A sender on a container that does with each text what the test says. */
    private Sender sender(BiConsumer<String, SendHandler> container) {
        RemoteEndpoint.Async remote = proxy(RemoteEndpoint.Async.class, (name, arguments) -> {
            if (name.equals("setSendTimeout")) {
                timeouts.add((Long) arguments[0]);
            } else if (name.equals("sendText")) {
                texts.add((String) arguments[0]);
                handlers.add((SendHandler) arguments[1]);
                container.accept((String) arguments[0], (SendHandler) arguments[1]);
            }
            return null;
        });
        Map<String, Object> properties = new HashMap<>();
        Session session = proxy(Session.class, (name, arguments) -> switch (name) {
            case "getAsyncRemote" -> remote;
            case "getUserProperties" -> properties;
            default -> null;
        });
        return new JakartaSender(session, Duration.ofMillis(1_234), Runnable::run, Runnable::run);
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName(), arguments)));
    }
}
