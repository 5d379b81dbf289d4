package chat.parley.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.bench.JsonObject.Field;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the server says to the members of one selector thread, and checks and counts it. An event that another
 * member got before is compared and not parsed.
 */
final class Inbox {
    /** The id of every request to join. */
    static final String JOIN_ID = "join";

    private static final byte[] WELCOME = "welcome".getBytes(UTF_8);
    private static final byte[] HISTORY = "history".getBytes(UTF_8);
    private static final byte[] TRUE = "true".getBytes(UTF_8);
    private static final byte[] JOIN = JOIN_ID.getBytes(UTF_8);
    private static final byte[] ACK = "ack".getBytes(UTF_8);
    private static final byte[] ERROR = "error".getBytes(UTF_8);
    private static final byte[] GAP = "gap".getBytes(UTF_8);

    // All transcripts of a thread together; one need not be larger than what a server keeps for a room.
    private static final int MOST_BYTES = 256 << 20;
    private static final int MOST_ROOM_BYTES = 4 << 20;
    private static final int LEAST_ROOM_BYTES = 32 << 10;

    private final Task task;
    private final boolean batch;
    private final int history;
    private final HistoryCheck histories;
    private final Rooms rooms;
    private final Transcript[] transcripts;
    private final Tally tally;
    private final Pace pace;
    private final Stamp stamp;
    private final JsonObject object = new JsonObject();
    private long from = Long.MAX_VALUE; // what is measured
    private long to = Long.MAX_VALUE;
    private @Nullable ServerTally server; // of the frame that is read; null when there is only one

    Inbox(Task task, int run, Rooms rooms, Tally tally, Pace pace) {
        this.task = task;
        this.batch = task.crowd().isBatch();
        this.history = task.history();
        this.histories = new HistoryCheck(history, rooms, tally);
        this.rooms = rooms;
        this.tally = tally;
        this.pace = pace;
        this.stamp = new Stamp(run);
        this.transcripts = new Transcript[rooms.count()];
        int share = Integer.highestOneBit(MOST_BYTES / Math.max(1, rooms.count()));
        for (int i = 0; i < transcripts.length; i++) {
            transcripts[i] = new Transcript(Math.max(LEAST_ROOM_BYTES, Math.min(MOST_ROOM_BYTES, share)));
        }
    }

    /** What is measured lies between these times. */
    void measure(long from, long to) {
        this.from = from;
        this.to = to;
    }

    /** A socket was read. */
    void countRead(long now) {
        if (isMeasured(now)) {
            tally.measuredReads++;
        }
    }

    /** A message of the WebSocket: the text at these places, read at this time. */
    void accept(Member member, ByteBuffer in, int start, int end, long now) throws Malformed, CannotMeasure {
        long before = tally.deliveries;
        server = tally.servers.isEmpty() ? null : tally.servers.get(task.server(member.index));
        if (batch) {
            acceptArray(member, in, start, end, now);
        } else if (acceptSome(member, in, start, end, now) != end) {
            throw new Malformed("a frame that is not one object");
        }
        if (isMeasured(now)) {
            tally.measuredFrames++;
            tally.measuredBytes += end - start;
            tally.measuredDeliveries += tally.deliveries - before;
            if (server != null) {
                server.measuredDeliveries += tally.deliveries - before;
            }
        }
    }

    private void acceptArray(Member member, ByteBuffer in, int start, int end, long now)
            throws Malformed, CannotMeasure {
        if (end - start < 2 || in.get(start) != '[' || in.get(end - 1) != ']') {
            throw new Malformed("a frame that is no array");
        }
        int at = start + 1;
        while (at < end - 1) {
            at = acceptSome(member, in, at, end - 1, now);
        }
    }

    /** One object, or as many events as are known; returns the index behind them and a comma. */
    private int acceptSome(Member member, ByteBuffer in, int start, int end, long now) throws Malformed, CannotMeasure {
        if (member.state == Member.State.MEMBER && member.room >= 0) {
            Transcript transcript = transcripts[member.room];
            long seq = member.check.next();
            if (transcript.holds(seq)) {
                int limit = in.limit();
                int count = transcript.match(in.limit(end).position(start), seq);
                int behind = in.position();
                in.limit(limit);
                if (count > 0) {
                    member.check.advance(count);
                    countRun(member, transcript, seq, count, now);
                    return behind;
                }
            }
        }
        int behind = object.read(in, start, end);
        acceptObject(member, in, start, behind, now);
        if (behind < end && in.get(behind) != ',') {
            throw new Malformed("two objects without a comma between them");
        }
        return Math.min(behind + 1, end);
    }

    private void acceptObject(Member member, ByteBuffer in, int start, int end, long now)
            throws Malformed, CannotMeasure {
        if (object.is(Field.TYPE, ACK)) {
            acceptAck(member, in);
        } else if (object.has(Field.SEQ) && object.has(Field.ROOM)) {
            acceptEvent(member, in, start, end, now);
        } else if (object.is(Field.TYPE, ERROR)) {
            acceptError(member, in, now);
        } else if (object.is(Field.TYPE, GAP)) {
            member.check.gap(object.number(Field.FROM), object.number(Field.TO));
            // Some of its own messages may lie in the gap: they will not come back.
            pace.done(member.outstanding);
            member.outstanding = 0;
        } else {
            tally.notices++;
            acceptNotice(member, in);
        }
    }

