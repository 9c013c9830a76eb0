package dev.assay.app.cli;

import dev.assay.data.SyntheticFunction;
import dev.assay.data.SyntheticSample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/**
 * A table of which it is known what does not belong: the data of the demonstration.
 *
 * @param file the table, written as a user would have it
 * @param label its label column
 * @param wrong per row, whether its label is not the one that the majority's rule gives
 */
record PlantedData(Path file, String label, boolean[] wrong) {
    private static final String DIGITS = "digits/digits.csv.gz";
    private static final int SIDE = 8;
    private static final int DIGIT_VALUES = 10;
    private static final double WRONG_SHARE = 0.1;
    private static final int MAJORITY = 700;
    private static final int MINORITY = 300;

    /**
     * 1797 handwritten digits, 8 x 8 pixels each; one label in ten is replaced by another digit, all others equally likely.
     * The pixels are named by row and column, the label is {@code digit}.
     */
    static PlantedData digits(Path folder, long seed) {
        List<String> lines = new ArrayList<>();
        try (InputStream resource = PlantedData.class.getResourceAsStream(DIGITS)) {
            if (resource == null) {
                throw new IllegalStateException(DIGITS + " is missing from the jar of the command line");
            }
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.US_ASCII));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(DIGITS + " cannot be read", e);
        }
        Random random = new Random(seed);
        boolean[] wrong = new boolean[lines.size()];
        int left = (int) Math.round(WRONG_SHARE * wrong.length);
        while (left > 0) {
            int row = random.nextInt(wrong.length);
            if (!wrong[row]) {
                wrong[row] = true;
                left--;
            }
        }
        Path file = folder.resolve("digits.csv");
        write(file, out -> {
            for (int i = 0; i < SIDE * SIDE; i++) {
                out.append("pixel")
                        .append(Integer.toString(i / SIDE))
                        .append(Integer.toString(i % SIDE))
                        .append(',');
            }
            out.append("digit\n");
            for (int row = 0; row < wrong.length; row++) {
                String line = lines.get(row);
                int cut = line.lastIndexOf(',') + 1;
                int digit = Integer.parseInt(line, cut, line.length(), DIGIT_VALUES);
                int shown = wrong[row] ? (digit + 1 + random.nextInt(DIGIT_VALUES - 1)) % DIGIT_VALUES : digit;
                out.append(line, 0, cut).append(Integer.toString(shown)).append('\n');
            }
        });
        return new PlantedData(file, "digit", wrong);
    }

    /**
     * The paper's mixture in random order: 700 rows labelled by its first function of ten letters, 300 by its second. The
     * two agree on about a quarter of all letters, so a row counts as wrong where its label is not the first function's.
     */
    static PlantedData mixture(Path folder, long seed) {
        SyntheticSample sample =
                SyntheticSample.drawPaper(new int[] {MAJORITY, MINORITY}, seed).shuffled(seed);
        SyntheticFunction first = SyntheticFunction.paper(1);
        boolean[] wrong = new boolean[sample.size()];
        for (int row = 0; row < wrong.length; row++) {
            wrong[row] = first.label(sample.letters(), row * SyntheticFunction.POSITIONS) != sample.labels()[row];
        }
        Path file = folder.resolve("mixture.csv");
        write(file, sample::writeCsv);
        return new PlantedData(file, "Q10", wrong);
    }

    /** Number of wrong labels. */
    int wrongCount() {
        int count = 0;
        for (boolean each : wrong) {
            count += each ? 1 : 0;
        }
        return count;
    }

    /** What writes a file. */
    private interface Content {
        void writeTo(Writer out) throws IOException;
    }

    private static void write(Path file, Content content) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (Writer out = Files.newBufferedWriter(file)) {
                content.writeTo(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
