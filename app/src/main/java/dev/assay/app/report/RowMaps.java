package dev.assay.app.report;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.io.read.LoadedData;
import dev.assay.job.Sources;
import dev.assay.model.PrincipalComponents;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A flat picture of a sample of the rows. */
final class RowMaps {
    private static final int MOST_ROWS = 2000;
    private static final int NAMED_FEATURES = 3;
    private static final double DIGITS = 1e4;

    private RowMaps() {}

    /** The rows that are shown, ascending. */
    static int[] sample(Dataset data, long seed, Workers workers) {
        return ContentOrder.of(data, workers).sample(MOST_ROWS, seed);
    }

    /**
     * The picture, or null where the features vary in one direction only.
     *
     * @param sample the rows that are shown
     * @param group of each row of the data set
     * @param groups names of the groups
     */
    static ReportData.@Nullable RowMap of(
            LoadedData data, int[] sample, int[] group, List<String> groups, ShownRows shown, Workers workers) {
        Dataset dataset = data.dataset();
        PrincipalComponents components =
                PrincipalComponents.of(dataset.features().selectRows(sample), workers);
        if (components.shares().length < 2) {
            return null;
        }
        Sources sources = data.forJob().sources();
        List<String> sourceNames = sources == null ? List.of() : sources.names();
        int[] codes = sources == null ? null : sources.codes();
        int[] pictures = Arrays.stream(sample).map(shown::picture).toArray();
        return new ReportData.RowMap(
                "principal components of the features",
                IntStream.range(0, 2)
                        .mapToObj(k -> axis(dataset, components, k))
                        .toList(),
                coordinate(components, 0),
                coordinate(components, 1),
                Arrays.stream(sample).map(i -> dataset.rows()[i]).toArray(),
                Arrays.stream(sample).map(i -> group[i]).toArray(),
                groups,
                Arrays.stream(sample).mapToDouble(i -> label(dataset, i)).toArray(),
                codes == null ? null : Arrays.stream(sample).map(i -> codes[i]).toArray(),
                sourceNames,
                shown.images() == null ? null : pictures,
                dataset.size());
    }

    private static double label(Dataset dataset, int example) {
        double value = dataset.targets().value(example);
        return dataset.targets() instanceof RealTargets numbers ? numbers.original(value) : value;
    }

    private static ReportData.Axis axis(Dataset dataset, PrincipalComponents components, int direction) {
        return new ReportData.Axis(
                components.shares()[direction],
                IntStream.range(0, dataset.dimension())
                        .boxed()
                        .sorted(Comparator.comparingDouble(
                                j -> -Math.abs(components.loadings().get(direction, j))))
                        .limit(NAMED_FEATURES)
                        .map(dataset.featureNames()::get)
                        .toList());
    }

    /** To four decimals of the larger spread: more cannot be seen. */
    private static double[] coordinate(PrincipalComponents components, int direction) {
        double largest = Arrays.stream(components.coordinates().values())
                .map(Math::abs)
                .max()
                .orElse(1);
        double unit = Math.pow(10, Math.ceil(Math.log10(largest))) / DIGITS;
        return IntStream.range(0, components.coordinates().rows())
                .mapToDouble(i -> {
                    double steps = Math.rint(components.coordinates().get(i, direction) / unit);
                    return unit < 1 ? steps / Math.rint(1 / unit) : steps * unit;
                })
                .toArray();
    }
}
