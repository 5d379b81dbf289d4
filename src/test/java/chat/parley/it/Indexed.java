package chat.parley.it;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** A picture with few colours, of one that has many: a third of the bytes. */
final class Indexed {

    private static final int COLOURS = 64;

    /** Squares of the differences of red, green and blue, summed. */
    private static final int ALIKE = 300;

    private Indexed() {}

    static byte[] png(byte[] png) throws IOException {
        BufferedImage from = ImageIO.read(new ByteArrayInputStream(png));
        int width = from.getWidth();
        int[] pixels = from.getRGB(0, 0, width, from.getHeight(), null, 0, width);
        Map<Integer, Long> counts = Arrays.stream(pixels)
                .boxed()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        int[] colours = palette(counts);
        Map<Integer, Integer> places =
                counts.keySet().stream().collect(Collectors.toMap(Function.identity(), each -> nearest(colours, each)));
        IndexColorModel model = new IndexColorModel(8, colours.length, colours, 0, false, -1, 0);
        BufferedImage to = new BufferedImage(width, from.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
        for (int i = 0; i < pixels.length; i++) {
            to.getRaster().setSample(i % width, i / width, 0, places.get(pixels[i]));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(to, "png", bytes);
        return bytes.toByteArray();
    }

    /** The most frequent, but none that looks like one there is already: a small dot keeps its colour. */
    private static int[] palette(Map<Integer, Long> counts) {
        int[] palette = new int[0];
        Iterator<Integer> frequent = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .iterator();
        while (frequent.hasNext() && palette.length < COLOURS) {
            int colour = frequent.next();
            if (palette.length == 0 || distance(palette[nearest(palette, colour)], colour) > ALIKE) {
                palette = Arrays.copyOf(palette, palette.length + 1);
                palette[palette.length - 1] = colour;
            }
        }
        return palette;
    }

    private static int nearest(int[] colours, int colour) {
        int nearest = 0;
        for (int i = 1; i < colours.length; i++) {
            if (distance(colours[i], colour) < distance(colours[nearest], colour)) {
                nearest = i;
            }
        }
        return nearest;
    }

    private static int distance(int one, int other) {
        int sum = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int difference = (one >> shift & 255) - (other >> shift & 255);
            sum += difference * difference;
        }
        return sum;
    }
}
