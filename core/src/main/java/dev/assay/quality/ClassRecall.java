package dev.assay.quality;

import dev.assay.data.ClassTargets;
import dev.assay.rules.Proportion;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How many rows each class has, and how many of them are predicted to be of it: recall_c = #{label = c, prediction = c} / #{label = c}, beside the
 * recall of predictions that have nothing to do with the labels, which is the share of all rows that are predicted to be c. Labels are taken as they are, wrong
 * ones too. Rows count alike; those of weight 0 do not count.
 *
 * @param rows that count
 * @param classes in the order of their codes
 * @param accuracy share of the rows whose class is predicted; NaN where nothing was predicted
 * @param largestShare accuracy of always saying the most frequent class
 */
public record ClassRecall(int rows, List<OfClass> classes, double accuracy, double largestShare) {
    /**
     * One class.
     *
     * @param code of the class
     * @param rows that are labelled so
     * @param share of all rows
     * @param recall share of its rows that are predicted to be of it, with Wilson's 95 % interval; null where nothing was predicted, or it has no rows
     * @param chance share of all rows that are predicted to be of it; NaN where nothing was predicted
     */
    public record OfClass(
            int code, int rows, double share, @Nullable Proportion recall, double chance) {}

    /** Copies the list. */
    public ClassRecall {
        classes = List.copyOf(classes);
    }

    /**
     * Counts; O(n + C).
     *
     * @param predicted class codes by what did not see the rows; null where nobody predicted
     */
    public static ClassRecall of(ClassTargets targets, double[] weights, int @Nullable [] predicted) {
        int[] labelled = new int[targets.classes()];
        int[] said = new int[targets.classes()];
        int[] right = new int[targets.classes()];
        int rows = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                int code = targets.codes()[i];
                rows++;
                labelled[code]++;
                if (predicted != null) {
                    said[predicted[i]]++;
                    right[code] += predicted[i] == code ? 1 : 0;
                }
            }
        }
        int all = rows;
        return new ClassRecall(
                all,
                IntStream.range(0, labelled.length)
                        .mapToObj(code -> new OfClass(
                                code,
                                labelled[code],
                                (double) labelled[code] / all,
                                predicted == null || labelled[code] == 0
                                        ? null
                                        : Proportion.of((double) right[code] / labelled[code], labelled[code]),
                                predicted == null ? Double.NaN : (double) said[code] / all))
                        .toList(),
                predicted == null ? Double.NaN : (double) IntStream.of(right).sum() / all,
                (double) IntStream.of(labelled).max().orElse(0) / all);
    }
}
