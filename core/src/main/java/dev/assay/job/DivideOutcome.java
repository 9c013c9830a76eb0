package dev.assay.job;

import dev.assay.compare.BlockColumn;
import dev.assay.compare.BlockInfluence;
import dev.assay.compare.BlockMeasures;
import dev.assay.compare.BlocksOverTime;
import dev.assay.compare.SourceComparison;
import dev.assay.divide.Candidate;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Divider;
import dev.assay.divide.Division;
import dev.assay.divide.Verdict;
import dev.assay.judge.PrevailingRule;
import dev.assay.learn.FeatureMap;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.potential.linear.PotentialScale;
import dev.assay.predict.SourceShares;
import dev.assay.quality.ClassRecall;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a data set, and how mixed it is without and with them.
 *
 * @param settings that it was divided with
 * @param division its blocks
 * @param measures how mixed the whole and the blocks are
 * @param layer what the model of V is linear in; null for the features as they are
 * @param sources blocks beside the sources that the user named, or null
 * @param rules blocks and unexplained labels in conditions that a person can check
 * @param influence of rows on each other, without and with the blocks; null where there is no pair of rows
 * @param influenceDirections along how many principal directions of the features they are, or null for all features as they are
 * @param knowing the source of a row, what it says about the block; null where no sources are known, or one block was found
 * @param columns of the user's that tell the block, the clearest first; none where no column does
 * @param overTime the shares of the blocks over time; null where no times are known, or one block was found
 */
public record DivideOutcome(
        DivideSettings settings,
        Division division,
        BlockMeasures measures,
        @Nullable String layer,
        @Nullable SourceComparison sources,
        FoundRules rules,
        @Nullable BlockInfluence influence,
        @Nullable Integer influenceDirections,
        SourceShares.@Nullable Fitted knowing,
        List<BlockColumn> columns,
        @Nullable BlocksOverTime overTime) {
    /** Copies the list. */
    public DivideOutcome {
        columns = List.copyOf(columns);
    }

    /**
     * The best mixture of as many blocks beside the best single expert.
     *
     * @param mixture log-likelihood in nats per row of rows that had no part in it, not knowing the block of any
     * @param single the same of one expert
     */
    public record Evidence(double mixture, double single) {}

    static DivideOutcome of(TrainingData data, DivideSettings settings, Workers workers, Progress progress, Laps laps) {
        Division division = Divider.divide(data.dataset(), settings, workers, progress);
        laps.lap("divide");
        FeatureMap layer = settings.learners().lastLayer(data.dataset(), settings.seed(), workers);
        LinearPotential potential = LinearPotential.of(data.dataset(), layer, workers);
        PotentialScale scale = PotentialScale.of(
                potential,
                PrevailingRule.of(division.labels(), potential, workers),
                settings.seed(),
                workers,
                progress);
        BlockMeasures measures = BlockMeasures.of(division, potential, scale, workers, progress);
        Sources sources = data.sources();
        SourceComparison comparison = null;
        SourceShares.Fitted knowing = null;
        if (sources != null) {
            List<String> names = sources.names();
            int[] codes = sources.codes();
            comparison = SourceComparison.of(division, potential, codes, names, settings.seed(), workers, progress);
            if (division.blocks().size() > 1) {
                knowing = SourceShares.fit(
                        division,
                        division.explainedShares(),
                        division.logShares(),
                        sources.column(),
                        codes,
                        names,
                        settings.seed(),
                        workers);
                if (knowing.helps()) {
                    division = division.suggesting(knowing.shares().logShares(division.logShares(), sources.rows()));
                }
            }
        }
        FoundRules rules = FoundRules.of(data, division, settings.seed(), workers);
        BlockInfluence influence = BlockInfluence.of(division, potential, settings.seed(), workers, progress);
        laps.lap("measure");
        return new DivideOutcome(
                settings,
                division,
                measures,
                layer == null ? null : layer.name(),
                comparison,
                rules,
                influence,
                potential.picturedDirections(),
                knowing,
                BlockColumn.of(division, data.columns()),
                overTime(data, division, settings.seed()));
    }

    private static @Nullable BlocksOverTime overTime(TrainingData data, Division division, long seed) {
        Times times = data.times();
        return times == null
                ? null
                : BlocksOverTime.of(
                        times.column(),
                        times.values(),
                        division.assigned(),
                        division.blocks().size(),
                        data.dataset().groups(),
                        seed);
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

    /** How many rows each class has, and how many of them experts of one function that had not seen them predict; null for numbers. */
    public @Nullable ClassRecall classes() {
        return PurifyOutcome.classes(division.data(), division.labels());
    }

    /** What the data is made of. */
    public Finding finding() {
        return Finding.of(division);
    }

    /** Probability that each label is right; lower = more suspicious; NaN where there are too few rows to tell. */
    public double[] trust() {
        if (division.labels() != null && division.blocks().size() == 1) {
            return division.labels().trust();
        }
        double[] result = new double[division.data().size()];
        Arrays.setAll(
                result,
                i -> division.verdict() == Verdict.TOO_FEW_ROWS
                        ? Double.NaN
                        : 1 - division.posteriors().get(i, 0));
        return result;
    }

    /** All rows: those whose label nothing explains first, then the others; the most suspicious first among either. */
    public int[] bySuspicion() {
        int[] assigned = division.assigned();
        double[] score = division.verdict() == Verdict.NOISY ? trust() : division.outOfFoldProbability();
        return IntStream.range(0, assigned.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> assigned[i] != 0)
                        .thenComparingDouble(i -> score[i])
                        .thenComparingInt(i -> i))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** What speaks for several blocks rather than one; null where either was not considered. */
    public @Nullable Evidence evidence() {
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
        return Double.isInfinite(single) || Double.isInfinite(mixture) ? null : new Evidence(mixture, single);
    }

    /** Whether a division that sets no labels apart as unexplained would have predicted labels best by doing so. */
    public boolean mayHaveWrongLabels() {
        return division.unexplainedShare() < Finding.SHOWN_SHARE
                && division.candidates().stream()
                        .anyMatch(candidate -> candidate.unexplained() && candidate.behind() <= 0);
    }
}
