package chat.parley.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sends the messages of one selector thread when they are due; its members take turns. */
final class Outbox {
    // After so many sends it is time to read.
    private static final int MOST_SENDS = 256;
    // When so many members in turn may not send, the message stays due.
    private static final int MOST_TRIES = 64;

    private final Timetable timetable;
    private final Rooms rooms;
    private final List<Member> members;
    private final Predicate<Member> sends;
    private final Pace pace;
    private final FrameWriter writer;
    private final Tally tally;
    private final int step;
    private int turn;
    private int number; // of the next message

    /**
     * @param members all there are; more may join them
     * @param sends those that take turns
     */
    Outbox(
            Timetable timetable,
            Rooms rooms,
            List<Member> members,
            Predicate<Member> sends,
            Pace pace,
            FrameWriter writer,
            Tally tally,
            int thread,
            int threads) {
        this.timetable = timetable;
        this.rooms = rooms;
        this.members = members;
        this.sends = sends;
        this.pace = pace;
        this.writer = writer;
        this.tally = tally;
        this.number = thread;
        this.step = threads;
    }

    /** Sends what is due; returns the member whose connection broke over it, or null. */
    @Nullable Member sendDue() {
        for (int i = 0; i < MOST_SENDS; i++) {
            long intended = pace.due(System.nanoTime());
            Member sender = intended == Pace.NOT_YET ? null : nextSender();
            if (sender == null) {
                return null;
            }
            ByteBuffer frame = writer.message(rooms.name(sender.room), intended, sender.index, number);
            if (sender.comeback != null) {
                sender.comeback.sent(number, intended);
            }
            number += step;
            sender.unanswered++;
            sender.outstanding++;
            tally.sent++;
            pace.sent();
            try {
                sender.send(frame);
            } catch (IOException e) {
                return sender;
            }
            if (intended >= timetable.from()) {
                tally.countLateness(System.nanoTime() - intended);
            }
        }
        return null;
    }

    /** Sends again, in their order, what was not acknowledged on the connection before. */
    void resend(Member member) throws IOException {
        if (member.comeback != null) {
            for (Comeback.Sent sent : member.comeback.toResend()) {
                tally.resent++;
                member.unanswered++;
                member.send(writer.message(rooms.name(member.room), sent.sentAt(), member.index, sent.number()));
            }
        }
    }

    private @Nullable Member nextSender() {
        for (int i = 0; i < Math.min(MOST_TRIES, members.size()); i++) {
            turn = turn + 1 < members.size() ? turn + 1 : 0;
            if (members.get(turn).maySend() && sends.test(members.get(turn))) {
                return members.get(turn);
            }
        }
        return null;
    }
}
