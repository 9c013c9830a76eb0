package dev.assay.data.text;

import dev.assay.linalg.Matrix;
import dev.assay.work.Seeds;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A text as n-grams of characters, counted in a fixed number of places by signed hashing: each n-gram has a place and a sign that follow from
 * its characters alone, and adds its sign times 1 + ln(count). N-grams that share a place cancel on average, so that products of two texts
 * stay unbiased.
 *
 * <p>A text is normalised (NFKC), put in lower case and cut into words: runs of letters, digits and marks, and single other characters that
 * are no space. With a space before and behind, a word gives all its n-grams of 2 to 4 code points; endings, misspellings and languages
 * without spaces are then no strangers. O(length).
 *
 * @param places the places that are not 0, ascending
 * @param values their values
 */
record HashedText(int[] places, double[] values) {
    private static final int SHORTEST = 2;
    private static final int LONGEST = 4;
    private static final long START = 0xcbf29ce484222325L;
    private static final long FACTOR = 0x100000001b3L;

    /** Hashes a text into so many places. */
    static HashedText of(String text, int places) {
        Map<Long, Integer> counts = new HashMap<>();
        words(text).forEach((word, times) -> count(word, times, counts));
        // many n-grams may share a place: they are added in an order that follows from the text
        long[] grams = counts.keySet().stream().mapToLong(gram -> gram).sorted().toArray();
        Map<Integer, Double> sums = new TreeMap<>();
        for (long gram : grams) {
            double term = 1 + StrictMath.log(counts.getOrDefault(gram, 1));
            sums.merge((int) Long.remainderUnsigned(gram >>> 1, places), (gram & 1) == 0 ? term : -term, Double::sum);
        }
        sums.values().removeIf(value -> value == 0);
        return new HashedText(
                sums.keySet().stream().mapToInt(place -> place).toArray(),
                sums.values().stream().mapToDouble(value -> value).toArray());
    }

    /** The words of a text and how often each comes. */
    static Map<String, Integer> words(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        Map<String, Integer> words = new TreeMap<>();
        int from = -1;
        int next;
        for (int at = 0; at < plain.length(); at = next) {
            int character = plain.codePointAt(at);
            next = at + Character.charCount(character);
            if (isOfWord(character)) {
                from = from < 0 ? at : from;
                continue;
            }
            if (from >= 0) {
                words.merge(plain.substring(from, at), 1, Integer::sum);
                from = -1;
            }
            if (!Character.isWhitespace(character) && !Character.isSpaceChar(character)) {
                words.merge(plain.substring(at, next), 1, Integer::sum);
            }
        }
        if (from >= 0) {
            words.merge(plain.substring(from), 1, Integer::sum);
        }
        return words;
    }

    private static boolean isOfWord(int character) {
        int type = Character.getType(character);
        return Character.isLetterOrDigit(character)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static void count(String word, int times, Map<Long, Integer> counts) {
        int[] characters = (" " + word + " ").codePoints().toArray();
        for (int from = 0; from < characters.length; from++) {
            long hash = START;
            int longest = Math.min(LONGEST, characters.length - from);
            for (int length = 1; length <= longest; length++) {
                hash = (hash ^ characters[from + length - 1]) * FACTOR;
                if (length >= SHORTEST) {
                    counts.merge(Seeds.mix(hash), times, Integer::sum);
                }
            }
        }
    }

    /** The same with each value times the weight of its place, and of length 1 where it is not 0. */
    HashedText weighed(double[] weights) {
        double[] weighed = new double[values.length];
        double squares = 0;
        for (int k = 0; k < weighed.length; k++) {
            weighed[k] = values[k] * weights[places[k]];
            squares += weighed[k] * weighed[k];
        }
        double length = Math.sqrt(squares);
        for (int k = 0; k < weighed.length; k++) {
            weighed[k] /= length;
        }
        return new HashedText(places, weighed);
    }

    /** Writes it into a row of zeros. */
    void write(double[] row, int offset) {
        for (int k = 0; k < places.length; k++) {
            row[offset + places[k]] = values[k];
        }
    }

    /** Adds a factor times the product of this as a row and a matrix with a row for each place. */
    void addProduct(Matrix matrix, double factor, double[] target, int offset) {
        for (int k = 0; k < places.length; k++) {
            double value = factor * values[k];
            int from = matrix.offset(places[k]);
            for (int j = 0; j < matrix.columns(); j++) {
                target[offset + j] += value * matrix.values()[from + j];
            }
        }
    }
}
