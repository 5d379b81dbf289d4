package chat.parley.verify;

import chat.parley.verify.Finding.Kind;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the log of one room, by whomever: each message that was sent, and which number it was told to have. Whoever
 * hears of a message tells it here, and what does not fit to what others heard is a finding.
 *
 * <p>A message is known by its id, of which everything else follows but the name of its author; so it does not matter what the
 * servers call people. Any thread; its lock is held for moments.
 */
final class Book {

    /** What a message takes here; the arrays grow by half. */
    static final int BYTES_A_MESSAGE = 48;

    private static final byte ACKED = 1;
    private static final byte SEEN = 2;
    private static final byte ACKED_BEFORE = 4;

    /** What others say in a room of a run; more is not looked at. */
    private static final int MOST_OF_OTHERS = 100_000;

    private final String room;
    private final String prefix;
    private final long salt;
    private final Findings findings;

    // By the number of a message in the order in which they were made.
    @GuardedBy("this") private int made;

    @GuardedBy("this") private long[] seqOf = new long[256];

    @GuardedBy("this") private int[] authorOf = new int[256];

    @GuardedBy("this") private int[] nameOf = new int[256];

    @GuardedBy("this") private int[] sentAt = new int[256];

    @GuardedBy("this") private int[] witnessOf = new int[256];

    @GuardedBy("this") private int[] placeOf = new int[256];

    @GuardedBy("this") private int[] witnessedAt = new int[256];

    @GuardedBy("this") private byte[] state = new byte[256];

    /** By seq: one more than the number of the message; 0 when none is known. */
    @GuardedBy("this") private int[] at = new int[256];

    @GuardedBy("this") private final Map<Long, Event> ofOthers = new HashMap<>();

    @GuardedBy("this") private final Map<String, Integer> nameNumbers = new HashMap<>();

    @GuardedBy("this") private final Map<Integer, String> names = new HashMap<>();

    @GuardedBy("this") private @Nullable String epoch;

    @GuardedBy("this") private String epochToldTo = "";

    @GuardedBy("this") private final Set<String> past = new HashSet<>();

    @GuardedBy("this") private long head;

    @GuardedBy("this") private final long[] heads = new long[Flow.LATE_TICKS];

    Book(String room, String run, int index, long salt, Findings findings) {
        this.room = room;
        this.prefix = run + "." + index + ".";
        this.salt = salt;
        this.findings = findings;
    }

    String room() {
        return room;
    }

    /** A new message of somebody who is called so at the moment. */
    synchronized Sent make(int person, String name) {
        int number = made++;
        grow();
        authorOf[number] = person;
        nameOf[number] = intern(name);
        sentAt[number] = (int) findings.now();
        return new Sent(id(number), number, room);
    }

    /** The highest number that anybody was told of. */
    synchronized long head() {
        return head;
    }

    /** Which log everybody has; null before anybody was told. */
    synchronized @Nullable String epoch() {
        return epoch;
    }

    /** The highest number that anybody had been told of {@link Flow#LATE} ago. */
    synchronized long lateHead() {
        return heads[0];
    }

    /** Time passes. */
    synchronized void tick() {
        System.arraycopy(heads, 1, heads, 0, heads.length - 1);
        heads[heads.length - 1] = head;
    }

    /** Milliseconds since the run began when that message was first sent; -1 when it is none of ours. */
    synchronized long sentAt(String id) {
        int number = number(id);
        return number < 0 ? -1 : sentAt[number];
    }

    /** Whose message that is; -1 when it is none of ours. */
    synchronized int author(String id) {
        int number = number(id);
        return number < 0 ? -1 : authorOf[number];
    }

    /** Somebody came in and was told which log it is. */
    synchronized void entered(Witness by, String told) {
        isCurrent(by, told);
    }

    /** Somebody was promised a number. */
    synchronized void acked(Witness by, String told, Sent sent, long seq) {
        if (isCurrent(by, told)) {
            place(by, sent.number(), seq, "acknowledged");
        }
        state[sent.number()] |= ACKED;
    }

    /** Somebody saw an event, wherever it stood. */
    synchronized void saw(Witness by, String told, Event event) {
        if (!isCurrent(by, told)) {
            return;
        }
        int number = look(by, event);
        if (number >= 0) {
            place(by, number, event.seq(), "shown");
            state[number] |= SEEN;
        }
    }

