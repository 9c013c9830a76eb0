package dev.assay.app.result;

import dev.assay.compare.BlockColumn;
import dev.assay.compare.BlockInfluence;
import dev.assay.compare.BlockMeasures;
import dev.assay.compare.SourceComparison;
import dev.assay.data.ColumnEncoding;
import dev.assay.data.FittedEncoder;
import dev.assay.divide.Candidate;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Divider;
import dev.assay.divide.Division;
import dev.assay.divide.Verdict;
import dev.assay.io.read.LoadedData;
import dev.assay.judge.PrevailingRule;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.potential.linear.PotentialScale;
import dev.assay.predict.SourceShares;
import dev.assay.purify.EnoughRows;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Data, its blocks, and how mixed it is without and with them.
 *
 * @param data what was read
 * @param about what its reader should know
 * @param division its blocks
 * @param measures how mixed the whole and the blocks are
 * @param sources blocks beside the sources that the user named, or null
 * @param rules blocks and unexplained labels in conditions that a person can check
 * @param influence of rows on each other, without and with the blocks; null where there is no pair of rows
 * @param influenceDirections along how many principal directions of the features they are, or null for all features as they are
 * @param knowing the source of a row, what it says about the block; null where no sources are known, or one block was found
 * @param columns of the user's that tell the block, the clearest first; none where no column does
 */
