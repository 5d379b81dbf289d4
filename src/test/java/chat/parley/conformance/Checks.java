package chat.parley.conformance;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All checks there are, in the order of the table. Those that wear the server out come last, the worst at the end. */
final class Checks {

    static final List<Check> ALL = distinct(Stream.of(
                    PatienceChecks.all(), // the longest first: others go on while these wait
                    HandshakeChecks.all(),
                    FrameChecks.all(),
                    GuestChecks.all(),
                    SessionChecks.all(),
                    TokenChecks.all(),
                    RequestChecks.all(),
                    MessageChecks.all(),
                    RefusalChecks.all(),
                    HistoryChecks.all(),
                    ResumeChecks.all(),
                    TextChecks.all(),
                    NameChecks.all(),
                    PresenceChecks.all(),
                    AccountChecks.all(),
                    ApiChecks.all(),
                    AdminChecks.all(),
                    PageChecks.all(),
                    PrincipalChecks.all(),
                    CrowdChecks.all(),
                    StallChecks.all(),
                    RestartChecks.all(),
                    CapacityChecks.all())
            .flatMap(List::stream)
            .toList());

    private Checks() {}

    private static List<Check> distinct(List<Check> all) {
        Set<String> names = new HashSet<>();
        for (Check check : all) {
            if (!names.add(check.name())) {
                throw new IllegalStateException("two checks are called " + check.name());
            }
        }
        return all;
    }
}
