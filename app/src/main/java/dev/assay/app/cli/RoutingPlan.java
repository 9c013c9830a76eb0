package dev.assay.app.cli;

import dev.assay.app.result.Choice;
import dev.assay.app.result.Numbers;
import dev.assay.app.result.RunRecord;
import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.model.SavedModel;
import dev.assay.linalg.Matrix;
import dev.assay.predict.Context;
import dev.assay.predict.Routing;
import dev.assay.predict.ShareAdaptation;
import dev.assay.predict.SourceShares;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of one file find their experts.
 *
 * @param routing for the predictor
 * @param explanation for the reader, one sentence each
 * @param facts for run.json
 */
record RoutingPlan(Routing routing, List<String> explanation, Map<String, @Nullable Object> facts) {
    private static final int SHOWN_STRANGERS = 5;

    /**
     * Decides.
     *
     * @param x the rows, encoded
     * @param blocks what stands in {@link RoutingOptions#column}, or null where there is no such column
     */
    static RoutingPlan of(
            RoutingOptions options,
            SavedModel saved,
            Matrix x,
            @Nullable List<String> blocks,
            DataReader reader,
            Workers workers) {
        RoutingOptions.Mixing mixing = options.mixing();
        RoutingPlan plan;
        if (options.block != null) {
            int block = numberOf(options.block, saved, "--block");
            plan = plan(
                    Routing.Given.everywhere(block, x.rows()),
                    "All rows were given block " + block + ".",
                    RunRecord.entry("kind", "given", "block", block));
        } else if (blocks != null) {
            plan = given(options, saved, blocks);
        } else if (options.context != null) {
            Context context = Context.infer(
                    saved.model(),
                    reader.readTest(options.context, options.contextLabels, saved.form(), null)
                            .dataset(),
                    workers);
            plan = plan(
                    context.routing(),
                    "The " + context.rows() + " rows of " + options.context.getFileName() + " say: "
                            + shares(context.posterior()) + ".",
                    RunRecord.entry(
                            "kind", "context", "contextRows", context.rows(), "posterior", context.posterior()));
        } else if (options.adapt) {
            ShareAdaptation adaptation = ShareAdaptation.of(saved.model(), x, workers);
            plan = plan(
                    adaptation.routing(),
                    adaptation.sentence(),
                    RunRecord.entry(
                            "kind", "adapted",
                            "sharesBefore", adaptation.before(),
                            "sharesAfter", adaptation.after(),
                            "moved", adaptation.moved(),
                            "gain", adaptation.gain()));
        } else {
            plan = new RoutingPlan(new Routing.Soft(), List.of(), RunRecord.entry("kind", "router"));
        }
        plan.facts().put("mixing", Choice.name(mixing));
        plan.facts().put("router", saved.model().router().name());
        if (mixing == RoutingOptions.Mixing.HARD) {
            return new RoutingPlan(new Routing.Hard(plan.routing()), plan.explanation(), plan.facts());
        }
        return plan;
    }

    private static RoutingPlan plan(Routing routing, String sentence, Map<String, @Nullable Object> facts) {
        return new RoutingPlan(routing, List.of(sentence), facts);
    }

    private static RoutingPlan given(RoutingOptions options, SavedModel saved, List<String> cells) {
        Set<String> values =
                new LinkedHashSet<>(cells.stream().map(String::strip).toList());
        values.removeIf(String::isEmpty);
        SourceShares shares = saved.sourceShares();
        if (shares != null && (options.blockColumn == null || shares.names().containsAll(values))) {
            return bySource(shares, options.blockColumn == null ? shares.column() : options.blockColumn, cells);
        }
        // where sources are called 1 and 2 these are their names, not the numbers of blocks
        boolean sources = saved.sources().containsAll(values);
        int[] blocks = new int[cells.size()];
        for (int row = 0; row < blocks.length; row++) {
            String cell = cells.get(row).strip();
            if (cell.isEmpty() || cell.equals("0")) {
                continue;
            }
            blocks[row] = sources
                    ? 1 + saved.blockSources().indexOf(cell)
                    : numberOf(cell, saved, "column '" + options.blockColumn + "', row " + (row + 1));
        }
        long known = Arrays.stream(blocks).filter(block -> block > 0).count();
        List<String> explanation = new ArrayList<>();
        explanation.add(known + " of " + blocks.length + " rows were given their block by column '"
                + options.blockColumn + "'" + (sources && !saved.sources().isEmpty() ? " (sources)" : "")
                + (known < blocks.length ? "; the others were routed." : "."));
        return new RoutingPlan(
                new Routing.Given(blocks), explanation, RunRecord.entry("kind", "given", "rowsGiven", known));
    }

    /** By what the model knows of the sources; rows of others are routed by their features. */
    private static RoutingPlan bySource(SourceShares shares, String column, List<String> cells) {
        int[] codes = shares.codes(cells);
        long known = Arrays.stream(codes).filter(code -> code >= 0).count();
        Set<String> strangers = new TreeSet<>();
        for (int row = 0; row < codes.length; row++) {
            if (codes[row] < 0 && !cells.get(row).isBlank()) {
                strangers.add(cells.get(row).strip());
            }
        }
        List<String> explanation = new ArrayList<>();
        explanation.add(Numbers.count(known) + " of " + Numbers.rows(codes.length) + " were routed by column '" + column
                + "', which tells the block" + (known < codes.length ? "; the others by their features alone." : "."));
        if (!strangers.isEmpty()) {
            explanation.add("Not known from training: "
                    + strangers.stream()
                            .limit(SHOWN_STRANGERS)
                            .map(name -> "'" + Numbers.cut(name, 40) + "'")
                            .collect(Collectors.joining(", "))
                    + (strangers.size() > SHOWN_STRANGERS ? ", ..." : "")
                    + ". A few labelled rows of such a source tell its block: --context FILE.");
        }
        return new RoutingPlan(
                new Routing.Sourced(codes, shares.shares()),
                explanation,
                RunRecord.entry("kind", "source", "column", column, "rowsKnown", known));
    }

    /** The number of a block, or of the one that a source was matched with. */
    private static int numberOf(String text, SavedModel saved, String where) {
        int matched = saved.blockSources().indexOf(text.strip());
        int blocks = saved.model().blocks();
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= 1 && number <= blocks) {
                return number;
            }
        } catch (NumberFormatException name) {
            if (matched >= 0 && !text.isBlank()) {
                return 1 + matched;
            }
        }
        throw new InvalidInputException(where + ": '" + Numbers.cut(text, 40) + "' is no block; the model has "
                + (blocks == 1 ? "block 1 only" : "blocks 1 to " + blocks) + sourceNames(saved));
    }

    private static String sourceNames(SavedModel saved) {
        List<String> names =
                saved.blockSources().stream().filter(name -> !name.isEmpty()).toList();
        return names.isEmpty() ? "" : ", also called " + String.join(", ", names);
    }

    /** Shares of blocks as text. */
    static String shares(double[] shares) {
        return IntStream.range(0, shares.length)
                .mapToObj(k -> "block " + (k + 1) + " with probability " + Numbers.number(shares[k]))
                .collect(Collectors.joining(", "));
    }
}