    /** A copy of the log is going to be read, whole. */
    Copy copy(Witness by) {
        return new Copy(by);
    }

    /** The log as one server has it, or a database: event after event, then its end. */
    final class Copy {

        private final Witness by;
        private final BitSet there = new BitSet();
        private long last;
        private boolean begun;

        private Copy(Witness by) {
            this.by = by;
        }

        /** Which log it is, and what it still has. */
        void begin(String told, long first) {
            synchronized (Book.this) {
                isCurrent(by, told);
            }
            last = first - 1;
            begun = true;
        }

        /** How far it was read. */
        long last() {
            return last;
        }

        void next(Event event) {
            synchronized (Book.this) {
                if (event.seq() != last + 1) {
                    findings.add(Kind.HOLE, room, by + " read " + event + " right after " + last);
                }
                last = event.seq();
                int number = look(by, event);
                if (number >= 0) {
                    there.set(number);
                    place(by, number, event.seq(), "read");
                }
            }
        }

        /** Compares what is there with what was promised and shown. */
        void end(long told) {
            synchronized (Book.this) {
                if (begun && told != last) {
                    findings.add(Kind.HOLE, room, by + " was told of the head " + told + " but read up to " + last);
                }
                for (int number = 0; number < made; number++) {
                    boolean promised = (state[number] & (ACKED | ACKED_BEFORE)) != 0;
                    if (!there.get(number) && (promised || (state[number] & SEEN) != 0)) {
                        findings.add(promised ? Kind.ACKED_IS_LOST : Kind.SEEN_IS_LOST, room, missing(number));
                    }
                }
                if (last < head) {
                    findings.add(
                            Kind.NODES_DIFFER,
                            room,
                            by + " has " + last + " messages, but " + head + " were told of elsewhere");
                }
            }
        }

        @GuardedBy("Book.this") private String missing(int number) {
            String instead = seqOf[number] == 0
                    ? "; its number was of a log with another epoch"
                    : "; there is "
                            + (seqOf[number] > last ? "nothing, the log ends at " + last : describeAt(seqOf[number]));
            return describe(number) + " is not in what " + by + " read" + instead;
        }
    }

    // ---- under the lock

    /** Whether that is the log that everybody has now; the first who is told of another one says so. */
    @GuardedBy("this") private boolean isCurrent(Witness by, String told) {
        if (told.equals(epoch)) {
            return true;
        }
        if (past.contains(told)) {
            return false;
        }
        if (epoch != null) {
            findings.add(
                    Kind.EPOCH,
                    room,
                    "the log is " + told + " to " + by + ", and was " + epoch + " to " + epochToldTo
                            + "; numbers begin anew, and what was acknowledged is looked for by its id");
            past.add(epoch);
            forgetNumbers();
        }
        epoch = told;
        epochToldTo = by + " at " + Seconds.of(findings.now());
        return true;
    }

    @GuardedBy("this") private void forgetNumbers() {
        Arrays.fill(seqOf, 0);
        Arrays.fill(at, 0);
        Arrays.fill(heads, 0);
        head = 0;
        ofOthers.clear();
        for (int i = 0; i < made; i++) {
            state[i] = (state[i] & (ACKED | ACKED_BEFORE)) == 0 ? 0 : ACKED_BEFORE;
        }
    }

    /** Whether it is what was sent; its number, or -1 when it is none of ours. */
    @GuardedBy("this") private int look(Witness by, Event event) {
        int number = number(event.id());
        if (number < 0) {
            if (event.id().startsWith(prefix)) {
                findings.add(Kind.NOT_SENT, room, by + " got " + event);
            } else if (ofOthers.size() < MOST_OF_OTHERS) {
                Event other = ofOthers.putIfAbsent(event.seq(), event);
                if (other != null && !other.equals(event)) {
                    findings.add(Kind.SEEN_OTHERWISE, room, by + " got " + event + "; before that it was " + other);
                }
            }
            return -1;
        }
        String content = Text.of(event.id());
        String name = names.get(nameOf[number]);
        if (!content.equals(event.content())) {
            findings.add(Kind.CHANGED, room, by + " got " + event + "; sent was " + describe(number) + ": " + content);
        }
        if (!event.sender().equals(name)) {
            findings.add(Kind.CHANGED, room, by + " got " + event + "; sent was " + describe(number) + " as " + name);
        }
        return number;
    }

