package chat.parley.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A picture of several measurements: deliveries a second, and what one costs the server, over what was varied, on a
 * logarithmic axis. SVG with its text as text. Its colours have contrast enough on white and on black, as a picture in a
 * page does not learn which of them it stands on.
 */
final class Plot {
    private static final int WIDTH = 640;
    private static final int PANEL_HEIGHT = 190;
    private static final int LEFT = 80;
    private static final int RIGHT = 24;
    private static final int TOP = 34;
    private static final int BETWEEN = 62;
    private static final int BOTTOM = 52;
    private static final int STEPS = 5;

    private static final String INK = "#7a7a7a";
    private static final String SPEED = "#2f7fd1";
    private static final String COST = "#c9601a";

    private final List<Report> reports;
    private final ToDoubleFunction<Report> varied;
    private final StringBuilder svg = new StringBuilder();

    private Plot(List<Report> reports, ToDoubleFunction<Report> varied) {
        this.reports = reports;
        this.varied = varied;
    }

    /** @param reports at least two, with different numbers of rooms or else of connections */
    static String of(List<Report> reports) {
        boolean byRooms = reports.stream()
                        .map(report -> report.task().crowd().rooms())
                        .distinct()
                        .count()
                > 1;
        Crowd first = reports.get(0).task().crowd();
        String fixed = byRooms ? count(first.connections(), "connection") : count(first.rooms(), "room");
        ToDoubleFunction<Report> varied = report -> {
            Crowd crowd = report.task().crowd();
            return byRooms ? crowd.rooms() : crowd.connections();
        };
        List<Report> ordered =
                reports.stream().sorted(Comparator.comparingDouble(varied)).toList();
        return new Plot(ordered, varied)
                .draw(
                        byRooms ? "rooms" : "connections",
                        fixed + ", " + load(reports.get(0).task()));
    }

    private String draw(String variedName, String load) {
        boolean hasCost = reports.stream().allMatch(Report::knowsServer);
        int panels = hasCost ? 2 : 1;
        int height = TOP + panels * PANEL_HEIGHT + (panels - 1) * BETWEEN + BOTTOM;
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                        + " font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"%s\">",
                WIDTH, height, WIDTH, height, INK);
        line("<title>Deliveries a second and their cost by number of %s</title>", variedName);
        line("<desc>%s</desc>", load);
        panel(TOP, "deliveries/s (" + load + ")", SPEED, Report::deliveriesPerSecond);
        if (hasCost) {
            int top = TOP + PANEL_HEIGHT + BETWEEN;
            panel(top, "microseconds of the server's processors a delivery", COST, Report::serverMicrosPerDelivery);
        }
        text((LEFT + WIDTH - RIGHT) / 2.0, height - 12, "middle", variedName);
        line("</svg>");
        return svg.toString();
    }

    private void panel(int top, String title, String colour, ToDoubleFunction<Report> value) {
        int bottom = top + PANEL_HEIGHT;
        double step = step(reports.stream().mapToDouble(value).max().orElse(0));
        text(LEFT, top - 14, "start", title);
        for (int i = 0; i <= STEPS; i++) {
            double y = bottom - (double) i / STEPS * PANEL_HEIGHT;
            line(
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\" stroke-opacity=\"%s\"/>",
                    LEFT, y, WIDTH - RIGHT, y, INK, i == 0 ? "1" : "0.35");
            text(LEFT - 8, y + 4, "end", number(i * step));
        }
        ToDoubleFunction<Report> height =
                report -> bottom - value.applyAsDouble(report) / (step * STEPS) * PANEL_HEIGHT;
        line(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
                reports.stream()
                        .map(report -> String.format(Locale.ROOT, "%.1f,%.1f", x(report), height.applyAsDouble(report)))
                        .collect(Collectors.joining(" ")),
                colour);
        double before = height.applyAsDouble(reports.get(0));
        for (Report report : reports) {
            double x = x(report);
            double y = height.applyAsDouble(report);
            line("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>", x, y, colour);
            line("<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\"/>", x, bottom, x, bottom + 5, INK);
            text(x, bottom + 19, "middle", number(varied.applyAsDouble(report)));
            // On the side that the line does not come from.
            boolean rises = y < before;
            text(x + (rises ? 8 : -8), y - 9, rises ? "end" : "start", number(value.applyAsDouble(report)));
            before = y;
        }
    }

    private double x(Report report) {
        double least = Math.log10(reports.stream().mapToDouble(varied).min().orElse(1));
        double most = Math.log10(reports.stream().mapToDouble(varied).max().orElse(10));
        double share = most > least ? (Math.log10(varied.applyAsDouble(report)) - least) / (most - least) : 0.5;
        double margin = 24;
        return LEFT + margin + share * (WIDTH - LEFT - RIGHT - 2 * margin);
    }

    /** A round number of which {@link #STEPS} reach the highest value. */
    private static double step(double highest) {
        if (highest <= 0) {
            return 1;
        }
        double magnitude = Math.pow(10, Math.floor(Math.log10(highest / STEPS)));
        for (double round : new double[] {1, 2, 2.5, 5}) {
            if (round * magnitude * STEPS >= highest) {
                return round * magnitude;
            }
        }
        return 10 * magnitude;
    }

    private void text(double x, double y, String anchor, String words) {
        line("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, words);
    }

    private void line(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String load(Task task) {
        Traffic traffic = task.traffic();
        String pace = traffic.window() > 0 ? "window " + traffic.window() : number(traffic.rate()) + " messages/s";
        return pace + ", " + traffic.size() + " bytes, " + (task.crowd().isBatch() ? "batch" : "single");
    }

    private static String count(int number, String what) {
        return number(number) + " " + what + (number == 1 ? "" : "s");
    }

    private static String number(double value) {
        if (value >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
