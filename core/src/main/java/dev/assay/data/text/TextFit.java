package dev.assay.data.text;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.PrincipalDirections;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Fits {@link TextFeatures}. */
final class TextFit {
    /** Places that n-grams are hashed into: products of places with one another are decomposed. */
    static final int PLACES = 2000;
    /** Texts that stand for all. */
    static final int TEXTS = 4000;
    /** Features of a text: up to five classes of them keep influences exact. */
    private static final int DIRECTIONS = 200;

    private static final double NO_VARIANCE = 1e-12;

    private TextFit() {}

    static TextFeatures of(Collection<String> texts) {
        List<String> some = sample(texts);
        List<HashedText> hashed =
                some.stream().map(text -> HashedText.of(text, PLACES)).toList();
        double[] frequencies = frequencies(hashed);
        Matrix seen = new Matrix(some.size(), PLACES);
        for (int t = 0; t < some.size(); t++) {
            hashed.get(t).weighed(frequencies).write(seen.values(), seen.offset(t));
        }
        double[] center = centre(seen);
        if (!(meanSquare(seen) > NO_VARIANCE)) {
            return new TextFeatures(frequencies, new Matrix(PLACES, 0), new double[0], List.of());
        }
        // one thread: there is little to be done, and the encoding is fitted before there are any
        try (Workers alone = Workers.of(1)) {
            Matrix rows = PrincipalDirections.of(seen, DIRECTIONS, alone);
            double scale = Math.sqrt(meanSquare(Dense.multiplyTransposed(seen, rows, alone)));
            turn(rows, scale);
            Matrix directions = rows.transpose();
            double[] means = Dense.multiply(rows, center);
            return new TextFeatures(frequencies, directions, means, NamingWords.of(some, frequencies, directions));
        }
    }

    /** Each different text once, in their natural order; of many those whose hash is smallest. */
    private static List<String> sample(Collection<String> texts) {
        TreeSet<String> different = new TreeSet<>(texts);
        if (different.size() <= TEXTS) {
            return List.copyOf(different);
        }
        return different.stream()
                .sorted(Comparator.comparingLong(TextFit::hash))
                .limit(TEXTS)
                .sorted()
                .toList();
    }

    private static long hash(String text) {
        long hash = text.length();
        for (int k = 0; k < text.length(); k++) {
            hash = Seeds.mix(hash ^ text.charAt(k));
        }
        return hash;
    }

    private static double[] frequencies(List<HashedText> texts) {
        int[] counts = new int[PLACES];
        texts.forEach(text -> Arrays.stream(text.places()).forEach(place -> counts[place]++));
        double[] result = new double[PLACES];
        Arrays.setAll(result, place -> StrictMath.log((1.0 + texts.size()) / (1 + counts[place])) + 1);
        return result;
    }

    /** Takes the mean of each column from it, and returns these. */
    private static double[] centre(Matrix x) {
        double[] mean = new double[x.columns()];
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += x.get(i, j) / x.rows();
            }
        }
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < mean.length; j++) {
                x.set(i, j, x.get(i, j) - mean[j]);
            }
        }
        return mean;
    }

    private static double meanSquare(Matrix x) {
        double squares = 0;
        for (double value : x.values()) {
            squares += value * value;
        }
        return squares / x.values().length;
    }

    /** Divides all by one number. An eigenvector has no sign of its own: the largest of its entries becomes positive. */
    private static void turn(Matrix rows, double scale) {
        for (int k = 0; k < rows.rows(); k++) {
            double largest = 0;
            for (int j = 0; j < rows.columns(); j++) {
                largest = Math.abs(rows.get(k, j)) > Math.abs(largest) ? rows.get(k, j) : largest;
            }
            for (int j = 0; j < rows.columns(); j++) {
                rows.set(k, j, rows.get(k, j) / (largest < 0 ? -scale : scale));
            }
        }
    }
}
