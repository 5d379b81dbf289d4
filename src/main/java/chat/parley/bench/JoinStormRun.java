package chat.parley.bench;

import chat.parley.bench.Timetable.Stage;

/** Measures how long it takes until all have joined and have their history, when all join at the same moment. */
final class JoinStormRun {
    private JoinStormRun() {}

    static Report measure(Task task, Progress progress) throws CannotMeasure, InterruptedException {
        Filler.fill(task);
        Crew crew = new Crew(task, progress);
        Usage atStart = Usage.now(task.peer().pid());
        crew.start();
        crew.awaitAll("connecting");
        double joinSeconds = (System.nanoTime() - atStart.nanos()) / 1e9;

        Usage before = Usage.now(task.peer().pid());
        crew.timetable().moveTo(Stage.JOINING, System.nanoTime());
        int arrived = crew.awaitReady(Stage.JOINING, "joining");
        Span span = new Span(before, Usage.now(task.peer().pid()));
        return new Report(task, crew.finish(), joinSeconds, atStart, span, arrived, 0);
    }
}
