package dev.assay.bench.rival;

import dev.assay.linalg.Matrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How many rows of each given class are of each true class, as confident learning estimates it. A row counts for the class
 * that it is confident of: where its probability reaches the mean that the rows labelled so give it; for the most probable
 * class of all where it is confident of several, for none where it is of none. The counts of a given class are then scaled
 * to its rows.
 *
 * @param counts C x C, the given class by row, the true class by column; each row adds up to the rows that are labelled so
 */
record ConfidentJoint(int[][] counts) {
    private static final double TOLERANCE = 1e-6;

    /**
     * Counts.
     *
     * @param probabilities n x C, by models that did not see the row
     * @param codes the given class of each row
     */
    static ConfidentJoint of(Matrix probabilities, int[] codes) {
        int classes = probabilities.columns();
        int[] sizes = new int[classes];
        double[] thresholds = new double[classes];
        for (int i = 0; i < codes.length; i++) {
            sizes[codes[i]]++;
            thresholds[codes[i]] += probabilities.get(i, codes[i]);
        }
        for (int c = 0; c < classes; c++) {
            thresholds[c] = sizes[c] == 0 ? Double.POSITIVE_INFINITY : thresholds[c] / sizes[c];
        }
        int[][] confident = new int[classes][classes];
        for (int i = 0; i < codes.length; i++) {
            int sure = confidentClass(probabilities, i, thresholds);
            if (sure >= 0) {
                confident[codes[i]][sure]++;
            }
        }
        int[][] counts = new int[classes][];
        for (int given = 0; given < classes; given++) {
            // every class has at least one row that is labelled rightly
            confident[given][given] = Math.max(1, confident[given][given]);
            counts[given] = scaled(confident[given], sizes[given]);
            keepOne(counts[given], given);
        }
        return new ConfidentJoint(counts);
    }

    /** The most probable class; the first one on a tie. */
    static int likeliest(Matrix probabilities, int row) {
        int best = 0;
        for (int c = 1; c < probabilities.columns(); c++) {
            best = probabilities.get(row, c) > probabilities.get(row, best) ? c : best;
        }
        return best;
    }

    private static int confidentClass(Matrix probabilities, int row, double[] thresholds) {
        int[] confident = IntStream.range(0, thresholds.length)
                .filter(c -> probabilities.get(row, c) >= thresholds[c] - TOLERANCE)
                .toArray();
        return switch (confident.length) {
            case 0 -> -1;
            case 1 -> confident[0];
            default -> likeliest(probabilities, row);
        };
    }

    /** Whole numbers in the given proportions that add up to {@code total}. */
    private static int[] scaled(int[] counts, int total) {
        double factor = total / (double) IntStream.of(counts).sum();
        int[] result = Arrays.stream(counts)
                .map(count -> (int) Math.rint(count * factor))
                .toArray();
        int missing = total - IntStream.of(result).sum();
        int step = Integer.signum(missing);
        // those change that rounding wronged most
        IntStream.range(0, counts.length)
                .boxed()
                .sorted((a, b) -> Double.compare(
                        step * (counts[b] * factor - result[b]), step * (counts[a] * factor - result[a])))
                .limit(Math.abs(missing))
                .forEach(c -> result[c] += step);
        return result;
    }

    private static void keepOne(int[] counts, int given) {
        int most = 0;
        for (int c = 1; c < counts.length; c++) {
            most = counts[c] > counts[most] ? c : most;
        }
        if (counts[given] == 0 && counts[most] > 0) {
            counts[most]--;
            counts[given]++;
        }
    }
}
