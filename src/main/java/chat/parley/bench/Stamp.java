package chat.parley.bench;

import java.nio.ByteBuffer;

/**
 * What the content of a message begins with, in hex digits: the run it belongs to, when it was meant to be sent (the
 * clock of {@link System#nanoTime()}), who sent it and which of the run's messages it is. Reading sets the fields. Not
 * for several threads.
 */
final class Stamp {
    private static final int RUN_DIGITS = 8;
    private static final int TIME_DIGITS = 16;
    private static final int SENDER_DIGITS = 6;
    private static final int NUMBER_DIGITS = 8;

    /** Bytes it takes: the least content of a message. */
    static final int LENGTH = RUN_DIGITS + TIME_DIGITS + SENDER_DIGITS + NUMBER_DIGITS;

    /** The {@link #sentAt()} of a message that is not of this run: before everything. */
    static final long FOREIGN = Long.MIN_VALUE;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final int run;
    private long sentAt;
    private int sender;
    private int number;

    Stamp(int run) {
        this.run = run;
    }

    /** Writes one; returns the index behind it. */
    int write(byte[] into, int at, long sentAt, int sender, int number) {
        int end = hex(into, at, run, RUN_DIGITS);
        end = hex(into, end, sentAt, TIME_DIGITS);
        end = hex(into, end, sender, SENDER_DIGITS);
        return hex(into, end, number, NUMBER_DIGITS);
    }

    /** Reads the one that the content at these places begins with; without one the message is foreign. */
    void read(ByteBuffer frame, int from, int to) {
        sentAt = FOREIGN;
        sender = -1;
        number = 0;
        if (to - from < LENGTH || (int) number(frame, from, RUN_DIGITS) != run) {
            return;
        }
        int at = from + RUN_DIGITS;
        sentAt = number(frame, at, TIME_DIGITS);
        sender = (int) number(frame, at + TIME_DIGITS, SENDER_DIGITS);
        number = (int) number(frame, at + TIME_DIGITS + SENDER_DIGITS, NUMBER_DIGITS);
    }

    long sentAt() {
        return sentAt;
    }

    /** The sender's index; -1 for a foreign message. */
    int sender() {
        return sender;
    }

    int number() {
        return number;
    }

    /** Writes the lowest digits of a value; returns the index behind them. */
    static int hex(byte[] into, int at, long value, int digits) {
        for (int i = 0; i < digits; i++) {
            into[at + i] = HEX[(int) (value >>> (4 * (digits - 1 - i))) & 15];
        }
        return at + digits;
    }

    /** The number that those hex digits say. */
    static long number(ByteBuffer frame, int at, int digits) {
        long value = 0;
        for (int i = at; i < at + digits; i++) {
            value = (value << 4) | (Character.digit(frame.get(i), 16) & 15);
        }
        return value;
    }
}
