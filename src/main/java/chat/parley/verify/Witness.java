package chat.parley.verify;

/**
 * Somebody who was told something.
 *
 * @param person -1 for who reads the log at the end
 * @param where by which server
 */
record Witness(int person, String where) {

    @Override
    public String toString() {
        return (person < 0 ? "the reader" : "c" + person) + " at " + where;
    }
}
