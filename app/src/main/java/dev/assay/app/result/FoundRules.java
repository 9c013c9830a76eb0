package dev.assay.app.result;

import dev.assay.data.ClassTargets;
import dev.assay.data.Column;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.FittedEncoder;
import dev.assay.data.ReadableColumns;
import dev.assay.data.RealTargets;
import dev.assay.divide.Division;
import dev.assay.io.read.LoadedData;
import dev.assay.purify.Purification;
import dev.assay.rules.Condition;
import dev.assay.rules.RowSet;
import dev.assay.rules.Rule;
import dev.assay.rules.RuleFinder;
import dev.assay.rules.RuleRows;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Blocks, and rows whose label nothing explains, as rules.
 *
 * @param unexplained rules of the rows whose label nothing explains, or that do not fit the rest; the label may stand in them
 * @param blocks rules of blocks 1, 2, ... among the rows that a block explains; empty for a single block, which is all of them
 * @param note why no rules were looked for, or null
 */
public record FoundRules(
        List<Rule> unexplained,
        List<List<Rule>> blocks,
        @Nullable String note) {

    /** Copies the lists. */
    public FoundRules {
        unexplained = List.copyOf(unexplained);
        blocks = List.copyOf(blocks);
    }

    /** Rules of the blocks of a division, and of its block 0. */
    public static FoundRules of(LoadedData data, Division division, long seed, Workers workers) {
        int count = division.blocks().size();
        String reason = reasonAgainst(data);
        if (reason != null) {
            return new FoundRules(List.of(), none(count), reason);
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
                List.of(sampled.label())));
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
    public static FoundRules of(LoadedData data, Purification purification, long seed, Workers workers) {
        String reason = reasonAgainst(data);
        if (reason != null) {
            return new FoundRules(List.of(), List.of(), reason);
        }
        Sampled sampled = Sampled.of(data, seed, workers);
        RowSet removed = RowSet.certain(
                sampled.where(i -> true), sampled.where(i -> !purification.isKept(i)), List.of(sampled.label()));
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

    /** Why rows cannot be told in conditions, or null. */
    private static @Nullable String reasonAgainst(LoadedData data) {
        if (data.encoding() instanceof FittedArrayEncoder array && array.shape().size() > 1) {
            return "No rules are looked for: single entries of an array of "
                    + array.shape().size() + " dimensions say little.";
        }
        int columns = data.encoding() instanceof FittedEncoder encoder
                ? encoder.requiredColumns().size()
                : data.dataset().dimension() - 1;
        return columns > RuleFinder.MOST_COLUMNS
                ? "No rules are looked for: " + columns + " columns are more than the " + RuleFinder.MOST_COLUMNS
                        + " that a person can check."
                : null;
    }

    /** What run.json says of rules. */
    public static List<Object> facts(List<Rule> rules) {
        List<Object> result = new ArrayList<>();
        for (Rule rule : rules) {
            result.add(RunRecord.entry(
                    "rule", rule.text(),
                    "conditions",
                            rule.conditions().stream().map(FoundRules::facts).toList(),
                    "coverage", rule.coverage(),
                    "precision", rule.precision(),
                    "baseRate", rule.baseRate(),
                    "rows", rule.rows(),
                    "hits", rule.hits(),
                    "members", rule.members(),
                    "heldOutRows", rule.heldOut(),
                    "chance", rule.chance()));
        }
        return result;
    }

    private static Map<String, @Nullable Object> facts(Condition condition) {
        if (condition instanceof Condition.Levels levels) {
            return RunRecord.entry(
                    "column", levels.column(),
                    "condition", levels.text(),
                    "levels", levels.levels(),
                    "missing", levels.missing(),
                    "negated", levels.negated());
        }
        Condition.Range range = (Condition.Range) condition;
        return RunRecord.entry(
                "column", range.column(),
                "condition", range.text(),
                "above", Double.isInfinite(range.above()) ? null : range.above(),
                "upTo", Double.isInfinite(range.upTo()) ? null : range.upTo(),
                "missing", range.orMissing());
    }

    /** The rows that rules are found with and judged on, in the units of the file. */
    private record Sampled(LoadedData data, RuleRows rows) {
        static Sampled of(LoadedData data, long seed, Workers workers) {
            return new Sampled(data, RuleRows.of(ContentOrder.of(data.dataset(), workers), seed));
        }

        /** With the columns of the features, and the source where the user named one. */
        RuleFinder finder() {
            Dataset dataset = data.dataset();
            List<Column> columns =
                    new ArrayList<>(ReadableColumns.of(data.encoding(), dataset.features(), rows.examples()));
            List<String> sources = data.sources();
            String name = data.settings().source();
            if (sources != null
                    && name != null
                    && columns.stream().noneMatch(one -> one.name().equals(name))) {
                Column.Texts.Builder texts = new Column.Texts.Builder(name, rows.examples().length);
                Arrays.stream(rows.examples()).forEach(i -> texts.add(sources.get(i)));
                columns.add(texts.build());
            }
            return new RuleFinder(columns, values(i -> dataset.weights()[i]), rows.heldOut());
        }

        Column label() {
            String name = data.source().label();
            if (data.dataset().targets() instanceof ClassTargets classes) {
                Column.Texts.Builder texts = new Column.Texts.Builder(name, rows.examples().length);
                Arrays.stream(rows.examples())
                        .forEach(i -> texts.add(classes.names().get(classes.codes()[i])));
                return texts.build();
            }
            RealTargets numbers = (RealTargets) data.dataset().targets();
            return new Column.Numbers(name, values(i -> numbers.original(numbers.values()[i])), new BitSet());
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
