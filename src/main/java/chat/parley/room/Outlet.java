package chat.parley.room;

import chat.parley.protocol.CloseCode;
import chat.parley.protocol.Form;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of one connection: one send in flight; answers first, then the rooms it is in, round robin, one
 * room a send.
 *
 * <p>Promises: a connection that is slow only falls behind, nothing waits for it here but its answers, and those are
 * bounded in bytes; a failure or an exceeded bound is told to the owner. Everything but the methods marked so belongs
 * to the delivery thread. The owner closes it.
 *
 * <p>It is one class because its parts share one state: what is under way decides what may be sent, and what is left of
 * either decides whether it has to be scheduled again.
 */
public final class Outlet extends Work implements Sender.Completion {

    /** What a connection may have under way or waiting of pages at once (protocol, section 4: {@code busy}). */
    private static final int MAX_PAGES = 4;

    /** How many sends in a row before others of the same delivery thread get their turn. */
    private static final int SENDS_A_TURN = 4;

    /**
     * A ping may wait for a thread that is free to wait for the peer: so much longer than other sends it may take.
     */
    private static final long PING_NANOS = Duration.ofSeconds(30).toNanos();

    /** Hears what ends the connection. Called on any thread; must not block. */
    public interface Owner {
        /** The connection has to be closed with a code; perhaps said more than once. */
        void failed(CloseCode code, String why);

        /** The transport failed; perhaps said more than once. */
        void broken(Throwable cause);
    }

    private final DeliveryThread thread;
    private final Sender sender;
    private final Form form;
    private final Owner owner;
    private final int maxReplyBytes;
    private final SendSlot slot = new SendSlot();
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final AtomicInteger replyBytes = new AtomicInteger();
    private final AtomicInteger pages = new AtomicInteger();
    private final List<Membership> live = new ArrayList<>(1);
    private int turn;
    private volatile boolean pingWanted;
    private volatile boolean flushing;
    private volatile boolean closed;

    /** {@code System.nanoTime()} when what is under way was started; 0 while nothing is. */
    private volatile long startedAt;

    Outlet(DeliveryThread thread, Sender sender, Form form, Owner owner, int maxReplyBytes) {
        this.thread = thread;
        this.sender = sender;
        this.form = form;
        this.owner = owner;
        this.maxReplyBytes = maxReplyBytes;
    }

    /** The form that was negotiated. Any thread. */
    public Form form() {
        return form;
    }

    /**
     * Takes the next place in the order of answers; the caller fills it. Any thread, in the order of the requests.
     */
    public Answer answer() {
        Answer answer = new Answer(this);
        add(answer);
        return answer;
    }

    /** Answers with an encoded object. Any thread, in the order of the requests. */
    public void answer(byte[] object) {
        answer().fill(object);
    }

    /**
     * Answers with a page that is read when it can be sent; false when too many wait already. Any thread, in the
     * order of the requests.
     */
    boolean answerPage(Supplier<CompletionStage<byte[]>> read) {
        if (pages.incrementAndGet() > MAX_PAGES) {
            pages.decrementAndGet();
            return false;
        }
        add(new PageReply(this, read));
        return true;
    }

    void add(Reply reply) {
        replies.add(reply);
        charge(Reply.PLACE_BYTES);
        wake();
    }

    /** Sends a WebSocket ping as soon as nothing is under way. Any thread. */
    public void ping() {
        pingWanted = true;
        wake();
    }

    /** {@code System.nanoTime()} when the send under way began; 0 when there is none. Any thread. */
    public long sendingSince() {
        return startedAt;
    }

    /** Whether all answers are in the sender's hands: for tests, which must not schedule anything. Any thread. */
    boolean isDrained() {
        return closed || (replies.isEmpty() && slot.isIdle());
    }

    /** Has the delivery thread find out when nothing is left to send; {@link #isFlushed} tells. Any thread. */
    public void flush() {
        flushing = true;
        wake();
    }

    /**
     * Whether everything there was at the last {@link #flush} is in the sender's hands: answers, and what its rooms
     * have. Any thread.
     */
    public boolean isFlushed() {
        return closed || !flushing;
    }

    /** Ends it: nothing more is sent, and its memberships get no more events. Any thread. */
    public void close() {
        closed = true;
        wake();
    }

    void releasePage() {
        pages.decrementAndGet();
    }

