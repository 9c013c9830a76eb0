package dev.assay.spark;

import dev.assay.data.ClassTargets;
import dev.assay.data.ColumnEncoding;
import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import dev.assay.io.cell.CellForms;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.ReadSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Training rows of a cluster, read as the local Assay reads a table of numbers: standardised by all rows, columns of one value left out, those of
 * two values from 0 to 1. Two passes over the source, three for classes; nothing of it depends on partitions or the order of the rows.
 *
 * @param schema how new rows are to be read, by Assay anywhere
 * @param reader the same for rows of Spark
 * @param engine the rows, kept by the executors until it is closed
 */
record ClusterRows(InputSchema schema, RowReader reader, SparkEngine engine) {
    private static final int MOST_CLASSES = 1000;
    /** A class that is a number. */
    static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");

    /**
     * Reads.
     *
     * @throws InvalidInputException with one clear line if the rows cannot be learned from
     */
    static ClusterRows of(Dataset<?> data, AssayParams<?> params) {
        Columns columns = Columns.of(data.schema(), params);
        Dataset<Row> rows = data.toDF().select(columns.names());
        List<String> names = featureNames(rows, columns.features());
        boolean classification = params.getOrDefault(params.task()).equals(AssayParams.CLASSIFICATION);
        List<String> classes = classification ? classes(rows, columns) : null;
        FeatureStatistics statistics = statistics(rows.javaRDD(), columns, names.size(), classification);
        requireUsable(statistics, columns, names.size());
        Targets targets =
                classes == null ? numbers(statistics, columns, names.size()) : new ClassTargets(new int[0], classes);
        FittedEncoder encoder = new FittedEncoder(rules(statistics, names), List.of());
        if (encoder.columns().isEmpty()) {
            throw new InvalidInputException("column '" + columns.features()
                    + "' holds the same vector in each row, expected features that vary");
        }
        RowReader reader = new RowReader(
                columns.features(),
                columns.label(),
                columns.weight(),
                VectorEncoding.of(encoder, names),
                BlockForm.of(encoder.columns().size() + 1, targets),
                columns.isText());
        InputSchema schema = new InputSchema(
                encoder,
                targets,
                columns.label(),
                names,
                null,
                columns.weight(),
                null,
                ReadSettings.Header.PRESENT,
                CellForms.plain(true),
                null);
        JavaRDD<RowBlock> blocks = rows.javaRDD()
                .mapPartitions(part -> new Each<>(
                        RowReader.batches(part),
                        batch -> List.of(reader.block(batch)).iterator()));
        return new ClusterRows(schema, reader, SparkEngine.of(blocks, reader.form()));
    }

    /** Those that VectorAssembler left behind, or names as it makes them. */
    private static List<String> featureNames(Dataset<Row> rows, String column) {
        AttributeGroup group = AttributeGroup.fromStructField(rows.schema().apply(column));
        int size = group.size();
        if (size < 0) {
            List<Row> first = rows.select(column).takeAsList(1);
            Vector vector = first.isEmpty() ? null : first.get(0).getAs(0);
            if (vector == null) {
                throw new InvalidInputException("column '" + column + "' begins with "
                        + (first.isEmpty() ? "no row" : "null") + ", expected vectors to learn from");
            }
            size = vector.size();
        }
        List<String> named = group.attributes().isEmpty()
                ? List.of()
                : Stream.of(group.attributes().get())
                        .map(Attribute::name)
                        .filter(name -> name.isDefined())
                        .map(name -> name.get())
                        .toList();
        return named.size() == size && new HashSet<>(named).size() == size
                ? named
                : IntStream.range(0, size).mapToObj(j -> column + "_" + j).toList();
    }

    /** By value where all are numbers, else by text, as everywhere in Assay. */
    private static List<String> classes(Dataset<Row> rows, Columns columns) {
        List<Row> found = rows.select(columns.label())
                .na()
                .drop()
                .distinct()
                .limit(MOST_CLASSES + 1)
                .collectAsList();
        if (found.size() > MOST_CLASSES || found.size() < 2) {
            throw new InvalidInputException("column '" + columns.label() + "' holds "
                    + (found.size() > MOST_CLASSES ? "more than " + MOST_CLASSES : found.size())
                    + " classes, expected 2 to " + MOST_CLASSES
                    + ": name another column, or set task to regression if it is a number");
        }
        List<String> names =
                found.stream().map(row -> RowReader.name(row.get(0))).distinct().toList();
        return names.stream().allMatch(name -> NUMBER.matcher(name).matches())
                ? names.stream()
                        .sorted(Comparator.<String>comparingDouble(Double::parseDouble)
                                .thenComparing(Comparator.naturalOrder()))
                        .toList()
                : names.stream().sorted().toList();
    }

