package chat.parley.verify;

import chat.parley.protocol.ServerFrameDecoder;
import chat.parley.protocol.ServerMessage;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the whole log of a room through one server, page by page, as fast as the server lets a client. One thread. */
final class LogReader {

    private static final int TICK_MILLIS = 20;
    private static final int RETRY_MILLIS = 200;

    private final URI url;
    private final Pass pass;
    private final boolean insecure;
    private final long patienceNanos;
    private final LongConsumer progress;
    private final ServerFrameDecoder decoder = new ServerFrameDecoder();
    private final Deque<ServerMessage> told = new ArrayDeque<>();
    private long heardAt = System.nanoTime();

    /** Up to where it is read, as the first answer to a join said; -1 before that. */
    private long head = -1;

    /** Which log that was. */
    private String epoch = "";

    /** Whether the server answered last with nothing where its log should go on. */
    private boolean hasEnded;

    /**
     * @param patienceNanos when nothing comes for so long, it gives up
     * @param progress hears how many more events were read
     */
    LogReader(URI url, Pass pass, boolean insecure, long patienceNanos, LongConsumer progress) {
        this.url = url;
        this.pass = pass;
        this.insecure = insecure;
        this.patienceNanos = patienceNanos;
        this.progress = progress;
    }

    /** Null when it was read to its end; else why not. */
    @Nullable String read(Book book) throws InterruptedException {
        Book.Copy copy = book.copy(new Witness(-1, Plan.name(url)));
        String failure = "no answer";
        while (System.nanoTime() - heardAt < patienceNanos) {
            try (Line line = Line.open(url, pass, insecure, true)) {
                read(line, book, copy);
                copy.end(head);
                return null;
            } catch (Line.ClosedException e) {
                failure = String.valueOf(e.getMessage());
                pass.rename();
            } catch (IOException e) {
                failure = String.valueOf(e.getMessage());
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
        if (hasEnded) {
            copy.end(head); // that is all there is
            return null;
        }
        return failure;
    }

    private void read(Line line, Book book, Book.Copy copy) throws IOException, InterruptedException {
        told.clear();
        ServerMessage.Welcome welcome = await(line, ServerMessage.Welcome.class);
        pass.welcomed(welcome.sender(), welcome.session());
        Allowance allowance = new Allowance(welcome.limits());
        allowance.force(1);
        // From what was told of last: a server that has not heard of it yet looks before it answers (protocol, section
        // 5).
        String id = UUID.randomUUID().toString();
        String known = book.epoch();
        line.send(
                known == null || book.head() == 0
                        ? Wire.join(book.room(), id, 0)
                        : Wire.resume(book.room(), id, book.head(), known));
        ServerMessage.Ack ack = await(line, ServerMessage.Ack.class);
        if (ack.head() == null || ack.epoch() == null) {
            throw new IOException("an answer to a join without a head");
        }
        if (!Boolean.TRUE.equals(ack.recovered())) {
            await(line, ServerMessage.History.class);
        }
        if (head < 0) {
            head = ack.head();
            epoch = ack.epoch();
            copy.begin(epoch, ack.first() == null ? 1 : ack.first());
        } else if (!epoch.equals(ack.epoch())) {
            book.entered(new Witness(-1, Plan.name(url)), ack.epoch());
            throw new IOException("the log was replaced by another while it was read");
        }
        while (copy.last() < head) {
            while (!allowance.take(Allowance.PAGE)) {
                TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
            }
            line.send(Wire.history(book.room(), UUID.randomUUID().toString(), copy.last()));
            page(await(line, ServerMessage.History.class), copy);
        }
        line.leave();
    }

    private void page(ServerMessage.History page, Book.Copy copy) throws IOException {
        long last = copy.last();
        for (ServerMessage each : page.messages()) {
            if (each instanceof ServerMessage.Message message && message.seq() <= head) {
                copy.next(Event.of(message));
            }
        }
        if (copy.last() == last) {
            hasEnded = true;
            throw new IOException("the page after " + last + " is empty");
        }
        hasEnded = false;
        heardAt = System.nanoTime();
        progress.accept(copy.last() - last);
    }

    private <T extends ServerMessage> T await(Line line, Class<T> type) throws IOException {
        while (System.nanoTime() - heardAt < patienceNanos) {
            for (ServerMessage message = told.poll(); message != null; message = told.poll()) {
                if (type.isInstance(message)) {
                    return type.cast(message);
                }
                if (message instanceof ServerMessage.Error error) {
                    throw new IOException("the log cannot be read: " + error.code());
                }
            }
            String frame = line.read(TICK_MILLIS);
            if (frame != null) {
                told.addAll(decoder.decode(frame).messages());
            }
        }
        throw new IOException("no answer");
    }
}
