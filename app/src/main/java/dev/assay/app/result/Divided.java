package dev.assay.app.result;

import dev.assay.compare.BlockColumn;
import dev.assay.divide.Verdict;
import dev.assay.io.read.LoadedData;
import dev.assay.job.DivideOutcome;
import dev.assay.purify.MinimumSampleSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A data set that was divided, in words.
 *
 * @param data what was read
 * @param about what its reader should know
 * @param outcome its blocks
 */
public record Divided(LoadedData data, DataRemarks about, DivideOutcome outcome) {
    /** What to do where there are too few rows for a verdict. */
    public static final String COLLECT = "Collect more rows: " + MinimumSampleSize.ROWS + " at least, and "
            + MinimumSampleSize.ROWS_PER_CLASS + " of each of two classes; a few hundred say more.";
    /** Shares of a block by probability and by rows that differ by more than this ask for a word. */
    private static final double FAR = 0.1;

    /** What the user should know to read the sentence right; one sentence each. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(about.all());
        double rows = data.dataset().size();
        if (outcome.division().blocks().size() > 1
                && outcome.division().blocks().stream()
                        .anyMatch(block -> Math.abs(block.size() / rows - block.share()) > FAR)) {
            remarks.add(
                    "Shares are sums of probabilities, rows are counted in the block that fits them best: they differ"
                            + " here because most labels fit several blocks, so that few rows are of one block for sure.");
        }
        for (BlockColumn column : outcome.columns()) {
            remarks.add(
                    column.decides()
                            ? "The block is known from column " + column.column() + ": it tells "
                                    + Numbers.percent(column.share()) + " of what there is to know."
                            : "Column " + column.column() + " tells " + Numbers.percent(column.share())
                                    + " of what there is to know about the block.");
        }
        if (outcome.overTime() != null) {
            remarks.add(TimeWords.sentence(outcome.overTime()));
        }
        return remarks;
    }

    /** A few words for a headline where no model was tested; empty where nothing was divided. */
    public String grade() {
        return outcome.division().verdict() == Verdict.MIXED
                ? "whether that helps to predict is for assay run to measure"
                : "";
    }

    /** What the verdict knows of its worth without a model that was tested, and what not; none where nothing was divided. */
    public List<String> worthInWords() {
        List<String> words = new ArrayList<>();
        if (outcome.division().verdict() != Verdict.MIXED) {
            return words;
        }
        DivideOutcome.Evidence gain = outcome.evidence();
        words.add(
                "What this verdict does not know: whether new rows are predicted better by several experts than by one"
                        + " model, in accuracy and log-loss. assay run measures that with rows held out.");
        if (gain != null) {
            words.add(String.format(
                    Locale.ROOT,
                    "What it knows: on rows that had no part in it the mixture explains the labels by %.3f nats per row more"
                            + " than one expert (log-likelihood %.3f against %.3f), not knowing the block of any row.",
                    gain.mixture() - gain.single(),
                    gain.mixture(),
                    gain.single()));
        }
        if (outcome.knowing() != null) {
            words.add(RouterWords.sentence(outcome.knowing()));
        }
        return words;
    }

    /** The same for run.json; null where nothing was divided. */
    public @Nullable Map<String, @Nullable Object> worthFacts() {
        if (outcome.division().verdict() != Verdict.MIXED) {
            return null;
        }
        DivideOutcome.Evidence gain = outcome.evidence();
        return RunRecord.entry(
                "helps", null,
                "way", "notMeasured",
                "mixtureLogLikelihood", gain == null ? null : gain.mixture(),
                "singleLogLikelihood", gain == null ? null : gain.single(),
                "sourceGainNats",
                        outcome.knowing() == null ? null : outcome.knowing().gain(),
                "sourceGainStandardError",
                        outcome.knowing() == null ? null : outcome.knowing().standardError(),
                "explanation", worthInWords());
    }

    /** What to do next, most important first. */
    public List<String> advice() {
        return switch (outcome.division().verdict()) {
            case HOMOGENEOUS ->
                outcome.mayHaveWrongLabels()
                        ? List.of(
                                "Nothing to take apart. Some evidence speaks for wrong labels, too little to set them apart:"
                                        + " assay purify looks for them row by row.")
                        : List.of("Nothing to take apart: train one model on your data as it is.");
            case NOISY ->
                List.of("Look at the suspicious rows, and put labels right by suggestedLabel in rows.csv; assay purify"
                        + " writes your file without them.");
            case MIXED ->
                outcome.columns().isEmpty() || !outcome.columns().get(0).decides()
                        ? List.of(
                                "Look at what tells the blocks apart: different sources, conventions, times, devices?")
                        : List.of("Ask what column " + outcome.columns().get(0).column()
                                + " stands for: it decides by which rule a row is labelled.");
            case TOO_FEW_ROWS -> List.of(COLLECT);
        };
    }
}
