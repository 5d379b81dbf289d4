package chat.parley.bench;

import chat.parley.bench.Member.State;
import chat.parley.bench.Timetable.Stage;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One selector thread with its share of the members: it connects them, reads, sends what is due, and closes them.
 * Nothing in it waits but the selector. The {@link #tally()} is for other threads once this one has ended; what else returns
 * something is at any time.
 */
final class Loop implements Runnable {
    private static final int PROTOCOL_ERROR = 1002;

    private final Task task;
    private final Timetable timetable;
    private final Rooms rooms;
    private final Pace pace;
    private final Inbox inbox;
    private final FrameWriter writer;
    private final Receiver receiver;
    private final Links links;
    private final Outbox outbox;
    private final Tally tally;
    private final Consumer<SelectionKey> ready = this::ready;
    private final Selector selector;
    private int readyMembers;
    private volatile Stage stage = Stage.CONNECTING;
    private volatile int published; // of the ready ones
    private volatile int live;
    private volatile int gone;
    private volatile long deliveries;
    private volatile boolean settled;
    private volatile @Nullable String failure;

    Loop(Task task, int run, Timetable timetable, Rooms rooms, int thread) throws IOException {
        SplittableRandom random = new SplittableRandom();
        Traffic traffic = task.traffic();
        int threads = task.crowd().threads();
        this.task = task;
        this.tally = new Tally(task.peers().size());
        this.timetable = timetable;
        this.rooms = rooms;
        this.selector = Selector.open();
        this.pace = traffic.rate() > 0
                ? new OpenPace(timetable, traffic.rate(), thread, threads)
                : new ClosedPace(timetable, (traffic.window() + threads - 1 - thread) / threads);
        this.inbox = new Inbox(task, run, rooms, tally, pace);
        this.writer = new FrameWriter(run, traffic.size(), random);
        this.receiver = new Receiver(task, rooms, inbox, writer);
        this.links = new Links(new Dialer(task, run, thread, random, selector), writer, pace, timetable, tally);
        this.outbox = new Outbox(
                timetable,
                rooms,
                links.members(),
                member -> task.sends(member.index),
                pace,
                writer,
                tally,
                thread,
                threads);
    }

    /**
     * Members that are where that stage wants them: joined, or connected only, or back; with everything they lacked. 0
     * until this thread has noticed that the stage has begun.
     */
    int ready(Stage asked) {
        return stage == asked ? published : 0;
    }

    /** Connections that are not closed. */
    int live() {
        return live;
    }

    /** Connections that are closed, as of that stage; 0 until this thread has noticed that it has begun. */
    int gone(Stage asked) {
        return stage == asked ? gone : 0;
    }

    /** Events that all members together were sent. */
    long deliveries() {
        return deliveries;
    }

    /** Why nothing can be measured; null while there is no reason. */
    @Nullable String failure() {
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
            while (failure == null && !(stage == Stage.CLOSING && links.isOver())) {
                if (stage != timetable.stage()) {
                    enter(timetable.stage());
                }
                switch (stage) {
                    case CONNECTING -> links.dial(System.nanoTime(), readyMembers);
                    case SENDING, BREAKING, RETURNING -> send();
                    case DRAINING -> settled = hasEverything();
                    case JOINING, CLOSING -> {}
                }
                select();
                publish();
                if (links.failure() != null) {
                    failure = links.failure();
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = "the load generator itself failed: " + e;
        } catch (CannotMeasure e) {
            failure = e.getMessage();
        }
    }

    private void enter(Stage next) throws CannotMeasure, IOException {
        switch (next) {
            case JOINING -> {
                nobodyIsReady();
                links.members().forEach(this::join);
            }
            case SENDING -> inbox.measure(timetable.from(), timetable.to());
            case RETURNING -> {
                nobodyIsReady();
                pace.startAgain();
                links.redial();
            }
            case CLOSING -> {
                sumUp();
                links.leave();
            }
            case CONNECTING, BREAKING, DRAINING -> {}
        }
        publish(); // before the stage: who asks for it must not be told of the one before
        stage = next;
    }

    private void nobodyIsReady() {
        links.members().forEach(member -> member.ready = false);
        readyMembers = 0;
    }

    private void publish() {
        published = readyMembers;
        live = links.live();
        gone = links.members().size() - live;
        deliveries = tally.deliveries;
    }

    private void join(Member member) {
        if (member.state == State.OPEN) {
            member.state = State.JOINING;
            try {
                member.send(writer.join(rooms.name(member.room), task.history()));
            } catch (IOException e) {
                links.closed(member, Receiver.CUT);
            }
        }
    }

    private void select() throws IOException {
        long millis = 20;
        if (stage == Stage.CONNECTING) {
            millis = 1;
        } else if (stage == Stage.SENDING || stage == Stage.BREAKING || stage == Stage.RETURNING) {
            millis = Math.min(pace.quiet(System.nanoTime()) / 1_000_000, 100);
        }
        if (millis > 0) {
            selector.select(ready, millis);
        } else {
            selector.selectNow(ready);
        }
    }

    private void send() {
        Member broken = outbox.sendDue();
        if (broken != null) {
            links.closed(broken, Receiver.CUT);
        }
    }

    private void ready(SelectionKey key) {
        Member member = (Member) key.attachment();
        try {
            if (key.isConnectable()) {
                links.connected(member);
            } else {
                if (key.isWritable()) {
                    member.sendRest();
                }
                if (key.isReadable() && stage == Stage.CLOSING && member.stalled) {
                    links.discard(member);
                } else if (key.isReadable()) {
                    read(member);
                }
            }
        } catch (IOException e) {
            if (member.state == State.CONNECTING) {
                failure = "connection %d to %s failed: %s"
                        .formatted(
                                member.index + 1,
                                task.peers().get(task.server(member.index)).url(),
                                e.getMessage());
            }
            links.closed(member, Receiver.CUT);
        } catch (Malformed e) {
            tally.malformed.merge(e.getMessage(), 1L, Long::sum);
            if (stage == Stage.CONNECTING) {
                failure = "before all had joined, the server sent " + e.getMessage();
            }
            links.sendClose(member, PROTOCOL_ERROR);
            links.closed(member, PROTOCOL_ERROR);
        } catch (CannotMeasure e) {
            failure = e.getMessage();
        }
    }

    private void read(Member member) throws IOException, Malformed, CannotMeasure {
        State before = member.state;
        int code = receiver.read(member);
        if (before != State.MEMBER && member.state == State.MEMBER && stage == Stage.RETURNING) {
            outbox.resend(member);
        }
        if (!member.ready && isReady(member)) {
            member.ready = true;
            readyMembers++;
            if (stage == Stage.JOINING || stage == Stage.RETURNING) {
                tally.countArrival(System.nanoTime() - timetable.begin());
            }
            if (member.stalled) {
                member.key.interestOps(0);
            }
        }
        if (code != 0) {
            links.closed(member, code);
        }
    }

    private boolean isReady(Member member) {
        return (stage == Stage.CONNECTING && task.isJoinStorm())
                ? member.state == State.OPEN && member.greeted
                : member.isComplete();
    }

    private boolean hasEverything() {
        for (Member member : links.members()) {
            boolean waits = member.state == State.MEMBER
                    && member.room >= 0
                    && (member.unanswered > 0 || (!member.stalled && member.check.next() <= rooms.head(member.room)));
            if (waits) {
                return false;
            }
        }
        return true;
    }

    private void sumUp() {
        tally.unsent = pace.unsent();
        for (Member member : links.members()) {
            boolean there = member.state == State.MEMBER;
            if (there && member.room >= 0 && !member.stalled) {
                member.check.end(rooms.head(member.room));
            }
            tally.add(member.check);
            tally.atEnd += there ? 1 : 0;
            tally.unanswered += there ? member.unanswered : 0;
        }
    }
}
