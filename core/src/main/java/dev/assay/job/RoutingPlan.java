package dev.assay.job;

import dev.assay.data.InvalidInputException;
import dev.assay.linalg.Matrix;
import dev.assay.predict.Context;
import dev.assay.predict.Routing;
import dev.assay.predict.ShareAdaptation;
import dev.assay.predict.SourceShares;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How some rows find their experts.
 *
 * @param routing for the predictor
 * @param way in which their blocks are known
 */
public record RoutingPlan(Routing routing, Way way) {
    /** In which way the blocks of the rows are known. */
    public sealed interface Way {}

    /** By the router. */
    public record ByRouter() implements Way {}

    /** All rows were given one block. */
    public record OneBlock(int block) implements Way {}

    /**
     * Rows were given their block by a column.
     *
     * @param known how many; the others are routed
     * @param rows of how many
     * @param sources whether the column names sources that blocks were matched with, not blocks
     */
    public record Given(String column, long known, int rows, boolean sources) implements Way {}

    /**
     * Rows are routed by their source.
     *
     * @param known how many have a source that the model knows; the others are routed by their features
     * @param rows of how many
     * @param strangers sources that the model does not know
     */
    public record BySource(String column, long known, int rows, SortedSet<String> strangers) implements Way {}

    /** By what a few labelled rows of the same source say. */
    public record ByContext(Context context) implements Way {}

    /** By the router, with the shares that the rows themselves have. */
    public record Adapted(ShareAdaptation adaptation) implements Way {}

    /** Whether the likeliest expert alone counts. */
    public boolean isHard() {
        return routing instanceof Routing.Hard;
    }

    /** This way for these rows, the later one for those that come next. */
    RoutingPlan plus(RoutingPlan later) {
        Way sum = later.way;
        if (way instanceof Given one && later.way instanceof Given other) {
            sum = new Given(one.column, one.known + other.known, one.rows + other.rows, one.sources);
        }
        if (way instanceof BySource one && later.way instanceof BySource other) {
            SortedSet<String> strangers = new TreeSet<>(one.strangers);
            strangers.addAll(other.strangers);
            sum = new BySource(one.column, one.known + other.known, one.rows + other.rows, strangers);
        }
        return new RoutingPlan(later.routing, sum);
    }

    /** By the router, with the shares that the rows themselves have. */
    static RoutingPlan adapted(ModelSet models, Matrix logShares, boolean hard) {
        ShareAdaptation adaptation =
                ShareAdaptation.of(logShares, models.model().shares());
        return new RoutingPlan(adaptation.routing(), new Adapted(adaptation)).mixed(hard);
    }

    private RoutingPlan mixed(boolean hard) {
        return hard ? new RoutingPlan(new Routing.Hard(routing), way) : this;
    }

    /**
     * Decides.
     *
     * @param x the rows, encoded
     * @throws InvalidInputException if they are said to be of a block that the model has not
     */
    static RoutingPlan of(ModelSet models, Matrix x, KnownBlocks known, boolean hard, Workers workers) {
        return soft(models, x, known, workers).mixed(hard);
    }

    private static RoutingPlan soft(ModelSet models, Matrix x, KnownBlocks known, Workers workers) {
        if (known instanceof KnownBlocks.OneBlock one) {
            if (one.block() > models.model().blocks()) {
                throw new InvalidInputException("block is " + one.block() + ", the model has blocks 1 to "
                        + models.model().blocks());
            }
            return new RoutingPlan(Routing.Given.everywhere(one.block(), x.rows()), new OneBlock(one.block()));
        }
        if (known instanceof KnownBlocks.ByColumn column) {
            return byColumn(models, column);
        }
        if (known instanceof KnownBlocks.Context labelled) {
            Context context = Context.infer(models.model(), labelled.rows(), workers);
            return new RoutingPlan(context.routing(), new ByContext(context));
        }
        if (known instanceof KnownBlocks.OtherShares) {
            ShareAdaptation adaptation = ShareAdaptation.of(models.model(), x, workers);
            return new RoutingPlan(adaptation.routing(), new Adapted(adaptation));
        }
        return new RoutingPlan(new Routing.Soft(), new ByRouter());
    }

    private static RoutingPlan byColumn(ModelSet models, KnownBlocks.ByColumn given) {
        List<String> cells = given.cells();
        Set<String> values = given.values();
        SourceShares shares = models.sourceShares();
        if (shares != null && (!given.named() || shares.names().containsAll(values))) {
            return bySource(shares, given.column(), cells);
        }
        // where sources are called 1 and 2 these are their names, not the numbers of blocks
        boolean sources = models.sources().containsAll(values);
        int[] blocks = new int[cells.size()];
        for (int row = 0; row < blocks.length; row++) {
            String cell = cells.get(row).strip();
            if (cell.isEmpty() || cell.equals("0")) {
                continue;
            }
            blocks[row] = sources
                    ? 1 + models.blockSources().indexOf(cell)
                    : models.block(cell, "column '" + given.column() + "', row " + (given.first() + row + 1));
        }
        long known = Arrays.stream(blocks).filter(block -> block > 0).count();
        return new RoutingPlan(
                new Routing.Given(blocks),
                new Given(
                        given.column(),
                        known,
                        blocks.length,
                        sources && !models.sources().isEmpty()));
    }

    /** By what the model knows of the sources; rows of others are routed by their features. */
    private static RoutingPlan bySource(SourceShares shares, String column, List<String> cells) {
        int[] codes = shares.codes(cells);
        long known = Arrays.stream(codes).filter(code -> code >= 0).count();
        SortedSet<String> strangers = new TreeSet<>();
        for (int row = 0; row < codes.length; row++) {
            if (codes[row] < 0 && !cells.get(row).isBlank()) {
                strangers.add(cells.get(row).strip());
            }
        }
        return new RoutingPlan(
                new Routing.Sourced(codes, shares.shares()), new BySource(column, known, codes.length, strangers));
    }
}
