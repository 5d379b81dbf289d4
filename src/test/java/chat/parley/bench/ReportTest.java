package chat.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a run, to people and to programs. */
class ReportTest {

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(tally -> tally.lost = 2000, "2,000 lost"),
                fault(tally -> tally.doubled = 1, "1 doubled"),
                fault(tally -> tally.outOfOrder = 1, "1 out of order"),
                fault(tally -> tally.differing = 1, "1 differing"),
                fault(tally -> tally.unanswered = 3, "3 unanswered"),
                fault(tally -> tally.malformed.put("a frame that is no array", 4L), "4 malformed"),
                fault(tally -> tally.closes.put(1006, 5L), "5 disconnected"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyBrokenPromiseIsNamed(Consumer<Tally> fault, String verdict) {
        Report report = Reports.of(10, 1, 2000);
        fault.accept(report.tally());

        assertTrue(report.isWrong());
        assertEquals("WRONG: " + verdict, Verdict.of(report));
    }

    @Test
    void membersWhoNeverGotThereAreWrong() {
        Report whole = Reports.of(10, 1, 2000);
        Report report = new Report(whole.task(), whole.tally(), 1, whole.atStart(), whole.span(), 8, 0);

        assertTrue(report.isWrong());
        assertEquals("WRONG: 2 not there in the end", Verdict.of(report));
    }

    @Test
    void aServerThatRefusedEverythingIsNotFine() {
        Report report = Reports.of(10, 1, 2000);
        report.tally().acks = 0;
        report.tally().errors.put("unavailable", 200L);

        assertTrue(report.isWrong());
        assertEquals("WRONG: nothing was acknowledged", Verdict.of(report));
    }

    @Test
    void gapsErrorsAndStalledMembersAreNoBrokenPromise() {
        Report report = Reports.of(10, 1, 2000);
        report.tally().gaps = 3;
        report.tally().skipped = 300;
        report.tally().stalledCut = 1;
        report.tally().errors.put("busy", 7L);

        assertFalse(report.isWrong());
        assertEquals("fine", Verdict.of(report));
    }

    @Test
    void theTableSaysWhatACloseCodeMeans() {
        Report report = Reports.of(10, 1, 2000);
        report.tally().closes.put(4513, 2L);
        report.tally().closes.put(1006, 1L);
        report.tally().closes.put(4999, 1L);

        assertTrue(
                ReportTable.of(report).contains("closes        1006 cut: 1, 4513 too slow: 2, 4999: 1"),
                ReportTable.of(report));
    }

    @Test
    void theTableComputesFromWhatWasMeasured() {
        String table = ReportTable.of(Reports.of(10, 1, 2000));

        assertTrue(table.contains("deliveries/s  200  "), table);
        assertTrue(table.contains("messages/s    20"), table);
        assertTrue(table.contains("generator     0.10 cores  500.000 us a delivery"), table);
        assertTrue(
                table.contains(
                        "server        0.00 cores  2.000 us a delivery  200.0 MB resident  +10240.0 KB a connection"),
                table);
    }

    @Test
    void aServerElsewhereIsUnknownAndNotZero() {
        Task task = Reports.task(Reports.crowd(10, 1), new Mode.Messages(), 0);
        Report report = Reports.of(task, new Tally(), 0);

        assertTrue(ReportTable.of(report).contains("server        unknown (not on this machine)"));
        assertFalse(json(report).containsKey("serverCores"));
        assertTrue(SummaryTable.of(List.of(report, report)).contains("unknown"));
    }

    @Test
    void aServerThatLimitsIsAHint() {
        Report report = Reports.of(10, 1, 2000);
        report.tally().errors.put("rate_limited", 1L);

        assertTrue(ReportTable.of(report).contains("parley.limits.messages-per-second=0"));
    }

    @Test
    void jsonIsOneLineWithTheSameFigures() {
        Report report = Reports.of(10, 1, 2000);
        report.tally().malformed.put("a \"quoted\" \\ thing", 1L);
        report.tally().countLatency(3_000_000);

        assertEquals(1, ReportJson.of(report).lines().count());
        JsonObject json = json(report);
        assertEquals(200, json.getJsonNumber("deliveriesPerSecond").doubleValue());
        assertEquals(2, json.getJsonNumber("serverMicrosPerDelivery").doubleValue());
        assertEquals(3, json.getJsonNumber("maxMillis").doubleValue(), 0.01);
        assertEquals(1, json.getJsonObject("malformed").getInt("a \"quoted\" \\ thing"));
        assertTrue(json.getBoolean("wrong"));
    }

    @Test
    void whatTakesLongerThanAnHourCountsAsAnHour() {
        Tally tally = new Tally();

        tally.countLatency(Long.MAX_VALUE);

        assertEquals(3600e9, tally.latency.getMaxValue(), 3600e9 / 500);
    }

    private static Arguments fault(Consumer<Tally> fault, String verdict) {
        return Arguments.of(fault, verdict);
    }

    private static JsonObject json(Report report) {
        return Json.createReader(new StringReader(ReportJson.of(report))).readObject();
    }
}
