package chat.parley.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures a server under many members, who check every single delivery: what {@code parley bench} does. The result
 * goes to one stream, and to the other where the run is.
 */
public final class Bench {
    private final Options options;
    private final String serverClass;
    private final PrintStream out;
    private final Progress progress;

    /**
     * One or several measurements, as the options say.
     *
     * @param serverClass started in a process of its own, with the class path of this one, when there is no URL; it
     *     has to end when its standard input does
     * @param isTerminal whether a person looks at {@code err}
     */
    public Bench(Options options, String serverClass, PrintStream out, PrintStream err, boolean isTerminal) {
        this.options = options;
        this.serverClass = serverClass;
        this.out = out;
        this.progress = isTerminal ? new BarProgress(err) : new LineProgress(err);
    }

    /**
     * Measures and prints; returns whether the server kept all its promises.
     *
     * @throws CannotMeasure with one line for the person who started it
     */
    public boolean run() throws CannotMeasure, InterruptedException {
        for (Crowd crowd : options.crowds()) {
            FileLimit.check(crowd);
        }
        List<Report> reports = new ArrayList<>();
        try {
            for (Crowd crowd : options.crowds()) {
                if (options.crowds().size() > 1) {
                    progress.say("connections: %d, rooms: %d".formatted(crowd.connections(), crowd.rooms()));
                }
                Report report = measure(crowd);
                reports.add(report);
                print(report);
            }
        } finally {
            progress.end();
            summarize(reports);
        }
        plot(reports);
        return reports.stream().noneMatch(Report::isWrong);
    }

    private void print(Report report) {
        if (options.json()) {
            out.print(ReportJson.of(report));
        } else if (options.crowds().size() == 1) {
            out.print(ReportTable.of(report));
        }
        out.flush();
    }

    /** Also when the last of several came to nothing: the others were measured. */
    private void summarize(List<Report> reports) {
        if (options.crowds().size() > 1 && !options.json() && !reports.isEmpty()) {
            out.print(SummaryTable.of(reports));
            out.flush();
        }
    }

    private Report measure(Crowd crowd) throws CannotMeasure, InterruptedException {
        Target target = options.target();
        if (!target.isOwn()) {
            List<Peer> peers = new ArrayList<>();
            for (URI url : target.urls()) {
                peers.add(Peer.find(url, target.pid()));
            }
            return measure(crowd, peers);
        }
        progress.say("starting a server of its own");
        try (OwnServer own = OwnServer.start(serverClass, target)) {
            progress.say(String.format(
                    Locale.ROOT,
                    "measuring it at %s; it accepted a connection %.2f s after the start of its process and served"
                            + " it after %.2f s; started by: %s",
                    own.url(),
                    own.startSeconds(),
                    own.serveSeconds(),
                    own.command()));
            Report report = measure(crowd, List.of(Peer.of(own)));
            Path log = own.keepLog();
            if (log != null) {
                progress.say("the server logged something: " + log);
            }
            return report;
        }
    }

    private Report measure(Crowd crowd, List<Peer> peers) throws CannotMeasure, InterruptedException {
        Task task = new Task(peers, options.target().oneSends(), crowd, options.traffic(), options.mode());
        OwnServer own = task.peer().own();
        if (options.mode() instanceof Mode.JoinStorm) {
            return JoinStormRun.measure(task, progress);
        }
        if (options.mode() instanceof Mode.Restart restart && own != null) {
            return RestartRun.measure(task, own, restart, progress);
        }
        return MessageRun.measure(task, progress);
    }

    private void plot(List<Report> reports) throws CannotMeasure {
        Path file = options.plot();
        if (file != null) {
            try {
                Files.writeString(file, Plot.of(reports));
            } catch (IOException e) {
                throw new CannotMeasure("--plot cannot write " + file + ": " + e);
            }
        }
    }
}