    private void acceptNotice(Member member, ByteBuffer in) throws Malformed {
        if (object.is(Field.TYPE, WELCOME)) {
            member.greeted = true;
            if (member.comeback != null) {
                member.comeback.keepSession(object.text(Field.SESSION));
            }
        } else if (member.awaitsHistory && object.is(Field.TYPE, HISTORY)) {
            member.awaitsHistory = false;
            histories.check(in, object, member.room, member.check.next() - 1);
        }
    }

    private void acceptEvent(Member member, ByteBuffer in, int start, int end, long now) throws Malformed {
        if (member.state != Member.State.MEMBER || member.room < 0 || !object.is(Field.ROOM, rooms.name(member.room))) {
            throw new Malformed("an event of a room it is not in");
        }
        long seq = object.number(Field.SEQ);
        Transcript transcript = transcripts[member.room];
        stamp.read(in, object.from(Field.CONTENT), object.to(Field.CONTENT));
        if (!transcript.holds(seq)) {
            transcript.add(seq, in, start, end, stamp);
            rooms.reached(member.room, seq);
        } else if (!transcript.isSame(seq, in, start, end)) {
            tally.differing++;
        }
        boolean ahead = member.check.accept(seq);
        if (ahead || stamp.number() > member.lastOwnNumber) {
            count(member, stamp.sentAt(), stamp.sender(), stamp.number(), now);
        } else {
            tally.deliveries++; // counted as doubled or out of order already
        }
    }

    /** So many events that the transcript holds, from that seq on. */
    private void countRun(Member member, Transcript transcript, long seq, int count, long now) {
        tally.deliveries += count;
        for (long each = seq; each < seq + count; each++) {
            long sentAt = transcript.sentAt(each);
            countLatency(sentAt, now);
            if (transcript.sender(each) == member.index) {
                acceptOwn(member, transcript.number(each), now);
            }
        }
    }

    private void count(Member member, long sentAt, int sender, int number, long now) {
        tally.deliveries++;
        countLatency(sentAt, now);
        if (sender == member.index) {
            acceptOwn(member, number, now);
        }
    }

    private void acceptOwn(Member member, int number, long now) {
        if (number == member.lastOwnNumber) {
            tally.doubled++; // under two seqs
        } else if (number < member.lastOwnNumber) {
            tally.outOfOrder++; // what one connection sends stays in order
        } else {
            member.lastOwnNumber = number;
            if (isMeasured(now)) {
                tally.measuredMessages++;
            }
            if (member.outstanding > 0) {
                member.outstanding--;
                pace.done(1);
            }
            if (member.comeback != null) {
                member.comeback.answered(number);
            }
        }
    }

    private void acceptAck(Member member, ByteBuffer in) throws Malformed {
        if (member.state == Member.State.JOINING && object.is(Field.ID, JOIN)) {
            acceptJoin(member);
        } else if (member.room < 0) {
            throw new Malformed("an ack that nothing waits for");
        } else {
            tally.acks++;
            member.unanswered--;
            rooms.reached(member.room, object.number(Field.SEQ));
            forget(member, in);
        }
    }

    private void acceptJoin(Member member) throws Malformed {
        long head = object.number(Field.HEAD);
        Comeback comeback = member.comeback;
        if (comeback == null || comeback.epoch().isEmpty()) {
            member.check.startAfter(head);
        } else if (!comeback.epoch().equals(object.text(Field.EPOCH))) {
            throw new Malformed("another log after the restart");
        } else if (head < member.check.next() - 1) {
            throw new Malformed("a log that ends before what had been sent of it");
        } else if (!object.is(Field.RECOVERED, TRUE)) {
            // It says itself that it does not go on where the member was.
            member.check.gap(member.check.next(), head);
        }
        if (comeback != null) {
            comeback.keepEpoch(object.text(Field.EPOCH));
            comeback.promise(head);
        }
        rooms.reached(member.room, head);
        member.awaitsHistory = history > 0;
        member.state = Member.State.MEMBER;
    }

    private void acceptError(Member member, ByteBuffer in, long now) throws CannotMeasure {
        String code = object.text(Field.CODE);
        if (member.state == Member.State.JOINING) {
            throw new CannotMeasure("the server refused to let a member join: " + code);
        }
        tally.errors.merge(code, 1L, Long::sum);
        member.unanswered--;
        if (member.outstanding > 0) {
            member.outstanding--;
            pace.refused(now);
        }
        forget(member, in);
    }

    /** What was answered is not sent again after a restart. */
    private void forget(Member member, ByteBuffer in) {
        int behind = object.to(Field.ID);
        if (member.comeback != null && behind - object.from(Field.ID) > FrameWriter.NUMBER_DIGITS) {
            int from = behind - FrameWriter.NUMBER_DIGITS;
            member.comeback.answered((int) Stamp.number(in, from, FrameWriter.NUMBER_DIGITS));
        }
    }

    private void countLatency(long sentAt, long now) {
        if (isMeasured(sentAt)) {
            tally.countLatency(now - sentAt);
            if (server != null) {
                server.countLatency(now - sentAt);
            }
        }
    }

    private boolean isMeasured(long time) {
        return time >= from && time < to;
    }
}
