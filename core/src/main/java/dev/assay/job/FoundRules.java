package dev.assay.job;

import dev.assay.data.Column;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.FittedEncoder;
import dev.assay.data.ReadableColumns;
import dev.assay.divide.Division;
import dev.assay.purify.Purification;
import dev.assay.rules.RowSet;
import dev.assay.rules.Rule;
import dev.assay.rules.RuleFinder;
import dev.assay.rules.RuleRows;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Blocks, and rows whose label nothing explains, as rules.
 *
 * @param unexplained rules of the rows whose label nothing explains, or that do not fit the rest; the label may stand in them
 * @param blocks rules of blocks 1, 2, ... among the rows that a block explains; empty for a single block, which is all of them
 * @param obstacle why no rules were looked for, or null
 */
public record FoundRules(
        List<Rule> unexplained,
        List<List<Rule>> blocks,
        @Nullable Obstacle obstacle) {

    /** Why a data set has no rules that a person could check. */
    public sealed interface Obstacle {}

    /** Single entries of an array of several dimensions say little. */
    public record ArrayOfDimensions(int dimensions) implements Obstacle {}

    /** There are more columns than {@link RuleFinder#MOST_COLUMNS}. */
    public record TooManyColumns(int columns) implements Obstacle {}

    /** Copies the lists. */
    public FoundRules {
        unexplained = List.copyOf(unexplained);
        blocks = List.copyOf(blocks);
    }

    /** Rules of the blocks of a division, and of its block 0. */
    static FoundRules of(TrainingData data, Division division, long seed, Workers workers) {
        int count = division.blocks().size();
        Obstacle obstacle = obstacle(data);
        if (obstacle != null) {
            return new FoundRules(List.of(), none(count), obstacle);
        }
        Sampled sampled = Sampled.of(data, seed, workers);
        int[] assigned = division.assigned();
        boolean[] all = sampled.where(i -> true);
        boolean[] explained = sampled.where(i -> assigned[i] != 0);
        List<RowSet> sets = new ArrayList<>();
        sets.add(new RowSet(
                all,
                sampled.where(i -> assigned[i] == 0),
                sampled.values(i -> division.posteriors().get(i, 0)),
                List.of(data.labelColumn(sampled.rows().examples()))));
        for (int k = 1; k <= count && count > 1; k++) {
            int block = k;
            sets.add(new RowSet(
                    explained,
                    sampled.where(i -> assigned[i] == block),
                    sampled.values(i -> amongBlocks(division, i, block)),
                    List.of()));
        }
        List<List<Rule>> found = sampled.finder().find(sets);
        return new FoundRules(found.get(0), count > 1 ? found.subList(1, found.size()) : none(count), null);
    }

    /** Rules of the rows that a purification removed. */
    static FoundRules of(TrainingData data, Purification purification, long seed, Workers workers) {
        Obstacle obstacle = obstacle(data);
        if (obstacle != null) {
            return new FoundRules(List.of(), List.of(), obstacle);
        }
        Sampled sampled = Sampled.of(data, seed, workers);
        RowSet removed = RowSet.certain(
                sampled.where(i -> true),
                sampled.where(i -> !purification.isKept(i)),
                List.of(data.labelColumn(sampled.rows().examples())));
        return new FoundRules(sampled.finder().find(List.of(removed)).get(0), List.of(), null);
    }

    private static List<List<Rule>> none(int blocks) {
        return IntStream.range(0, blocks).mapToObj(k -> List.<Rule>of()).toList();
    }

    /** Probability of a block where one of them explains the row. */
    private static double amongBlocks(Division division, int row, int block) {
        double explained = 1 - division.posteriors().get(row, 0);
        return explained > 0 ? Math.min(1, division.posteriors().get(row, block) / explained) : 0;
    }

    private static @Nullable Obstacle obstacle(TrainingData data) {
        if (data.encoding() instanceof FittedArrayEncoder array && array.shape().size() > 1) {
            return new ArrayOfDimensions(array.shape().size());
        }
        int columns = data.encoding() instanceof FittedEncoder encoder
                ? encoder.requiredColumns().size()
                : data.dataset().dimension() - 1;
        return columns > RuleFinder.MOST_COLUMNS ? new TooManyColumns(columns) : null;
    }

    /** The rows that rules are found with and judged on, in the units of the file. */
    private record Sampled(TrainingData data, RuleRows rows) {
        static Sampled of(TrainingData data, long seed, Workers workers) {
            return new Sampled(data, RuleRows.of(ContentOrder.of(data.dataset(), workers), seed));
        }

        /** With the columns of the features, and the source where the user named one. */
        RuleFinder finder() {
            Dataset dataset = data.dataset();
            List<Column> columns =
                    new ArrayList<>(ReadableColumns.of(data.encoding(), dataset.features(), rows.examples()));
            Sources sources = data.sources();
            if (sources != null && columns.stream().noneMatch(one -> one.name().equals(sources.column()))) {
                Column.Texts.Builder texts = new Column.Texts.Builder(sources.column(), rows.examples().length);
                Arrays.stream(rows.examples())
                        .forEach(i -> texts.add(sources.rows().get(i)));
                columns.add(texts.build());
            }
            return new RuleFinder(columns, values(i -> dataset.weights()[i]), rows.heldOut());
        }

        boolean[] where(IntPredicate which) {
            boolean[] result = new boolean[rows.examples().length];
            for (int k = 0; k < result.length; k++) {
                result[k] = which.test(rows.examples()[k]);
            }
            return result;
        }

        double[] values(IntToDoubleFunction value) {
            return Arrays.stream(rows.examples()).mapToDouble(value).toArray();
        }
    }
}
