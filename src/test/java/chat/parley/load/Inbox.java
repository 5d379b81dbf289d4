package chat.parley.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.load.JsonObject.Field;
import java.nio.ByteBuffer;

/**
 * Takes what the server says to the members of one selector thread, and checks and counts it. An event that another
 * member got before is compared and not parsed.
 */
final class Inbox {
    /** The id of every request to join. */
    static final String JOIN_ID = "join";

    private static final byte[] JOIN = JOIN_ID.getBytes(UTF_8);
    private static final byte[] ACK = "ack".getBytes(UTF_8);
    private static final byte[] ERROR = "error".getBytes(UTF_8);
    private static final byte[] GAP = "gap".getBytes(UTF_8);

    // All transcripts of a thread together; one need not be larger than what a server keeps for a room.
    private static final int MOST_BYTES = 256 << 20;
    private static final int MOST_ROOM_BYTES = 4 << 20;
    private static final int LEAST_ROOM_BYTES = 32 << 10;

    private final boolean batch;
    private final Rooms rooms;
    private final Transcript[] transcripts;
    private final Tally tally;
    private final Pace pace;
    private final Stamp stamp;
    private final JsonObject object = new JsonObject();
    private long from = Long.MAX_VALUE; // what is measured
    private long to = Long.MAX_VALUE;

    Inbox(Options options, int run, Rooms rooms, Tally tally, Pace pace) {
        this.batch = options.isBatch();
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
        if (batch) {
            acceptArray(member, in, start, end, now);
        } else if (acceptSome(member, in, start, end, now) != end) {
            throw new Malformed("a frame that is not one object");
        }
        if (isMeasured(now)) {
            tally.measuredFrames++;
            tally.measuredBytes += end - start;
            tally.measuredDeliveries += tally.deliveries - before;
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
                    for (long each = seq; each < seq + count; each++) {
                        count(member, transcript.sentAt(each), transcript.sender(each), transcript.number(each), now);
                    }
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
            acceptAck(member);
        } else if (object.has(Field.SEQ) && object.has(Field.ROOM)) {
            acceptEvent(member, in, start, end, now);
        } else if (object.is(Field.TYPE, ERROR)) {
            acceptError(member, now);
        } else if (object.is(Field.TYPE, GAP)) {
            member.check.gap(object.number(Field.FROM), object.number(Field.TO));
            // Some of its own messages may lie in the gap: they will not come back.
            pace.done(member.outstanding);
            member.outstanding = 0;
        } else {
            tally.notices++;
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

    private void count(Member member, long sentAt, int sender, int number, long now) {
        tally.deliveries++;
        if (isMeasured(sentAt)) {
            tally.latency.record(now - sentAt);
        }
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
        }
    }

    private void acceptAck(Member member) throws Malformed {
        if (member.state == Member.State.JOINING && object.is(Field.ID, JOIN)) {
            long head = object.number(Field.HEAD);
            member.check.startAfter(head);
            rooms.reached(member.room, head);
            member.state = Member.State.MEMBER;
        } else if (member.room < 0) {
            throw new Malformed("an ack that nothing waits for");
        } else {
            tally.acks++;
            member.unanswered--;
            rooms.reached(member.room, object.number(Field.SEQ));
        }
    }

    private void acceptError(Member member, long now) throws CannotMeasure {
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
    }

    private boolean isMeasured(long time) {
        return time >= from && time < to;
    }
}