    @GuardedBy("this") private void place(Witness by, int number, long seq, String how) {
        if (seq < 1 || seq > made + (long) MOST_OF_OTHERS) {
            findings.add(
                    Kind.SEEN_OTHERWISE,
                    room,
                    by + " was " + how + " " + describe(number) + " with the impossible number " + seq);
            return;
        }
        head = Math.max(head, seq);
        if (seq >= at.length) {
            at = Arrays.copyOf(at, (int) Math.max(seq + 1, at.length * 3L / 2));
        }
        if (seqOf[number] != 0 && seqOf[number] != seq) {
            findings.add(
                    Kind.TWICE,
                    room,
                    describe(number) + " is " + seqOf[number] + ", and " + seq + " as " + how + " to " + by);
        }
        if (at[(int) seq] != 0 && at[(int) seq] != number + 1) {
            findings.add(
                    Kind.SEEN_OTHERWISE,
                    room,
                    seq + " is " + describe(at[(int) seq] - 1) + ", and, as " + how + " to " + by + ", "
                            + describe(number));
        }
        if (seqOf[number] == 0) {
            seqOf[number] = seq;
            witnessOf[number] = by.person();
            placeOf[number] = intern(by.where());
            witnessedAt[number] = (int) findings.now();
        }
        if (at[(int) seq] == 0) {
            at[(int) seq] = number + 1;
        }
    }

    @GuardedBy("this") private String describeAt(long seq) {
        int there = seq < at.length ? at[(int) seq] : 0;
        return there == 0 ? "a message of others or none" : describe(there - 1);
    }

    @GuardedBy("this") private String describe(int number) {
        String text = id(number) + " (sent by c" + authorOf[number] + " at " + Seconds.of(sentAt[number]);
        if (seqOf[number] != 0) {
            text += ", number " + seqOf[number] + " to " + witness(number) + ", " + Seconds.of(witnessedAt[number]);
        }
        return text + ((state[number] & (ACKED | ACKED_BEFORE)) == 0 ? ", not acknowledged)" : ", acknowledged)");
    }

    @GuardedBy("this") private Witness witness(int number) {
        return new Witness(witnessOf[number], String.valueOf(names.get(placeOf[number])));
    }

    /** A small number for a name of somebody or of a server. */
    @GuardedBy("this") private int intern(String name) {
        Integer known = nameNumbers.get(name);
        if (known != null) {
            return known;
        }
        int number = nameNumbers.size();
        nameNumbers.put(name, number);
        names.put(number, name);
        return number;
    }

    private String id(int number) {
        long random = mix(salt + number);
        return prefix + Integer.toString(number, 36) + "." + Long.toHexString(random);
    }

    /** Which of ours it is; -1 for none. */
    @GuardedBy("this") private int number(String id) {
        int end = id.indexOf('.', prefix.length());
        if (!id.startsWith(prefix) || end < 0 || end - prefix.length() > 7) {
            return -1;
        }
        int number;
        try {
            number = Integer.parseInt(id.substring(prefix.length(), end), 36);
        } catch (NumberFormatException e) {
            return -1;
        }
        return number >= 0 && number < made && id.equals(id(number)) ? number : -1;
    }

    @GuardedBy("this") private void grow() {
        if (made > seqOf.length) {
            int length = (int) Math.min(Integer.MAX_VALUE - 8, seqOf.length * 3L / 2);
            seqOf = Arrays.copyOf(seqOf, length);
            authorOf = Arrays.copyOf(authorOf, length);
            nameOf = Arrays.copyOf(nameOf, length);
            sentAt = Arrays.copyOf(sentAt, length);
            placeOf = Arrays.copyOf(placeOf, length);
            witnessOf = Arrays.copyOf(witnessOf, length);
            witnessedAt = Arrays.copyOf(witnessedAt, length);
            state = Arrays.copyOf(state, length);
        }
    }

    /** SplittableRandom's. */
    private static long mix(long value) {
        long z = value * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
