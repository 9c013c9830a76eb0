package dev.assay.app.result;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import dev.assay.io.read.LoadedData;
import dev.assay.io.result.ResultColumn;
import dev.assay.purify.Purification;
import dev.assay.purify.RowScores;
import dev.assay.purify.TrajectoryPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a purification found, as the columns of its files. */
public final class PurificationTables {
    private PurificationTables() {}

    /** rows.csv and rows.parquet: one row per example, in the order of the input. */
    public static List<ResultColumn> rows(LoadedData data, Purification purification) {
        Dataset dataset = data.dataset();
        int n = dataset.size();
        List<@Nullable String> ids = new ArrayList<>(n);
        List<@Nullable String> suggestions = new ArrayList<>(n);
        double[] probabilities = new double[n];
        boolean[] kept = new boolean[n];
        int[] removedAt = new int[n];
        RowScores scores = purification.scores();
        for (int i = 0; i < n; i++) {
            ids.add(data.id(i));
            suggestions.add(suggestion(dataset.targets(), scores, i));
            probabilities[i] = suggestedProbability(scores, i);
            kept[i] = purification.isKept(i);
            removedAt[i] =
                    kept[i] ? ResultColumn.Integers.MISSING : purification.removedAt()[i];
        }
        return List.of(
                new ResultColumn.Integers("row", dataset.rows()),
                new ResultColumn.Texts("id", ids),
                new ResultColumn.Truths("kept", kept),
                new ResultColumn.Integers("removedAt", removedAt),
                new ResultColumn.Reals(RowScores.TRUST, scores.trust()),
                new ResultColumn.Reals(RowScores.LOSS, scores.loss()),
                new ResultColumn.Reals(RowScores.OUT_OF_FOLD_PROBABILITY, scores.outOfFoldProbability()),
                new ResultColumn.Reals(RowScores.SELF_INFLUENCE, scores.selfInfluence()),
                new ResultColumn.Reals(RowScores.DELTA_VARIANCE, scores.deltaVariance()),
                new ResultColumn.Texts("suggestedLabel", suggestions),
                new ResultColumn.Reals("suggestedProbability", probabilities));
    }

    /** Of the suggested label; NaN where none is suggested, or it is a number. */
    public static double suggestedProbability(RowScores scores, int example) {
        return scores.suggested()[example] ? scores.suggestedProbability()[example] : Double.NaN;
    }

    /**
     * The label that a row should have: the exact text of a class, or a number in the user's units; null where nothing speaks
     * for another one.
     */
    public static @Nullable String suggestion(Targets targets, RowScores scores, int example) {
        if (!scores.suggested()[example]) {
            return null;
        }
        return label(targets, scores.suggestion()[example]);
    }

    /** The text of a label: that of the class with this code, or the standardised value in the user's units. */
    static String label(Targets targets, double value) {
        if (targets instanceof ClassTargets classes) {
            return classes.names().get((int) value);
        }
        return Double.toString(((RealTargets) targets).original(value));
    }

    /** trajectory.csv: one row per iteration, those beyond the stop included. */
    public static List<ResultColumn> trajectory(Dataset dataset, Purification purification) {
        List<TrajectoryPoint> points = purification.trajectory();
        List<@Nullable String> removed = new ArrayList<>();
        boolean[] applied = new boolean[points.size()];
        for (int i = 0; i < points.size(); i++) {
            applied[i] = i <= purification.stop();
            removed.add(Arrays.stream(points.get(i).removed())
                    .mapToObj(example -> Integer.toString(dataset.rows()[example]))
                    .collect(Collectors.joining(" ")));
        }
        return List.of(
                new ResultColumn.Integers(
                        "iteration",
                        points.stream().mapToInt(TrajectoryPoint::iteration).toArray()),
                new ResultColumn.Truths("applied", applied),
                new ResultColumn.Integers(
                        "size", points.stream().mapToInt(TrajectoryPoint::size).toArray()),
                reals("potentialAtRidge", points, TrajectoryPoint::potential),
                reals("trainingLoss", points, TrajectoryPoint::trainingLoss),
                reals("outOfFoldLoss", points, TrajectoryPoint::outOfFoldLoss),
                reals("heldOutLogLikelihood", points, TrajectoryPoint::heldOutLogLikelihood),
                reals("wrongShare", points, TrajectoryPoint::wrongShare),
                reals("testAccuracy", points, TrajectoryPoint::watchedAccuracy),
                new ResultColumn.Texts("removedRows", removed));
    }

    private static ResultColumn reals(
            String name, List<TrajectoryPoint> points, ToDoubleFunction<TrajectoryPoint> value) {
        return new ResultColumn.Reals(name, points.stream().mapToDouble(value).toArray());
    }
}
