package chat.parley.bench;

import chat.parley.protocol.Form;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/** Reports made by hand. */
final class Reports {
    private Reports() {}

    static Task task(Crowd crowd, Mode mode, long pid) {
        Peer peer =
                new Peer(URI.create("ws://192.0.2.1:8080/chat"), new InetSocketAddress("192.0.2.1", 8080), pid, null);
        return new Task(peer, crowd, new Traffic(64, 20, 0, 10, 5), mode);
    }

    static Crowd crowd(int connections, int rooms) {
        return new Crowd(connections, 0, rooms, Form.BATCH, 2000, 1);
    }

    /** Of ten seconds in which so many deliveries came; the server's process is known and took 2 us for each. */
    static Report of(int connections, int rooms, long deliveries) {
        Tally tally = new Tally();
        tally.sent = 200;
        tally.acks = 200;
        tally.deliveries = deliveries;
        tally.measuredDeliveries = deliveries;
        tally.measuredMessages = 200;
        return of(task(crowd(connections, rooms), new Mode.Messages(), 42), tally, deliveries * 2000);
    }

    static Report of(Task task, Tally tally, long serverNanos) {
        Usage before = usage(0, 0, 0, 100 << 20);
        Usage after = usage(10_000_000_000L, 1_000_000_000, serverNanos, 200 << 20);
        return new Report(
                task, tally, 0.5, before, new Span(before, after), task.crowd().sockets(), 0);
    }

    private static Usage usage(long nanos, long ownCpu, long serverCpu, long serverBytes) {
        return new Usage(nanos, ownCpu, List.of(new Usage.Server(serverCpu, serverBytes)));
    }
}
