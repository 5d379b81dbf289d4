package chat.parley.bench;

import chat.parley.bench.Timetable.Stage;

/** Measures how long it takes until all have joined and have their history, when all join at the same moment. */
final class JoinStormRun {
    private JoinStormRun() {}

    static Report measure(Task task, Progress progress) throws CannotMeasure, InterruptedException {
        Filler.fill(task);
        Crew crew = new Crew(task, progress);
        Usage atStart = task.usage();
        crew.start();
        crew.awaitAll("connecting");
        double joinSeconds = (System.nanoTime() - atStart.nanos()) / 1e9;

        Usage before = task.usage();
        crew.timetable().moveTo(Stage.JOINING, System.nanoTime());
        int arrived = crew.awaitReady(Stage.JOINING, "joining");
        Span span = new Span(before, task.usage());
        return new Report(task, crew.finish(), joinSeconds, atStart, span, arrived, 0);
    }
}
