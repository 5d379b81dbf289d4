package chat.parley.protocol;

import java.util.List;

/** Puts JSON values that are encoded already into an object whose last field is an empty array. */
final class ArrayTail {
    private ArrayTail() {}

    /** {@code {..., "x":[]}} and {@code a, b} become {@code {..., "x":[a,b]}}. */
    static byte[] fill(byte[] object, List<byte[]> values) {
        int end = object.length - 2;
        if (end < 1 || object[end - 1] != '[' || object[end] != ']' || object[end + 1] != '}') {
            throw new IllegalArgumentException("the last field is not an empty array");
        }
        byte[] filled = new byte[filledLength(object, values)];
        System.arraycopy(object, 0, filled, 0, end);
        int at = end;
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                filled[at++] = ',';
            }
            byte[] value = values.get(i);
            System.arraycopy(value, 0, filled, at, value.length);
            at += value.length;
        }
        filled[at++] = ']';
        filled[at] = '}';
        return filled;
    }

    private static int filledLength(byte[] object, List<byte[]> values) {
        int commas = Math.max(0, values.size() - 1);
        return object.length
                + commas
                + values.stream().mapToInt(value -> value.length).sum();
    }
}
