package dev.assay.app.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Small files that a first run of Assay might be given, some of it meant to do harm. */
final class SampleFiles {
    /** A column name, a label and a cell: a page that took it for HTML would run it. */
    static final String HOSTILE = "<img src=x onerror=alert(1)>";

    /** A cell that a spreadsheet would compute. */
    static final String FORMULA = "=1+1";

    private static final int SIDE = 8;
    private static final int FEATURES = 4;
    private static final double WRONG = 0.05;

    private SampleFiles() {}

    /**
     * Two devices that label by different rules, and some wrong labels. Columns: x0 to x3, where, which differs between the
     * devices, a category, one with a hostile name and hostile texts, the device, and y with the labels "fine" and
     * {@link #HOSTILE}.
     */
    static Path table(Path file, int rows, long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("x0,x1,x2,x3,where,colour," + HOSTILE + ",device,y\n");
        for (int i = 0; i < rows; i++) {
            boolean second = random.nextDouble() < 0.4;
            double[] x = new double[FEATURES];
            double sum = 0;
            for (int j = 0; j < FEATURES; j++) {
                x[j] = random.nextGaussian();
                sum += (second && j % 2 == 0 ? -2 : 2) * x[j];
            }
            boolean label = sum > 0;
            if (random.nextDouble() < WRONG) {
                label = !label;
            }
            text.append(String.format(
                    Locale.ROOT,
                    "%.4f,%.4f,%.4f,%.4f,%.4f,%s,%s,%s,%s%n",
                    x[0],
                    x[1],
                    x[2],
                    x[3],
                    random.nextGaussian() + (second ? 5 : 0),
                    List.of("red", "blue", "green").get(random.nextInt(3)),
                    List.of(HOSTILE, FORMULA, "plain").get(random.nextInt(3)),
                    second ? "B" : "A",
                    label ? HOSTILE : "fine"));
        }
        return Files.writeString(file, text.toString().replace("\r\n", "\n"));
    }

    /** Pictures of a bright upper or lower half, as an IDX file of 8 x 8 pixels. */
    static Path pictures(Path file, int count, long seed) throws IOException {
        Random random = new Random(seed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(16)
                .putInt(0x0803)
                .putInt(count)
                .putInt(SIDE)
                .putInt(SIDE)
                .array());
        for (int i = 0; i < count; i++) {
            for (int row = 0; row < SIDE; row++) {
                for (int column = 0; column < SIDE; column++) {
                    boolean bright = row < SIDE / 2 == (i % 2 == 0);
                    out.write(Math.min(255, (bright ? 150 : 20) + random.nextInt(80)));
                }
            }
        }
        return Files.write(file, out.toByteArray());
    }

    /** The labels of {@link #pictures}, 0 for a bright upper half; every twelfth one is wrong. */
    static Path labelsOfPictures(Path file, int count) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(8 + count).putInt(0x0801).putInt(count);
        for (int i = 0; i < count; i++) {
            int label = i % 2;
            out.put((byte) (i % 12 == 5 ? 1 - label : label));
        }
        return Files.write(file, out.array());
    }

    /** The lines of a text file. */
    static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.UTF_8);
    }
}
