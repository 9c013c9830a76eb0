package dev.assay.app.screen;

import dev.assay.app.result.Numbers;
import dev.assay.app.result.PredictionTable;
import dev.assay.app.result.RoutingWords;
import dev.assay.io.model.SavedModel;
import dev.assay.job.PredictOutcome;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Predictions;
import dev.assay.predict.RealPredictions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The screen after predicting: how many rows of what, how sure, and by which blocks. */
public final class PredictionScreen {
    private static final int SHOWN_CLASSES = 10;
    private static final int LABEL_WIDTH = 24;

    private final Screen screen = new Screen();

    /** How many rows were predicted to be what. */
    public PredictionScreen predicted(SavedModel saved, PredictOutcome predicted, @Nullable Double threshold) {
        Predictions predictions = predicted.predictions();
        int n = predictions.size();
        int silent = predicted.silent();
        screen.title(Numbers.count(n - silent) + (n - silent == 1 ? " row" : " rows") + " predicted"
                + (threshold == null
                        ? ""
                        : ", " + Numbers.count(silent) + " left out (" + Numbers.percent((double) silent / n)
                                + "): no label has a probability of " + threshold));
        screen.line("label \"" + saved.form().label() + "\", by the model of "
                + saved.model().blocks() + (saved.model().blocks() == 1 ? " block" : " blocks"));
        if (predictions instanceof ClassPredictions classes) {
            classes(classes, predicted.abstained());
        }
        if (predictions instanceof RealPredictions numbers) {
            double[] means = numbers.means();
            screen.line("predictions from "
                    + Numbers.number(Arrays.stream(means).min().orElse(Double.NaN)) + " to "
                    + Numbers.number(Arrays.stream(means).max().orElse(Double.NaN)) + ", mean "
                    + Numbers.number(Arrays.stream(means).average().orElse(Double.NaN))
                    + "; they are off by about "
                    + Numbers.number(
                            Arrays.stream(numbers.deviations()).average().orElse(Double.NaN))
                    + " (mean of column deviation)");
        }
        return this;
    }

    private void classes(ClassPredictions classes, boolean[] abstained) {
        int[] counts = new int[classes.names().size()];
        double[] certainty = new double[counts.length];
        int[] codes = classes.codes();
        double[] certainties = classes.certainties();
        for (int i = 0; i < codes.length; i++) {
            if (!abstained[i]) {
                counts[codes[i]]++;
                certainty[codes[i]] += certainties[i];
            }
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("label", "rows", "mean probability"));
        IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer code) -> -counts[code]))
                .limit(SHOWN_CLASSES)
                .forEach(code -> rows.add(List.of(
                        Numbers.cut(classes.names().get(code), LABEL_WIDTH),
                        Numbers.count(counts[code]),
                        counts[code] == 0 ? "-" : Numbers.number(certainty[code] / counts[code]))));
        screen.table(rows);
        if (counts.length > SHOWN_CLASSES) {
            screen.line("and " + (counts.length - SHOWN_CLASSES) + " more labels");
        }
    }

    /** Which blocks the rows went to. */
    public PredictionScreen routed(SavedModel saved, RoutingWords plan, Predictions predictions) {
        int blocks = saved.model().blocks();
        if (blocks == 1) {
            return this;
        }
        screen.title("Which block?");
        plan.explanation().forEach(screen::line);
        int[] likeliest = predictions.likeliestBlocks();
        double[] shares = saved.model().shares();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "block",
                saved.models().blockSources().isEmpty() ? "" : "source",
                "likeliest in",
                "mean probability",
                "training"));
        for (int k = 0; k < blocks; k++) {
            int block = k + 1;
            rows.add(List.of(
                    Integer.toString(block),
                    saved.models().blockSources().isEmpty()
                            ? ""
                            : Numbers.cut(saved.models().blockSources().get(k), LABEL_WIDTH),
                    Numbers.count(
                            Arrays.stream(likeliest).filter(one -> one == block).count()),
                    Numbers.number(Arrays.stream(PredictionTable.column(predictions.blocks(), k))
                            .average()
                            .orElse(Double.NaN)),
                    Numbers.number(shares[k])));
        }
        screen.table(rows);
        return this;
    }

    /** What the user should know about how the rows were taken. */
    public PredictionScreen notes(List<String> notes) {
        if (!notes.isEmpty()) {
            screen.title("Notes");
            notes.forEach(screen::line);
        }
        return this;
    }

    /** What to do next. */
    public PredictionScreen next(List<String> advice) {
        screen.title("Next");
        advice.forEach(screen::line);
        return this;
    }

    /** Where the files are. */
    public PredictionScreen files(List<Path> files) {
        screen.files(files);
        return this;
    }

    @Override
    public String toString() {
        return screen.toString();
    }
}
