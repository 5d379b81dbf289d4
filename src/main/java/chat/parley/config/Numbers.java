package chat.parley.config;

/** Whole numbers within bounds. */
final class Numbers {

    private Numbers() {}

    static int parse(String written, int min, int max, boolean orZero, String right) {
        int value;
        try {
            value = Integer.parseInt(written);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be " + right, e);
        }
        if ((value < min || value > max) && !(orZero && value == 0)) {
            throw new IllegalArgumentException("must be " + right);
        }
        return value;
    }
}
