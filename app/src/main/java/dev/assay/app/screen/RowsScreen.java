package dev.assay.app.screen;

import dev.assay.app.result.Numbers;
import dev.assay.data.ClassTargets;
import dev.assay.io.read.LoadedData;
import dev.assay.io.table.RecordLines;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Single rows on the screen, where to find them in the file, and what speaks against their labels. */
public final class RowsScreen {
    private static final int WIDTH = 24;
    private static final String NONE = "-";

    private RowsScreen() {}

    /**
     * What is said of each row beside its label.
     *
     * @param suggested text of the label it should rather have, null where none is suggested
     * @param suggestedProbability of that label, NaN where unknown
     * @param scoreTitle head of the column of scores
     * @param score of each example
     * @param isProbability whether the score is one
     */
    public record Doubts(
            IntFunction<@Nullable String> suggested,
            IntToDoubleFunction suggestedProbability,
            String scoreTitle,
            double[] score,
            boolean isProbability) {}

    static void show(LoadedData data, int[] examples, Doubts doubts, Screen screen) {
        boolean classes = data.dataset().targets() instanceof ClassTargets;
        int[] rows = new int[examples.length];
        for (int k = 0; k < examples.length; k++) {
            rows[k] = data.dataset().rows()[examples[k]];
        }
        long @Nullable [] lines = RecordLines.of(data.source(), rows);
        boolean named = data.ids() != null;
        List<List<String>> table = new ArrayList<>();
        table.add(List.of(
                "row",
                lines == null ? "" : "line",
                named ? "id" : "",
                "label",
                "suggested",
                classes ? "probability" : "",
                doubts.scoreTitle()));
        for (int k = 0; k < examples.length; k++) {
            int example = examples[k];
            String suggested = doubts.suggested().apply(example);
            String probability = suggested == null
                    ? NONE
                    : Numbers.probability(doubts.suggestedProbability().applyAsDouble(example));
            double score = doubts.score()[example];
            table.add(List.of(
                    Integer.toString(rows[k]),
                    lines == null ? "" : Long.toString(lines[k]),
                    named ? Numbers.cut(data.id(example), WIDTH) : "",
                    Numbers.cut(data.labelText(example), WIDTH),
                    suggested == null
                            ? NONE
                            : Numbers.cut(classes ? suggested : Numbers.number(Double.parseDouble(suggested)), WIDTH),
                    classes ? probability : "",
                    doubts.isProbability() ? Numbers.probability(score) : Numbers.number(score)));
        }
        screen.table(table);
        screen.line("row: counted from 0"
                + (lines == null ? "." : "; line: where it begins in the file, the line of names included."));
    }
}
