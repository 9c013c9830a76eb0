package dev.assay.app.screen;

import dev.assay.app.result.Numbers;
import dev.assay.app.result.PredictionSummary;
import dev.assay.app.result.RoutingWords;
import dev.assay.io.model.SavedModel;
import java.nio.file.Path;
import java.util.ArrayList;
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
    public PredictionScreen predicted(SavedModel saved, PredictionSummary predicted, @Nullable Double threshold) {
        long n = predicted.rows();
        long silent = predicted.silent();
        screen.title(Numbers.count(n - silent) + (n - silent == 1 ? " row" : " rows") + " predicted"
                + (threshold == null
                        ? ""
                        : ", " + Numbers.count(silent) + " left out (" + Numbers.percent((double) silent / n)
                                + "): no label has a probability of " + threshold));
        screen.line("label \"" + saved.form().label() + "\", by the model of "
                + saved.model().blocks() + (saved.model().blocks() == 1 ? " block" : " blocks"));
        if (predicted.classes().isEmpty()) {
            screen.line("predictions from "
                    + Numbers.number(predicted.lowest()) + " to "
                    + Numbers.number(predicted.highest()) + ", mean "
                    + Numbers.number(predicted.mean())
                    + "; they are off by about "
                    + Numbers.number(predicted.deviation())
                    + " (mean of column deviation)");
        } else {
            classes(predicted);
        }
        return this;
    }

    private void classes(PredictionSummary predicted) {
        long[] counts = predicted.counts();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("label", "rows", "mean probability"));
        IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer code) -> -counts[code]))
                .limit(SHOWN_CLASSES)
                .forEach(code -> rows.add(List.of(
                        Numbers.cut(predicted.classes().get(code), LABEL_WIDTH),
                        Numbers.count(counts[code]),
                        Numbers.number(predicted.certainty(code)))));
        screen.table(rows);
        if (counts.length > SHOWN_CLASSES) {
            screen.line("and " + (counts.length - SHOWN_CLASSES) + " more labels");
        }
    }

    /** Which blocks the rows went to. */
    public PredictionScreen routed(SavedModel saved, RoutingWords plan, PredictionSummary predicted) {
        int blocks = saved.model().blocks();
        if (blocks == 1) {
            return this;
        }
        screen.title("Which block?");
        plan.explanation().forEach(screen::line);
        double[] shares = saved.model().shares();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "block",
                saved.models().blockSources().isEmpty() ? "" : "source",
                "likeliest in",
                "mean probability",
                "training"));
        for (int k = 0; k < blocks; k++) {
            rows.add(List.of(
                    Integer.toString(k + 1),
                    saved.models().blockSources().isEmpty()
                            ? ""
                            : Numbers.cut(saved.models().blockSources().get(k), LABEL_WIDTH),
                    Numbers.count(predicted.likeliest(k)),
                    Numbers.number(predicted.share(k)),
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
