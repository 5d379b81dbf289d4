package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.protocol.CloseCode;
import chat.parley.relay.Ledger;
import chat.parley.room.Outlet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which connections of a user are closed for what they have on other servers; at most three are allowed. */
class UserConnectionsTest {

    /** What each server says it has of the one user there is. */
    private final Map<String, Integer> said = new HashMap<>();

    private final List<Runnable> later = new ArrayList<>();

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            assertEquals(Ledger.FORGETS.toMillis(), unit.toMillis(delay));
            later.add(task);
            return super.schedule(() -> {}, 0, TimeUnit.MILLISECONDS);
        }
    };

    private final Server one = new Server("one");
    private final Server two = new Server("two");

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    @Test
    void whoComesBackFromAServerThatDiedStays() {
        said.put("dead", 2);
        one.open("a");
        one.open("b");
        assertEquals(List.of(), one.closed);

        said.remove("dead");
        askAgain();

        assertEquals(List.of(), one.closed);
        assertEquals(2, said.get("one"));
    }

    @Test
    void whatIsStillTooManyIsClosedAndNoMore() {
        said.put("far", 2);
        one.open("a");
        one.open("b");
        one.open("c");

        askAgain();

        assertEquals(List.of("b 4410", "c 4410"), one.closed);
        assertEquals(1, said.get("one"));
    }

    @Test
    void ofTwoTheNewerIsClosedWhenThereIsRoomForOne() {
        said.put("far", 3);
        one.open("a");
        one.open("b");

        said.put("far", 2);
        askAgain();

        assertEquals(List.of("b 4410"), one.closed);
        assertEquals(1, said.get("one"));
    }

    @Test
    void ofTwoOnTwoServersThatAskAtOnceOneStays() {
        said.put("far", 3);
        one.open("a");
        two.open("b");
        said.put("far", 2);

        one.isSilent = true;
        askAgain();
        one.answer();

        assertEquals(1, one.closed.size() + two.closed.size());
        assertEquals(1, said.getOrDefault("one", 0) + said.getOrDefault("two", 0));
    }

    @Test
    void whatEndsByItselfIsNotAskedAboutAgain() {
        said.put("far", 3);
        Tab a = one.open("a");
        one.users.closed("user", a);

        askAgain();

        assertEquals(List.of(), one.closed);
        assertEquals(0, said.get("one"));
    }

    @Test
    void whatEndsBeforeItIsKnownToBeTooManyIsForgotten() {
        one.open("a");
        said.put("far", 3);
        one.isSilent = true;
        Tab b = one.open("b");
        one.users.closed("user", b);
        one.answer();

        askAgain();

        assertEquals(List.of(), one.closed);
        assertEquals(1, said.get("one"));
    }

    @Test
    void withoutOthersNobodyIsAsked() {
        one.isAlone = true;
        UserConnections alone = new UserConnections(3, one, scheduler);

        alone.opened("user", new Tab(one, "a"));

        assertEquals(Map.of(), said);
    }

    private void askAgain() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    /** A connection that ends as soon as it is to. */
    private record Tab(Server server, String name) implements Outlet.Owner {

        @Override
        public void failed(CloseCode code, String why) {
            server.closed.add(name + " " + code.code());
            server.users.closed("user", this);
        }

        @Override
        public void broken(Throwable cause) {
            throw new AssertionError(cause);
        }
    }

    private final class Server implements Ledger {

        private final String name;
        private final List<String> closed = new ArrayList<>();
        private final List<Runnable> unanswered = new ArrayList<>();
        private final UserConnections users;
        private boolean isSilent;
        private boolean isAlone;

        Server(String name) {
            this.name = name;
            this.users = new UserConnections(3, this, scheduler);
        }

        Tab open(String tab) {
            Tab made = new Tab(this, tab);
            users.opened("user", made);
            return made;
        }

        void answer() {
            isSilent = false;
            List.copyOf(unanswered).forEach(Runnable::run);
        }

        @Override
        public boolean isAlone() {
            return isAlone;
        }

        @Override
        public CompletionStage<Integer> connections(String user, int here) {
            said.put(name, here);
            int all = said.values().stream().mapToInt(Integer::intValue).sum();
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            if (isSilent) {
                unanswered.add(() -> answer.complete(all));
            } else {
                answer.complete(all);
            }
            return answer;
        }

        @Override
        public CompletionStage<Long> spent(
                String what, String user, long tokens, Duration ago, Duration token, long most) {
            return CompletableFuture.completedStage(0L);
        }
    }
}
