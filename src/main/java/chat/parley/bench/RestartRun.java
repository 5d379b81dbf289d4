package chat.parley.bench;

import chat.parley.bench.Timetable.Stage;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long it takes until all are back and miss nothing, when the server ends while messages flow and is
 * started again; and then that messages flow as before.
 */
final class RestartRun {
    private RestartRun() {}

    /** @param own the server of the task */
    static Report measure(Task task, OwnServer own, Mode.Restart restart, Progress progress)
            throws CannotMeasure, InterruptedException {
        Traffic traffic = task.traffic();
        Crew crew = new Crew(task, progress);
        Usage atStart = task.usage();
        crew.start();
        crew.awaitAll("connecting");
        double joinSeconds = (System.nanoTime() - atStart.nanos()) / 1e9;

        long begin = System.nanoTime();
        crew.timetable().moveTo(Stage.SENDING, begin);
        crew.sleepUntil(begin + TimeUnit.SECONDS.toNanos(traffic.warmup()));

        crew.timetable().moveTo(Stage.BREAKING);
        long end = System.nanoTime();
        progress.say(restart.killed() ? "killing the server" : "telling the server to end");
        own.end(restart.killed());
        crew.awaitCut();
        own.restart();
        long there = System.nanoTime();
        progress.say("it is there again");
        crew.timetable().moveTo(Stage.RETURNING, there);
        int arrived = crew.awaitReady(Stage.RETURNING, "coming back");

        long from = System.nanoTime();
        crew.timetable().measure(from, from + TimeUnit.SECONDS.toNanos(traffic.seconds()));
        crew.timetable().moveTo(Stage.SENDING);
        Span span = crew.measure(from);
        return new Report(task, crew.finish(), joinSeconds, atStart, span, arrived, (there - end) / 1e9);
    }
}
