package chat.parley.load;

import chat.parley.load.Member.State;
import chat.parley.load.Timetable.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One selector thread with its share of the members: it connects them, reads, sends what is due, and closes them.
 * Nothing in it waits but the selector. {@link #joined()}, {@link #failure()} and {@link #isSettled()} are for other
 * threads; the {@link #tally()} is, once the thread has ended.
 */
final class Loop implements Runnable {
    private static final int NORMAL = 1000;
    private static final int PROTOCOL_ERROR = 1002;

    private static final long CLOSING_NANOS = 2_000_000_000L;

    private final Options options;
    private final Timetable timetable;
    private final Rooms rooms;
    private final Dialer dialer;
    private final Pace pace;
    private final Inbox inbox;
    private final FrameWriter writer;
    private final Receiver receiver;
    private final Outbox outbox;
    private final Tally tally = new Tally();
    private final Consumer<SelectionKey> ready = this::ready;
    private final List<Member> members = new ArrayList<>();
    private final Selector selector;
    private Stage stage = Stage.CONNECTING;
    private int live;
    private long closingSince;
    private volatile int joined;
    private volatile boolean settled;
    private volatile String failure; // null: none

    Loop(Options options, int run, Timetable timetable, Rooms rooms, InetSocketAddress server, int thread)
            throws IOException {
        SplittableRandom random = new SplittableRandom();
        int threads = options.threads();
        this.options = options;
        this.timetable = timetable;
        this.rooms = rooms;
        this.dialer = new Dialer(options, run, server, thread, random);
        this.pace = options.rate() > 0
                ? new OpenPace(timetable, options.rate(), thread, threads)
                : new ClosedPace(timetable, (options.window() + threads - 1 - thread) / threads);
        this.inbox = new Inbox(options, run, rooms, tally, pace);
        this.writer = new FrameWriter(run, options.size(), random);
        this.receiver = new Receiver(rooms, inbox, writer);
        this.outbox = new Outbox(timetable, rooms, members, pace, writer, tally, thread, threads);
        this.selector = Selector.open();
    }

    /** Members that have joined so far. */
    int joined() {
        return joined;
    }

    /** Why nothing can be measured; null while there is no reason. */
    String failure() {
        return failure;
    }

    /** Whether, lately, every request was answered and every member had everything. */
    boolean isSettled() {
        return settled;
    }

    Tally tally() {
        return tally;
    }

    @Override
    public void run() {
        try (selector) {
            while (failure == null && !(stage == Stage.CLOSING && isClosed())) {
                if (stage != timetable.stage()) {
                    enter(timetable.stage());
                }
                switch (stage) {
                    case CONNECTING -> dial();
                    case SENDING -> send();
                    case DRAINING -> settled = hasEverything();
                    default -> {}
                }
                select();
            }
        } catch (IOException | RuntimeException e) {
            failure = "the load generator itself failed: " + e;
        } catch (CannotMeasure e) {
            failure = e.getMessage();
        }
    }

    private void enter(Stage next) {
        stage = next;
        if (stage == Stage.SENDING) {
            inbox.measure(timetable.from(), timetable.to());
        } else if (stage == Stage.CLOSING) {
            sumUp();
            closingSince = System.nanoTime();
            for (Member member : members) {
                leave(member);
            }
        }
    }

    private void select() throws IOException {
        long millis = 20;
        if (stage == Stage.CONNECTING) {
            millis = 1;
        } else if (stage == Stage.SENDING) {
            millis = Math.min(pace.quiet(System.nanoTime()) / 1_000_000, 100);
        }
        if (millis > 0) {
            selector.select(ready, millis);
        } else {
            selector.selectNow(ready);
        }
    }

    private void dial() throws CannotMeasure, IOException {
        Member member = dialer.dial(selector, System.nanoTime(), joined);
        while (member != null) {
            members.add(member);
            live++;
            if (member.channel.isConnected()) {
                connected(member);
            }
            member = dialer.dial(selector, System.nanoTime(), joined);
        }
    }

    private void send() {
        Member broken = outbox.sendDue();
        if (broken != null) {
            closed(broken, Receiver.CUT);
        }
    }

    private void ready(SelectionKey key) {
        Member member = (Member) key.attachment();
        try {
            if (key.isConnectable()) {
                connected(member);
            } else {
                if (key.isWritable()) {
                    member.sendRest();
                }
                if (key.isReadable()) {
                    read(member);
                }
            }
        } catch (IOException e) {
            if (member.state == State.CONNECTING) {
                failure = "nothing listens at " + options.url() + ": " + e.getMessage();
            }
            closed(member, Receiver.CUT);
        } catch (Malformed e) {
            tally.malformed.merge(e.getMessage(), 1L, Long::sum);
            if (stage == Stage.CONNECTING) {
                failure = "before all had joined, the server sent " + e.getMessage();
            }
            sendClose(member, PROTOCOL_ERROR);
            closed(member, PROTOCOL_ERROR);
        } catch (CannotMeasure e) {
            failure = e.getMessage();
        }
    }

    private void connected(Member member) throws IOException {
        member.channel.finishConnect();
        member.state = State.UPGRADING;
        member.key.interestOps(SelectionKey.OP_READ);
        member.send(ByteBuffer.wrap(member.handshake.request()));
    }

    private void read(Member member) throws IOException, Malformed, CannotMeasure {
        boolean before = member.state == State.MEMBER;
        int code = receiver.read(member);
        if (!before && member.state == State.MEMBER) {
            joined++;
            if (member.stalled) {
                member.key.interestOps(0);
            }
        }
        if (code != 0) {
            closed(member, code);
        }
    }

    private boolean hasEverything() {
        for (Member member : members) {
            boolean waits = member.state == State.MEMBER
                    && member.room >= 0
                    && (member.unanswered > 0 || !member.stalled && member.check.next() <= rooms.head(member.room));
            if (waits) {
                return false;
            }
        }
        return true;
    }

    private void sumUp() {
        for (Member member : members) {
            boolean there = member.state == State.MEMBER;
            if (there && member.room >= 0 && !member.stalled) {
                member.check.end(rooms.head(member.room));
            }
            tally.add(member.check);
            tally.atEnd += there ? 1 : 0;
            tally.unanswered += member.unanswered;
        }
    }

    private void leave(Member member) {
        if (member.state != State.CLOSED) {
            sendClose(member, NORMAL);
            if (member.stalled) {
                closed(member, NORMAL);
            }
        }
    }

    private boolean isClosed() {
        if (live > 0 && System.nanoTime() - closingSince < CLOSING_NANOS) {
            return false;
        }
        for (Member member : members) {
            closed(member, Receiver.CUT);
        }
        return true;
    }

    private void sendClose(Member member, int code) {
        try {
            member.send(writer.close(code));
        } catch (IOException e) {
            // It is closed then.
        }
    }

    /** The one way a connection ends; what it waited for will not come. */
    private void closed(Member member, int code) {
        if (member.state == State.CLOSED) {
            return;
        }
        if (stage == Stage.CONNECTING && failure == null) {
            failure = "a connection was closed before all had joined: " + code;
        }
        if (stage != Stage.CLOSING) {
            tally.closes.merge(code, 1L, Long::sum);
        }
        member.state = State.CLOSED;
        member.key.cancel();
        live--;
        pace.done(member.outstanding);
        member.outstanding = 0;
        try {
            member.channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
