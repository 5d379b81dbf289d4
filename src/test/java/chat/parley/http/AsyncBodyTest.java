package chat.parley.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A client that does not read costs no thread: what cannot be written now is written when the container asks for it. */
class AsyncBodyTest {

    /** As a container's: whoever writes while it is not ready breaks its rules. */
    private final class Out extends ServletOutputStream {

        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private @Nullable WriteListener listener;
        private boolean isReady;
        private boolean takesMore = true;
        private boolean asksAtOnce;

        @Override
        public boolean isReady() {
            return isReady;
        }

        @Override
        public void setWriteListener(WriteListener writeListener) {
            listener = writeListener;
            if (asksAtOnce) {
                askWithin();
            }
        }

        private void askWithin() {
            try {
                ask();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            assertEquals(0, completed.get(), "over before the container is done with it");
        }

        @Override
        public void write(int one) {
            throw new AssertionError("one byte at a time");
        }

        @Override
        public void write(byte[] bytes) {
            if (!isReady) {
                throw new AssertionError("this would block");
            }
            taken.writeBytes(bytes);
            isReady = takesMore;
        }

        void ask() throws IOException {
            isReady = true;
            Objects.requireNonNull(listener).onWritePossible();
        }
    }

    private final AtomicInteger completed = new AtomicInteger();
    private final Out out = new Out();

    @Test
    void nothingIsWrittenByWhoeverHasTheAnswer() throws Exception {
        send("answer");

        assertEquals("", out.taken.toString(US_ASCII));
        assertEquals(0, completed.get());

        out.ask();

        assertEquals("answer", out.taken.toString(US_ASCII));
        assertEquals(1, completed.get());
    }

    @Test
    void theRequestEndsOnlyWhenTheClientHasTakenAll() throws Exception {
        out.takesMore = false;
        send("answer");
        out.ask();

        assertEquals("answer", out.taken.toString(US_ASCII));
        assertEquals(0, completed.get());

        out.ask();

        assertEquals("answer", out.taken.toString(US_ASCII), "once");
        assertEquals(1, completed.get());
    }

    @Test
    void aContainerThatAsksAtOnceIsDoneWithItFirst() throws Exception {
        out.asksAtOnce = true;
        send("answer");

        assertEquals("answer", out.taken.toString(US_ASCII));
        assertEquals(1, completed.get());
    }

    @Test
    void aContainerThatAsksAtOnceMayHaveToAskAgain() throws Exception {
        out.asksAtOnce = true;
        out.takesMore = false;
        send("answer");

        assertEquals(0, completed.get());

        out.ask();

        assertEquals(1, completed.get());
    }

    @Test
    void anAnswerWithoutABodyEndsTheRequest() throws Exception {
        send("");
        out.ask();

        assertEquals(1, completed.get());
    }

    @Test
    void aClientThatIsGoneEndsTheRequest() throws Exception {
        send("answer");

        Objects.requireNonNull(out.listener).onError(new IOException("gone"));

        assertEquals(1, completed.get());
    }

    private void send(String body) throws IOException {
        AsyncContext context = fake(AsyncContext.class, "complete", completed::incrementAndGet);
        HttpServletResponse response = fake(HttpServletResponse.class, "getOutputStream", () -> out);
        AsyncBody.send(context, response, body.getBytes(US_ASCII));
    }

    private interface Answer {
        Object give();
    }

    private static <T> T fake(Class<T> type, String known, Answer answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (!method.getName().equals(known)) {
                        throw new AssertionError(method);
                    }
                    Object given = answer.give();
                    return method.getReturnType() == void.class ? null : given;
                }));
    }
}
