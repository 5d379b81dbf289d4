package chat.parley.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.verify.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a copy of the log has to be like, against what people were promised and shown. */
class BookTest {

    private static final String EPOCH = "epoch";
    private static final Witness READER = new Witness(-1, "one");
    private static final Witness ANNA = new Witness(0, "two");

    private final Findings findings = new Findings();
    private final Book book = new Book("den", "run", 0, 1, findings);
    private final List<Event> events = new ArrayList<>();

    @Test
    void whatIsThereAsItWasShownIsFine() {
        shown(1);
        shown(2);

        read(shownEvents(2), 2);

        assertEquals(Map.of(), findings.counts());
    }

    @Test
    void whatWasShownAndIsNotThereIsLostAlsoWhenNobodyWasPromisedIt() {
        shown(1);
        shown(2);

        read(shownEvents(1), 1);

        assertEquals(Map.of(Kind.SEEN_IS_LOST, 1L, Kind.NODES_DIFFER, 1L), findings.counts());
    }

    @Test
    void whatWasPromisedAndIsNotThereIsAcknowledgedAndLost() {
        Sent sent = book.make(0, "anna");
        book.acked(ANNA, EPOCH, sent, 1);

        read(shownEvents(0), 0);

        assertEquals(Map.of(Kind.ACKED_IS_LOST, 1L, Kind.NODES_DIFFER, 1L), findings.counts());
    }

    private void shown(long seq) {
        String id = book.make(0, "anna").id();
        Event event = new Event("den", seq, id, "anna", Text.of(id));
        events.add(event);
        book.saw(ANNA, EPOCH, event);
    }

    private List<Event> shownEvents(int count) {
        return events.subList(0, count);
    }

    private void read(List<Event> log, long head) {
        Book.Copy copy = book.copy(READER);
        copy.begin(EPOCH, 1);
        log.forEach(copy::next);
        copy.end(head);
    }
}
