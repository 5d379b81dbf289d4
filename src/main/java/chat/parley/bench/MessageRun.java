package chat.parley.bench;

import chat.parley.bench.Timetable.Stage;
import java.util.concurrent.TimeUnit;

/** Measures messages, or what connections cost while nobody says anything. */
final class MessageRun {
    private MessageRun() {}

    static Report measure(Task task, Progress progress) throws CannotMeasure, InterruptedException {
        Traffic traffic = task.traffic();
        Crew crew = new Crew(task, progress);
        Usage atStart = task.usage();
        crew.start();
        int ready = crew.awaitReady(Stage.CONNECTING, "connecting");
        if (ready < task.crowd().sockets()) {
            throw new CannotMeasure("%d of %d had joined, and then nobody for 10 s"
                    .formatted(ready, task.crowd().sockets()));
        }
        double joinSeconds = (System.nanoTime() - atStart.nanos()) / 1e9;

        long begin = System.nanoTime();
        long from = begin + TimeUnit.SECONDS.toNanos(traffic.warmup());
        crew.timetable().measure(from, from + TimeUnit.SECONDS.toNanos(traffic.seconds()));
        crew.timetable().moveTo(Stage.SENDING, begin);
        Span span = crew.measure(begin);
        return new Report(task, crew.finish(), joinSeconds, atStart, span, ready, 0);
    }
}
