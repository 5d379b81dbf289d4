package chat.parley.room;

import chat.parley.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one member was told of a room's log since it came in last: what it had missed or the page of its join, single events and
 * gaps, in the order they came. Earlier stays are checked as well, but not kept.
 */
final class Transcript {

    /** An event ({@code from} is {@code to}), or what a gap skipped. */
    record Step(long from, long to, boolean isGap) {}

    /** The id of the ack of a leave. */
    static final String LEAVE = "leave";

    private final List<Step> steps = new ArrayList<>();
    private final List<ServerMessage.Message> messages = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long next = -1; // the seq that has to follow; -1 while a page may start anywhere
    private long pageUpTo = -1; // the head of the ack whose page has not come; -1 for none
    private boolean isIn;

    private Transcript() {}

    /**
     * Reads what a room told, from everything that was heard.
     *
     * @param sinces the since of each join that was more than a second one, by its id; -1 for none
     */
    static Transcript of(String room, Map<String, Long> sinces, List<ServerMessage> heard) {
        Transcript told = new Transcript();
        for (ServerMessage message : heard) {
            if (message instanceof ServerMessage.Ack ack && room.equals(ack.room())) {
                if (LEAVE.equals(ack.id())) {
                    told.isIn = false;
                } else if (sinces.containsKey(String.valueOf(ack.id()))) {
                    told.joined(ack, sinces.get(String.valueOf(ack.id())));
                }
            } else if (message instanceof ServerMessage.History page && room.equals(page.room())) {
                told.page(page);
            } else if (message instanceof ServerMessage.Message event && room.equals(event.room())) {
                told.live(event);
            } else if (message instanceof ServerMessage.Gap gap && room.equals(gap.room())) {
                told.gap(gap);
            }
        }
        return told;
    }

    /** What came, in order. */
    List<Step> steps() {
        return steps;
    }

    /** The events of the steps. */
    List<ServerMessage.Message> messages() {
        return messages;
    }

    /** What must not be: a seq again, a seq too low, a hole that nobody announced, something after the leave. */
    List<String> problems() {
        return problems;
    }

    /** The seqs of the events, without the gaps. */
    List<Long> seqs() {
        return steps.stream().filter(step -> !step.isGap()).map(Step::from).toList();
    }

    /** Up to which seq the member knows the log, holes that were announced included; -1 before it knows anything. */
    long reached() {
        return next < 0 ? -1 : next - 1;
    }

    private void joined(ServerMessage.Ack ack, long since) {
        steps.clear();
        messages.clear();
        isIn = true;
        boolean recovered = Boolean.TRUE.equals(ack.recovered());
        Long head = ack.head();
        next = recovered ? since + 1 : -1;
        pageUpTo = recovered || head == null ? -1 : head;
        if (recovered && since < 0) {
            problems.add("recovered without since: " + ack);
        }
    }

    private void page(ServerMessage.History page) {
        if (pageUpTo < 0) {
            return; // an answer to a question
        }
        for (ServerMessage event : page.messages()) {
            event((ServerMessage.Message) event);
        }
        if (next >= 0 && next != pageUpTo + 1) {
            problems.add("a page up to " + (next - 1) + " behind a head of " + pageUpTo);
        }
        next = pageUpTo + 1;
        pageUpTo = -1;
    }

    private void live(ServerMessage.Message event) {
        if (pageUpTo >= 0) {
            problems.add("seq " + event.seq() + " before the page of the join");
        }
        event(event);
    }

    private void event(ServerMessage.Message event) {
        check(event.seq(), event);
        steps.add(new Step(event.seq(), event.seq(), false));
        messages.add(event);
        next = event.seq() + 1;
    }

    private void gap(ServerMessage.Gap gap) {
        check(gap.from(), gap);
        if (gap.from() > gap.to()) {
            problems.add("backwards: " + gap);
        }
        steps.add(new Step(gap.from(), gap.to(), true));
        next = gap.to() + 1;
    }

    private void check(long from, ServerMessage what) {
        if (!isIn) {
            problems.add("after the leave: " + what);
        } else if (next >= 0 && from != next) {
            problems.add(next + " was due where came " + what);
        }
    }

    @Override
    public String toString() {
        return "reached " + reached() + " by " + steps;
    }
}