    /** Says that an answer is known now and how many bytes it has. Any thread. */
    void filled(int bytes) {
        charge(bytes);
        wake();
    }

    void wake() {
        thread.schedule(this);
    }

    DeliveryThread thread() {
        return thread;
    }

    // ---- on the delivery thread

    /** From now on the membership gets what is behind its cursor. */
    void goLive(Membership membership) {
        assert thread.isCurrent();
        if (closed || membership.hasLeft()) {
            return;
        }
        live.add(membership);
        membership.room().share(thread).add(membership);
    }

    /** The membership gets nothing more. */
    void forget(Membership membership) {
        assert thread.isCurrent();
        if (live.remove(membership)) {
            membership.room().share(thread).remove(membership);
        }
    }

    /** Gives one membership what it lacks, if nothing is under way; else that is seen to later. */
    void deliver(Membership membership) {
        assert thread.isCurrent();
        try {
            tryDeliver(membership);
        } catch (RuntimeException e) {
            owner.broken(e);
        }
    }

    private void tryDeliver(Membership membership) {
        if (closed) {
            wake();
            return;
        }
        // Whoever has more to send than this room's events takes its whole turn now, answers first: it would else wait
        // for the rest of the walk, and a room that never rests would take every turn from its other rooms.
        if (pingWanted || !replies.isEmpty() || isWaiting()) {
            takeTurn();
            return;
        }
        if (membership.hasLeft() || !slot.acquire()) {
            return;
        }
        Parcel parcel = membership.next(thread.parcels());
        if (parcel == null) {
            slot.release();
        } else {
            start(parcel);
            if (membership.isBehind()) {
                wake();
            }
        }
    }

    @Override
    void run() {
        if (closed) {
            retire();
            return;
        }
        try {
            takeTurn();
        } catch (RuntimeException e) {
            owner.broken(e);
        }
    }

    private void takeTurn() {
        for (int i = 0; i < SENDS_A_TURN; i++) {
            if (!slot.acquire()) {
                return;
            }
            boolean asked = flushing; // before the heads are looked at
            if (pingWanted) {
                pingWanted = false;
                startedAt = (System.nanoTime() + PING_NANOS) | 1;
                sender.ping(this);
                continue;
            }
            Parcel parcel = next();
            if (parcel == null) {
                slot.release();
                if (asked && replies.isEmpty()) {
                    flushing = false;
                }
                return;
            }
            start(parcel);
        }
        wake();
    }

    private void start(Parcel parcel) {
        startedAt = System.nanoTime() | 1; // never 0
        sender.send(parcel, this);
    }

    private @Nullable Parcel next() {
        Parcel answers = nextAnswers();
        if (answers != null) {
            return answers;
        }
        for (int i = 0; i < live.size(); i++) {
            turn = turn + 1 < live.size() ? turn + 1 : 0;
            Membership membership = live.get(turn);
            Parcel parcel = membership.hasLeft() ? null : membership.next(thread.parcels());
            if (parcel != null) {
                return parcel;
            }
        }
        return null;
    }

    private @Nullable Parcel nextAnswers() {
        if (replies.isEmpty()) {
            return null;
        }
        ParcelBuilder builder = new ParcelBuilder(form);
        for (Reply reply = replies.peek(); reply != null && reply.give(builder); reply = replies.peek()) {
            finish(reply);
        }
        return builder.isEmpty() ? null : builder.build();
    }

    private void finish(Reply reply) {
        replies.remove();
        replyBytes.addAndGet(-reply.chargedBytes());
        reply.closed();
    }

    private void retire() {
        for (Membership membership : live) {
            membership.room().share(thread).remove(membership);
        }
        live.clear();
        for (Reply reply = replies.peek(); reply != null; reply = replies.peek()) {
            finish(reply);
        }
    }

    // ---- on any thread

    @Override
    public void sent() {
        startedAt = 0;
        if (slot.complete()) {
            wake();
        }
    }

    /** The slot stays taken: nothing more can be sent. */
    @Override
    public void failed(Throwable cause) {
        startedAt = 0;
        owner.broken(cause);
    }

    private void charge(int bytes) {
        int held = replyBytes.addAndGet(bytes);
        if (maxReplyBytes > 0 && held > maxReplyBytes) {
            owner.failed(CloseCode.TOO_SLOW, "the answers that wait exceed " + maxReplyBytes + " bytes");
        }
    }
}