    private static FeatureStatistics statistics(JavaRDD<Row> rows, Columns columns, int width, boolean classification) {
        String features = columns.features();
        String label = columns.label();
        String weight = columns.weight();
        int count = classification ? width : width + 1;
        double[] numbers = rows.mapPartitions(part -> List.of(statistics(part, features, label, weight, width, count))
                        .iterator())
                .treeReduce(
                        (a, b) -> new FeatureStatistics(count).plus(a).plus(b).numbers());
        return new FeatureStatistics(count).plus(numbers);
    }

    private static double[] statistics(
            Iterator<Row> rows, String features, String label, @Nullable String weight, int width, int count) {
        FeatureStatistics statistics = new FeatureStatistics(count);
        double[] values = new double[count];
        while (rows.hasNext()) {
            Row row = rows.next();
            Vector vector = row.getAs(features);
            Object target = row.getAs(label);
            Number weighs = weight == null ? Integer.valueOf(1) : row.getAs(weight);
            if (target == null) {
                statistics.addWithoutLabel();
            } else if (vector == null || vector.size() != width) {
                statistics.addOtherLength();
            } else {
                System.arraycopy(vector.toArray(), 0, values, 0, width);
                if (count > width) {
                    values[width] = ((Number) target).doubleValue();
                }
                statistics.add(values, weighs == null ? Double.NaN : weighs.doubleValue());
            }
        }
        return statistics.numbers();
    }

    private static void requireUsable(FeatureStatistics statistics, Columns columns, int width) {
        String rest = ": fill in what is missing, or leave the rows out";
        if (statistics.withoutLabel() > 0) {
            throw new InvalidInputException("column '" + columns.label() + "' is null in " + statistics.withoutLabel()
                    + " of " + statistics.rows() + " rows, expected labels" + rest);
        }
        if (statistics.ofOtherLength() > 0) {
            throw new InvalidInputException("column '" + columns.features() + "' holds something else than " + width
                    + " numbers in " + statistics.ofOtherLength() + " of " + statistics.rows() + " rows" + rest);
        }
        if (statistics.badWeights() > 0) {
            throw new InvalidInputException("column '" + columns.weight() + "' holds no weight in "
                    + statistics.badWeights() + " of " + statistics.rows()
                    + " rows, expected finite numbers of at least 0" + rest);
        }
        if (statistics.notFinite() > 0) {
            throw new InvalidInputException("columns '" + columns.features() + "' and '" + columns.label()
                    + "' hold numbers that are not finite in " + statistics.notFinite() + " of " + statistics.rows()
                    + " rows, expected finite ones" + rest);
        }
        if (!(statistics.totalWeight() > 0)) {
            throw new InvalidInputException(
                    "the rows weigh " + statistics.totalWeight() + " in all, expected rows with a weight above 0");
        }
    }

    private static RealTargets numbers(FeatureStatistics statistics, Columns columns, int column) {
        if (statistics.isConstant(column) || !(statistics.deviation(column) > 0)) {
            throw new InvalidInputException("column '" + columns.label() + "' cannot be predicted as a number: it is "
                    + statistics.smallest(column) + " in each row");
        }
        return new RealTargets(new double[0], statistics.mean(column), statistics.deviation(column));
    }

    private static List<ColumnEncoding> rules(FeatureStatistics statistics, List<String> names) {
        List<ColumnEncoding> rules = new ArrayList<>();
        for (int j = 0; j < names.size(); j++) {
            if (statistics.isConstant(j)) {
                continue;
            }
            double mean = statistics.mean(j);
            double low = statistics.smallest(j);
            boolean two = statistics.hasTwoValues(j);
            double scale = two ? statistics.largest(j) - low : statistics.deviation(j);
            if (!(scale > 0) || Double.isInfinite(scale)) {
                throw new InvalidInputException("feature '" + names.get(j)
                        + "' cannot be standardised: its values reach from " + low + " to "
                        + statistics.largest(j) + "; rescale it, or leave it out");
            }
            rules.add(new ColumnEncoding.Numeric(names.get(j), two ? low : mean, scale, mean, false));
        }
        return rules;
    }
}
