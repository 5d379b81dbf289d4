package chat.parley.verify;

import chat.parley.protocol.ServerMessage;
import chat.parley.verify.Finding.Kind;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How somebody reads a room and never misses anything (protocol, section 5): they keep their place, drop what they have, and
 * know when they need a page of history. One thread.
 */
final class Reading {

    /** Who is this far ahead of their place drops the rest, and reads it again by pages. */
    private static final int MOST_AHEAD = 20_000;

    /** One of so many joins is made as if the place were not known. */
    private static final int ANEW_EVERY = 4;

    private final Book book;
    private final Findings findings;
    private final Tally tally;
    private final SplittableRandom random;
    private final TreeSet<Long> ahead = new TreeSet<>();
    private @Nullable String epoch;
    private Witness me;
    private boolean resuming;
    private long asked;

    /** The last number up to which everything was read; -1 before the first join. */
    private long position = -1;

    /** Which live event comes next. */
    private long live;

    /** Up to where events will not come by themselves. */
    private long missing;

    Reading(Book book, Findings findings, Tally tally, SplittableRandom random, Witness me) {
        this.book = book;
        this.findings = findings;
        this.tally = tally;
        this.random = random;
        this.me = me;
    }

    long position() {
        return position;
    }

    String epoch() {
        return String.valueOf(epoch);
    }

    /** The request that begins a connection's membership. */
    String join(Witness now, String id) {
        me = now;
        ahead.clear();
        missing = 0;
        String known = epoch;
        resuming = known != null && random.nextInt(ANEW_EVERY) > 0;
        asked = position;
        return resuming && known != null
                ? Wire.resume(book.room(), id, position, known)
                : Wire.join(book.room(), id, random.nextInt(200));
    }

    void joined(ServerMessage.Ack ack) {
        long head = ack.head() == null ? -1 : ack.head();
        String told = ack.epoch();
        if (told == null || head < 0) {
            findings.add(Kind.UNEXPECTED, book.room(), me + " joined, but the answer has no epoch or no head: " + ack);
            return;
        }
        book.entered(me, told);
        boolean recovered = Boolean.TRUE.equals(ack.recovered());
        if (!told.equals(epoch)) {
            if (recovered) {
                findings.add(Kind.UNEXPECTED, book.room(), me + " was told to have recovered over a change of epochs");
            }
            epoch = told;
            position = head;
        } else if (recovered) {
            if (!resuming || asked > head) {
                findings.add(Kind.UNEXPECTED, book.room(), me + " recovered from " + asked + " in " + ack);
            }
            tally.resumed.increment();
            live = position + 1;
            return;
        } else {
            tally.unrecovered.add(resuming ? 1 : 0);
            missing = head;
            if (resuming && head < asked) {
                findings.add(
                        Kind.SHORTER,
                        book.room(),
                        me + " had read up to " + asked + ", and is told that the log ends at " + head);
                position = head;
            }
        }
        live = head + 1;
        skipTo(ack.first());
    }

    void live(Event event) {
        if (event.seq() != live) {
            findings.add(
                    Kind.OUT_OF_TURN,
                    book.room(),
                    me + " should have got " + live + ", and got " + event + ", at position " + position);
        }
        live = event.seq() + 1;
        read(event.seq());
        look(event);
    }

    /** An event that this program does not know takes a place as well. */
    void unknown(long seq) {
        if (seq == live) {
            live++;
        }
        read(seq);
    }

    void gap(long from, long to) {
        tally.gaps.increment();
        if (from != live || to < from) {
            findings.add(
                    Kind.OUT_OF_TURN,
                    book.room(),
                    me + " should have got " + live + ", and got a gap from " + from + " to " + to);
        }
        live = Math.max(live, to + 1);
        missing = Math.max(missing, to);
    }

    /** The history that a join is answered with: it ends where live begins. */
    void first(ServerMessage.History page) {
        long head = live - 1;
        long last = look(page, 0);
        if (last > 0 && last != head) {
            findings.add(
                    Kind.OUT_OF_TURN,
                    book.room(),
                    me + " joined at the head " + head + ", but the history ends at " + last);
        }
    }

    /** A page of history that was asked for after that number. */
    void page(ServerMessage.History page, long after) {
        look(page, after);
    }

    /** Whether a page of history has to be asked for. */
    boolean needsPage() {
        return position < missing;
    }

    /** The number of its last event, which has no hole before it. */
    private long look(ServerMessage.History page, long after) {
        long last = after;
        skipTo(page.first());
        List<ServerMessage> events = page.messages();
        for (ServerMessage each : events) {
            if (each instanceof ServerMessage.Message message) {
                Event event = Event.of(message);
                if (last > 0 && event.seq() != last + 1 && event.seq() != page.first()) {
                    findings.add(
                            Kind.HOLE, book.room(), me + " read a page in which after " + last + " comes " + event);
                }
                last = event.seq();
                read(event.seq());
                look(event);
            } else if (each instanceof ServerMessage.Unknown unknown && unknown.seq() != null) {
                last = unknown.seq();
                read(last);
            }
        }
        return last;
    }

    private void look(Event event) {
        if (epoch != null) {
            book.saw(me, epoch, event);
        }
    }

    /** What has expired is no hole. */
    private void skipTo(@Nullable Long first) {
        if (first != null && first > position + 1) {
            position = first - 1;
        }
    }

    private void read(long seq) {
        if (seq <= position) {
            return;
        }
        if (ahead.size() >= MOST_AHEAD) {
            missing = Math.max(missing, seq);
            return;
        }
        ahead.add(seq);
        while (!ahead.isEmpty() && ahead.first() <= position + 1) {
            position = Math.max(position, ahead.first());
            ahead.pollFirst();
        }
        if (!ahead.isEmpty()) {
            missing = Math.max(missing, ahead.first() - 1);
        }
    }
}
