package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.Form;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParcelTest {

    private static final byte[] ONE = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TWO = "{\"b\":\"\u00e9\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void theSingleFormHasATextForEachObject() {
        Parcel parcel = Parcel.of(Form.SINGLE, List.of(ONE, TWO));

        assertArrayEquals(new String[] {"{\"a\":1}", "{\"b\":\"\u00e9\"}"}, parcel.strings());
        assertEquals(ONE.length + TWO.length, parcel.bytes());
    }

    @Test
    void theBatchFormIsOneArray() {
        assertArrayEquals(
                new String[] {"[{\"a\":1},{\"b\":\"\u00e9\"}]"},
                Parcel.of(Form.BATCH, List.of(ONE, TWO)).strings());
        assertArrayEquals(
                new String[] {"[{\"a\":1}]"},
                Parcel.of(Form.BATCH, List.of(ONE)).strings());
    }

    @Test
    void aRenditionIsMadeOnceForAllOfAKind() {
        Parcel parcel = Parcel.of(Form.SINGLE, List.of(ONE));
        AtomicInteger made = new AtomicInteger();

        Integer first = parcel.rendition(Integer.class, p -> made.incrementAndGet());
        Integer second = parcel.rendition(Integer.class, p -> made.incrementAndGet());

        assertSame(first, second);
        assertEquals(1, made.get());
        assertEquals("{\"a\":1}", parcel.strings()[0], "another kind makes its own");
    }

    @Test
    void aBuilderTakesWhatFitsOneBatchFrameToTheByte() {
        ParcelBuilder builder = new ParcelBuilder(Form.BATCH);
        int max = Form.BATCH.maxFrameBytes();

        assertTrue(builder.add(new byte[max - 3 - 10])); // brackets and comma
        assertFalse(builder.add(new byte[10]));
        assertTrue(builder.add(new byte[9]));

        assertTrue(
                builder.build().bytes() <= max, "a frame of " + builder.build().bytes());
    }

    @Test
    void theFirstObjectAlwaysFits() {
        ParcelBuilder builder = new ParcelBuilder(Form.SINGLE);

        assertTrue(builder.add(new byte[1_000_000]));
        assertFalse(builder.add(new byte[1]));
    }

    @Test
    void aSendHasABoundOnItsTexts() {
        ParcelBuilder builder = new ParcelBuilder(Form.SINGLE);
        int added = 0;
        while (builder.add(ONE)) {
            added++;
        }

        assertEquals(512, added);
        assertEquals(512, builder.build().size());
    }
}
