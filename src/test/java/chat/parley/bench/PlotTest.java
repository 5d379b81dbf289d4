package chat.parley.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The picture is well-formed, says what it shows, and puts the points where they belong. */
class PlotTest {
    private static final List<Report> BY_CONNECTIONS =
            List.of(Reports.of(10, 1, 10_000), Reports.of(100, 1, 100_000), Reports.of(1000, 1, 400_000));

    @Test
    void equalFactorsAreEqualSteps() throws Exception {
        List<double[]> points = points(Plot.of(BY_CONNECTIONS), 0);

        assertEquals(3, points.size());
        assertEquals(points.get(1)[0] - points.get(0)[0], points.get(2)[0] - points.get(1)[0], 0.15);
    }

    @Test
    void heightsAreInProportion() throws Exception {
        List<double[]> points = points(Plot.of(BY_CONNECTIONS), 0);
        double bottom = points.get(0)[1] + (points.get(0)[1] - points.get(1)[1]) / 9;

        assertEquals(40, (bottom - points.get(2)[1]) / (bottom - points.get(0)[1]), 2);
    }

    @Test
    void thereIsAPanelForTheCostOfAServerThatIsKnown() throws Exception {
        Document svg = parse(Plot.of(BY_CONNECTIONS));

        assertEquals(2, svg.getElementsByTagName("polyline").getLength());
        assertTrue(
                texts(svg).contains("microseconds of the server's processors a delivery"),
                texts(svg).toString());
    }

    @Test
    void thereIsNoneForOneThatIsNot() throws Exception {
        Tally tally = new Tally();
        tally.measuredDeliveries = 10;
        List<Report> reports = List.of(
                Reports.of(Reports.task(Reports.crowd(10, 1), new Mode.Messages(), 0), tally, 0),
                Reports.of(Reports.task(Reports.crowd(20, 1), new Mode.Messages(), 0), tally, 0));

        assertEquals(1, parse(Plot.of(reports)).getElementsByTagName("polyline").getLength());
    }

    @Test
    void itSaysWhatWasVariedAndWhatWasNot() throws Exception {
        List<String> texts = texts(parse(Plot.of(List.of(Reports.of(1000, 1, 10), Reports.of(1000, 100, 10)))));

        assertTrue(texts.contains("rooms"), texts.toString());
        assertTrue(
                texts.contains("deliveries/s (1,000 connections, 20 messages/s, 64 bytes, batch)"), texts.toString());
    }

    @Test
    void nothingDeliveredIsALineOnTheGround() throws Exception {
        String svg = Plot.of(List.of(Reports.of(10, 1, 0), Reports.of(100, 1, 0)));

        assertFalse(svg.contains("NaN"));
        assertEquals(points(svg, 0).get(0)[1], points(svg, 0).get(1)[1]);
    }

    private static List<double[]> points(String svg, int panel) throws Exception {
        Element line = (Element) parse(svg).getElementsByTagName("polyline").item(panel);
        List<double[]> points = new ArrayList<>();
        for (String point : line.getAttribute("points").split(" ")) {
            String[] xy = point.split(",");
            points.add(new double[] {Double.parseDouble(xy[0]), Double.parseDouble(xy[1])});
        }
        return points;
    }

    private static List<String> texts(Document svg) {
        NodeList nodes = svg.getElementsByTagName("text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
    }
}
