package chat.parley.conformance;

/** The subprotocol that a client offers in its handshake. */
enum Offer {
    NONE(""),
    SINGLE("parley.v1"),
    BATCH("parley.v1.batch");

    private final String word;

    Offer(String word) {
        this.word = word;
    }

    /** As it stands in the header; empty for nothing. */
    String word() {
        return word;
    }
}
