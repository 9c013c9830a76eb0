package dev.assay.io.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8CheckTest {

    /** Bytes that sit at the borders of what may follow what. */
    private static final int[] BORDERS = {
        0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee,
        0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff
    };

    @Test
    void agreesWithTheDecoderOfThePlatform() {
        Random random = new Random(3);
        int valid = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(4)];
            for (int index = 0; index < bytes.length; index++) {
                bytes[index] = (byte) BORDERS[random.nextInt(BORDERS.length)];
            }
            boolean expected = decodes(bytes);
            valid += expected ? 1 : 0;

            assertThat(accepts(bytes)).as("%s", (Object) bytes).isEqualTo(expected);
        }
        assertThat(valid).isBetween(500, 19_000);
    }

    private static boolean accepts(byte[] bytes) {
        Utf8Check check = new Utf8Check();
        for (byte value : bytes) {
            if (!check.accepts(value & 0xff)) {
                return false;
            }
        }
        return check.isComplete();
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }
}
