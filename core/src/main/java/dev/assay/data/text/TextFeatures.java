package dev.assay.data.text;

import dev.assay.linalg.Matrix;
import java.util.Collection;
import java.util.List;

/**
 * How a text becomes a few numbers (latent semantic analysis).
 *
 * <p>With h(t) the hashed n-grams of text t and f_j the inverse document frequency of place j, u(t) = f * h(t) / |f *
 * h(t)|, and u(t) = 0 for a text without any character that counts. The features are (u(t) - mean u) P, where the r columns of P are the
 * leading principal directions of the centred u, all divided by one number, so that the features have variance 1 on average: distances
 * between texts are kept but for what the directions leave out.
 *
 * @param frequencies f, inverse document frequencies: ln((1 + texts) / (1 + texts with an n-gram in that place)) + 1
 * @param directions P, places x r
 * @param means (mean u)' P, of each feature
 * @param words for each feature, frequent words that raise it the most
 */
public record TextFeatures(double[] frequencies, Matrix directions, double[] means, List<String> words) {

    /** Copies the list. */
    public TextFeatures {
        words = List.copyOf(words);
        if (directions.rows() != frequencies.length
                || directions.columns() != means.length
                || means.length != words.size()) {
            throw new IllegalArgumentException("texts have " + frequencies.length + " frequencies, "
                    + directions.rows() + " x " + directions.columns() + " directions, " + means.length
                    + " means and words for "
                    + words.size() + " features, which do not fit together");
        }
    }

    /**
     * Fits to texts, without labels; the same whatever their order and how often each comes. O(length + m^2 p + p^3) for m texts, at most
     * 4,000 of them, and p = 2,000 places, p and m in the other's place where m is less.
     *
     * @return with no features where all texts are the same to it
     */
    public static TextFeatures of(Collection<String> texts) {
        return TextFit.of(texts);
    }

    /** r, how many features a text becomes. */
    public int size() {
        return means.length;
    }

    /** Writes the features of one text to a place of an array; O(length + n-grams x r). */
    public void write(String text, double[] target, int offset) {
        for (int k = 0; k < means.length; k++) {
            target[offset + k] = -means[k];
        }
        HashedText.of(text, frequencies.length).weighed(frequencies).addProduct(directions, 1, target, offset);
    }
}