public record Divided(
        LoadedData data,
        DataRemarks about,
        Division division,
        BlockMeasures measures,
        @Nullable SourceComparison sources,
        FoundRules rules,
        @Nullable BlockInfluence influence,
        @Nullable Integer influenceDirections,
        SourceShares.@Nullable Fitted knowing,
        List<BlockColumn> columns) {
    /** Copies the list. */
    public Divided {
        columns = List.copyOf(columns);
    }

    /** What to do where there are too few rows for a verdict. */
    public static final String COLLECT = "Collect more rows: " + EnoughRows.ROWS + " at least, and "
            + EnoughRows.ROWS_PER_CLASS + " of each of two classes; a few hundred say more.";
    /** Shares of a block by probability and by rows that differ by more than this ask for a word. */
    private static final double FAR = 0.1;

    /** Divides and measures. */
    public static Divided of(
            LoadedData data,
            DataRemarks about,
            DivideSettings settings,
            RunRecord record,
            Workers workers,
            Progress progress) {
        Division division = Divider.divide(data.dataset(), settings, workers, progress);
        record.lap("divide");
        LinearPotential potential = LinearPotential.of(data.dataset(), workers);
        PotentialScale scale = PotentialScale.of(
                potential,
                PrevailingRule.of(division.labels(), potential, workers),
                settings.seed(),
                workers,
                progress);
        BlockMeasures measures = BlockMeasures.of(division, potential, scale, workers, progress);
        SourceComparison sources = null;
        SourceShares.Fitted knowing = null;
        if (data.sources() != null) {
            List<String> names = names(data.sources());
            int[] codes = codes(data.sources(), names);
            sources = SourceComparison.of(division, codes, names, settings.seed(), workers, progress);
            String column = data.settings().source();
            if (column != null && division.blocks().size() > 1) {
                knowing = SourceShares.fit(
                        division,
                        division.explainedShares(),
                        division.logShares(),
                        column,
                        codes,
                        names,
                        settings.seed(),
                        workers);
            }
        }
        List<String> texts = data.sources();
        if (texts != null && knowing != null && knowing.helps()) {
            division = division.suggesting(knowing.shares().logShares(division.logShares(), texts));
        }
        FoundRules rules = FoundRules.of(data, division, settings.seed(), workers);
        BlockInfluence influence = BlockInfluence.of(division, potential, settings.seed(), workers, progress);
        record.lap("measure");
        return new Divided(
                data,
                about,
                division,
                measures,
                sources,
                rules,
                influence,
                PotentialWords.directions(potential),
                knowing,
                BlockColumn.of(division, columns(data)));
    }

    /** The features of each column of a table; of arrays none. */
    private static List<BlockColumn.Features> columns(LoadedData data) {
        List<BlockColumn.Features> result = new ArrayList<>();
        if (data.encoding() instanceof FittedEncoder table) {
            int from = 0;
            for (ColumnEncoding column : table.columns()) {
                int to = from + column.featureNames().size();
                if (to > from) {
                    result.add(new BlockColumn.Features(column.column(), from, to));
                }
                from = to;
            }
        }
        return result;
    }

    /** The different sources, in order. */
    public static List<String> names(List<String> sources) {
        return List.copyOf(new TreeSet<>(sources));
    }

    /** The place of each row's source among the names, -1 where it is not among them. */
    public static int[] codes(List<String> sources, List<String> names) {
        Map<String, Integer> places = new HashMap<>();
        for (String name : names) {
            places.put(name, places.size());
        }
        return sources.stream()
                .mapToInt(source -> places.getOrDefault(source, -1))
                .toArray();
    }

    /** The source that each block was matched with, empty where there is none; no entry without sources. */
    public List<String> blockSources() {
        SourceComparison comparison = sources;
        if (comparison == null) {
            return List.of();
        }
        return comparison.matches().stream()
                .map(match -> match.source() < 0 ? "" : comparison.names().get(match.source()))
                .toList();
    }

    /** What the data is made of. */
    public Finding finding() {
        return Finding.of(division);
    }

    /** All rows: those whose label nothing explains first, then the others; the most suspicious first among either. */
    public int[] bySuspicion() {
        int[] assigned = division.assigned();
        double[] score =
                division.verdict() == Verdict.NOISY ? DivisionTables.trust(division) : division.outOfFoldProbability();
        return IntStream.range(0, assigned.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> assigned[i] != 0)
                        .thenComparingDouble(i -> score[i])
                        .thenComparingInt(i -> i))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** What the user should know to read the sentence right; one sentence each. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(about.all());
        double rows = data.dataset().size();
        if (division.blocks().size() > 1
                && division.blocks().stream().anyMatch(block -> Math.abs(block.size() / rows - block.share()) > FAR)) {
            remarks.add(
                    "Shares are sums of probabilities, rows are counted in the block that fits them best: they differ"
                            + " here because most labels fit several blocks, so that few rows are of one block for sure.");
        }
        for (BlockColumn column : columns) {
            remarks.add(
                    column.decides()
                            ? "The block is known from column " + column.column() + ": it tells "
                                    + Numbers.percent(column.share()) + " of what there is to know."
                            : "Column " + column.column() + " tells " + Numbers.percent(column.share())
                                    + " of what there is to know about the block.");
        }
        return remarks;
    }

    /** A few words for a headline where no model was tested; empty where nothing was divided. */
    public String grade() {
        return division.verdict() == Verdict.MIXED ? "whether that helps to predict is for assay run to measure" : "";
    }

    /** What the verdict knows of its worth without a model that was tested, and what not; none where nothing was divided. */
    public List<String> worthInWords() {
        List<String> words = new ArrayList<>();
        if (division.verdict() != Verdict.MIXED) {
            return words;
        }
        Gain gain = gain();
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
        if (knowing != null) {
            words.add(TrainedModel.sentence(knowing));
        }
        return words;
    }

    /** Evidence of the mixture and of one expert, in nats per row of rows that had no part in them; null where unknown. */
    private @Nullable Gain gain() {
        double single = Double.NEGATIVE_INFINITY;
        double mixture = Double.NEGATIVE_INFINITY;
        for (Candidate candidate : division.candidates()) {
            if (candidate.blocks() == 1 && !candidate.unexplained()) {
                single = Math.max(single, candidate.evidence());
            }
            if (candidate.blocks() == division.blocks().size()) {
                mixture = Math.max(mixture, candidate.evidence());
            }
        }
        return Double.isInfinite(single) || Double.isInfinite(mixture) ? null : new Gain(single, mixture);
    }

    private record Gain(double single, double mixture) {}

    /** The same for run.json; null where nothing was divided. */
    public @Nullable Map<String, @Nullable Object> worthFacts() {
        if (division.verdict() != Verdict.MIXED) {
            return null;
        }
        Gain gain = gain();
        return RunRecord.entry(
                "helps", null,
                "way", "notMeasured",
                "mixtureLogLikelihood", gain == null ? null : gain.mixture(),
                "singleLogLikelihood", gain == null ? null : gain.single(),
                "sourceGainNats", knowing == null ? null : knowing.gain(),
                "sourceGainStandardError", knowing == null ? null : knowing.standardError(),
                "explanation", worthInWords());
    }

    /** Whether a division that sets no labels apart as unexplained would have predicted labels best by doing so. */
    public boolean mayHaveWrongLabels() {
        return division.unexplainedShare() < Finding.SHOWN_SHARE
                && division.candidates().stream()
                        .anyMatch(candidate -> candidate.unexplained() && candidate.behind() <= 0);
    }

    /** What to do next, most important first. */
    public List<String> advice() {
        return switch (division.verdict()) {
            case HOMOGENEOUS ->
                mayHaveWrongLabels()
                        ? List.of(
                                "Nothing to take apart. Some evidence speaks for wrong labels, too little to set them apart:"
                                        + " assay purify looks for them row by row.")
                        : List.of("Nothing to take apart: train one model on your data as it is.");
            case NOISY ->
                List.of("Look at the suspicious rows, and put labels right by suggestedLabel in rows.csv; assay purify"
                        + " writes your file without them.");
            case MIXED ->
                columns.isEmpty() || !columns.get(0).decides()
                        ? List.of(
                                "Look at what tells the blocks apart: different sources, conventions, times, devices?")
                        : List.of("Ask what column " + columns.get(0).column()
                                + " stands for: it decides by which rule a row is labelled.");
            case TOO_FEW_ROWS -> List.of(COLLECT);
        };
    }
}
