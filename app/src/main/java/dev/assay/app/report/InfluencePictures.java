package dev.assay.app.report;

import dev.assay.linalg.Matrix;
import dev.assay.potential.InfluenceHistogram;
import dev.assay.potential.InfluenceMap;
import dev.assay.potential.InfluenceMoments;
import dev.assay.potential.linear.ReferencePotential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Influences as a report shows them. */
final class InfluencePictures {
    private static final int LARGEST = 127;
    /** Influences beyond this share of the cells, by size, are clipped: a few huge ones would leave the rest pale. */
    private static final double CLIPPED_FROM = 0.98;

    private InfluencePictures() {}

    /** What a picture's full colours mean: a size that few cells exceed, or 1 where all are 0. */
    static double scale(InfluenceMap map) {
        double[] sizes = Arrays.stream(map.cells().values())
                .map(Math::abs)
                .filter(size -> size > 0)
                .sorted()
                .toArray();
        return sizes.length == 0 ? 1 : sizes[(int) (CLIPPED_FROM * (sizes.length - 1))];
    }

    /**
     * A picture of a map with a name for each of its groups; groups without cells are left out.
     *
     * @param shown rows of the file that stand for each cell of a side
     */
    static ReportData.InfluencePicture of(
            InfluenceMap map, String title, String caption, List<String> names, double scale, int[][] shown) {
        Matrix cells = map.cells();
        byte[] bytes = new byte[cells.rows() * cells.columns()];
        for (int a = 0; a < cells.rows(); a++) {
            for (int b = 0; b < cells.columns(); b++) {
                double share = Math.max(-1, Math.min(1, cells.get(a, b) / scale));
                bytes[a * cells.columns() + b] = (byte) Math.round(LARGEST * share);
            }
        }
        List<ReportData.Group> groups = new ArrayList<>();
        for (int group = 0; group < names.size(); group++) {
            if (map.borders()[group + 1] > map.borders()[group]) {
                groups.add(new ReportData.Group(names.get(group), map.borders()[group], map.borders()[group + 1]));
            }
        }
        return new ReportData.InfluencePicture(
                title,
                caption,
                cells.rows(),
                map.rows(),
                null,
                groups,
                scale,
                Base64.getEncoder().encodeToString(bytes),
                shown);
    }

    static ReportData.Moments moments(InfluenceMoments moments) {
        return new ReportData.Moments(
                moments.potential().mean(),
                moments.potential().variance(),
                moments.skewness(),
                moments.excessKurtosis(),
                moments.skewnessError(),
                moments.excessKurtosisError(),
                moments.pairs());
    }

    static ReportData.Histogram histogram(InfluenceHistogram histogram) {
        return new ReportData.Histogram(
                histogram.low(),
                histogram.width(),
                histogram.shares(),
                histogram.below(),
                histogram.above(),
                histogram.pairs(),
                histogram.sampled());
    }

    static ReportData.@Nullable Reference reference(@Nullable ReferencePotential reference) {
        return reference == null
                ? null
                : new ReportData.Reference(
                        reference.mean(), reference.standardDeviation(), reference.variances().length);
    }

    /** What a reader must know of the distribution and the pictures. */
    static List<String> notes(InfluenceMoments moments, int rows, @Nullable Integer directions) {
        List<String> notes = new ArrayList<>();
        if (directions != null) {
            notes.add(
                    "V is that of all features. With so many parameters, the distribution and the pictures are those of a"
                            + " model of the " + directions + " leading principal directions of the features.");
        }
        if (moments.pairs() < (long) rows * (rows - 1)) {
            notes.add("Skewness and kurtosis come from a sample of the pairs; mean and V from all of them.");
        }
        return notes;
    }
}
