package chat.parley.it;

import java.util.List;

/** What a client offers in its handshake. */
enum Subprotocol {
    NONE(List.of()),
    SINGLE(List.of("parley.v1")),
    BATCH(List.of("parley.v1.batch"));

    private final List<String> offered;

    Subprotocol(List<String> offered) {
        this.offered = offered;
    }

    List<String> offered() {
        return offered;
    }

    /** What the server answers to the offer; empty for nothing. */
    String negotiated() {
        return String.join("", offered);
    }
}
