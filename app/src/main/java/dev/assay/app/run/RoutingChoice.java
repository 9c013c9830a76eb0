package dev.assay.app.run;

import dev.assay.app.result.RoutingWords;
import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.model.SavedModel;
import dev.assay.job.KnownBlocks;
import dev.assay.job.RoutingPlan;
import dev.assay.predict.LabelSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How rows find their experts, and when to keep silent.
 *
 * @param hard whether the likeliest expert alone counts, not each by its probability
 * @param block the block of all rows: its number, or the source that it was matched with; or null
 * @param blockColumn where each row's block stands, or null
 * @param ignoreSource whether to route by the features alone, though the model knows a column of sources
 * @param context a file of a few labelled rows of the same unknown source, or null
 * @param contextLabels their labels, where they are in a file of their own
 * @param adapt whether the shares of the blocks are estimated from the rows
 * @param abstain the probability below which no class is predicted, or null to predict all rows
 */
public record RoutingChoice(
        boolean hard,
        @Nullable String block,
        @Nullable String blockColumn,
        boolean ignoreSource,
        @Nullable Path context,
        @Nullable Path contextLabels,
        boolean adapt,
        @Nullable Double abstain) {
    /**
     * Checks that the parts do not contradict each other.
     *
     * @throws InvalidInputException if they do
     */
    public RoutingChoice {
        List<String> given = new ArrayList<>();
        if (block != null) {
            given.add("--block");
        }
        if (blockColumn != null) {
            given.add("--block-column");
        }
        if (context != null) {
            given.add("--context");
        }
        if (adapt) {
            given.add("--adapt");
        }
        if (ignoreSource && blockColumn != null) {
            throw new InvalidInputException(
                    "--ignore-source and --block-column " + blockColumn + " contradict each other: choose one");
        }
        if (given.size() > 1) {
            throw new InvalidInputException(
                    String.join(" and ", given) + " each say which block rows belong to: choose one");
        }
        if (contextLabels != null && context == null) {
            throw new InvalidInputException(
                    "--context-labels " + contextLabels + " has no rows to belong to: name their file with --context");
        }
        if (abstain != null && (!(abstain >= 0) || !(abstain <= 1))) {
            throw new InvalidInputException("--abstain is " + abstain + ", expected a probability from 0 to 1");
        }
        if (hard && block != null) {
            throw new InvalidInputException("--block leaves nothing to route: leave --routing out");
        }
    }

    /** The column by which rows are routed: what was asked for, else the one that the model knows; null where neither is. */
    @Nullable
    String column(SavedModel saved) {
        if (blockColumn != null) {
            return blockColumn;
        }
        boolean asked = block != null || context != null || adapt;
        return asked || ignoreSource ? null : saved.models().sourceColumn();
    }

    /**
     * What is known of the blocks of rows.
     *
     * @param column by which they are routed, or null
     * @param cells what stands in it, or null where there is no such column
     * @throws InvalidInputException if the model cannot do what was chosen
     */
    KnownBlocks known(SavedModel saved, @Nullable String column, @Nullable List<String> cells, DataReader reader) {
        if (abstain != null && !(saved.model().labels() instanceof LabelSpace.Classes)) {
            throw new InvalidInputException("--abstain is for classes; this model predicts numbers, whose column"
                    + " 'deviation' says how sure it is");
        }
        if (block != null) {
            return new KnownBlocks.OneBlock(saved.models().block(block, "--block"));
        }
        if (column != null && cells != null) {
            return new KnownBlocks.ByColumn(column, cells, blockColumn != null);
        }
        if (context != null) {
            return new KnownBlocks.Context(
                    reader.readTest(context, contextLabels, saved.form(), null).encoded());
        }
        return adapt ? new KnownBlocks.OtherShares() : new KnownBlocks.Nothing();
    }

    /** How rows found their experts, in words. */
    RoutingWords words(RoutingPlan plan) {
        return new RoutingWords(plan, context == null ? null : String.valueOf(context.getFileName()));
    }
}
