package dev.assay.job;

import dev.assay.divide.Candidate;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Division;
import dev.assay.divide.Verdict;
import dev.assay.drift.ChiSquared;
import dev.assay.drift.DataProfile;
import dev.assay.drift.Drift;
import dev.assay.drift.StudentT;
import dev.assay.learn.LearnerSet;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.potential.linear.PotentialError;
import dev.assay.predict.Evaluation;
import dev.assay.route.RouterSelector;
import dev.assay.rules.Proportion;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hold data against limits, and against an earlier run. Only what a limit asks for is computed.
 *
 * @param data to be checked
 * @param test rows to measure accuracy with, or null to hold some of the data out
 * @param facts what was seen while the data was read
 * @param limits what it must keep to
 * @param earlier what it is compared with, or null
 * @param learners of the experts that judge the labels and predict
 * @param seed of everything that is drawn
 */
public record CheckRequest(
        TrainingData data,
        @Nullable LabelledRows test,
        CheckOutcome.Facts facts,
        CheckLimits limits,
        @Nullable EarlierRun earlier,
        LearnerSet learners,
        long seed) {
    /** An accuracy of fewer rows says too little. */
    public static final int LEAST_TEST_ROWS = 20;

    /** Whether labels and blocks have to be judged. */
    public boolean isJudged() {
        return limits.asksForJudgement() || limits.accuracy() != null || earlier != null;
    }

    /** How it divides: looking for one block more than may be there, at least. */
    public DivideSettings settings() {
        Integer blocks = limits.blocks();
        int most = DivideSettings.AUTOMATIC.maxBlocks();
        return DivideSettings.AUTOMATIC
                .withMaxBlocks(blocks == null ? most : Math.max(most, blocks + 1))
                .withSeed(seed)
                .withLearners(learners);
    }

    /**
     * Computes what the limits ask for and compares.
     *
     * @param laps is told of the parts divide and measure, train and evaluate where accuracy is asked for, compare where there is an
     *     earlier run
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public CheckOutcome run(Workers workers, Progress progress, Laps laps) {
        Double accuracy = limits.accuracy();
        RunOutcome made = accuracy == null
                ? null
                : new RunRequest(data, test, settings(), RouterSelector.AUTO).run(workers, progress, laps);
        DivideOutcome divided = made != null
                ? made.divided()
                : isJudged() ? new DivideRequest(data, settings()).run(workers, progress, laps) : null;
        List<Check> checks = new ArrayList<>();
        if (divided != null) {
            judged(divided, checks);
        }
        if (made != null && accuracy != null) {
            checks.add(accuracy(made, accuracy));
        }
        seen(checks);
        CheckOutcome.Comparison comparison = null;
        if (earlier != null && divided != null) {
            comparison = compared(earlier, divided, workers, progress);
            drifts(comparison, divided, checks);
            laps.lap("compare");
        }
        return new CheckOutcome(divided, made, facts, comparison, checks);
    }

    private void judged(DivideOutcome divided, List<Check> checks) {
        Finding finding = divided.finding();
        boolean open = finding.verdict() == Verdict.TOO_FEW_ROWS;
        Double noise = limits.noise();
        if (noise != null) {
            checks.add(open ? Check.undecided(Check.Kind.NOISE, noise) : noise(divided, noise));
        }
        Integer blocks = limits.blocks();
        if (blocks != null) {
            int found = divided.division().blocks().size();
            checks.add(
                    open
                            ? Check.undecided(Check.Kind.BLOCKS, blocks)
                            : Check.of(Check.Kind.BLOCKS, blocks, found, found <= blocks));
        }
        RowLimit suspicious = limits.suspicious();
        if (suspicious != null) {
            int rows = finding.wrongRows();
            checks.add(
                    open
                            ? Check.undecided(Check.Kind.SUSPICIOUS, suspicious.amount())
                            : Check.of(
                                    Check.Kind.SUSPICIOUS,
                                    suspicious.amount(),
                                    amount(suspicious, rows),
                                    suspicious.allows(rows, data.dataset().size())));
        }
    }

    private double amount(RowLimit limit, int rows) {
        return limit.isShare() ? (double) rows / data.dataset().size() : rows;
    }

    /** Decided by the estimate; where too little speaks for wrong labels to set them apart, only if as many would be allowed. */
    private static Check noise(DivideOutcome divided, double limit) {
        double share = divided.finding().wrongShare();
        double largest = divided.finding().largestWrongShare();
        if (isOpen(divided) && largest > limit) {
            return Check.undecided(Check.Kind.NOISE, limit);
        }
        Proportion interval = Proportion.of(share, wrongRows(divided));
        return Check.of(Check.Kind.NOISE, limit, share, share <= limit)
                .between(interval.low(), Math.max(interval.high(), largest));
    }

    /** Whether it is left open that labels may be wrong. */
    private static boolean isOpen(DivideOutcome divided) {
        return divided.finding().verdict() == Verdict.HOMOGENEOUS && divided.mayHaveWrongLabels();
    }

    /** How many rows the share of wrong labels is worth. */
    private static double wrongRows(DivideOutcome divided) {
        double[] wrong = Arrays.stream(divided.trust()).map(trust -> 1 - trust).toArray();
        return EffectiveRows.of(
                divided.finding().wrongShare(), wrong, divided.division().data().weights());
    }

    private static Check accuracy(RunOutcome made, double limit) {
        ModelComparison comparison = made.tested().comparison();
        Evaluation.Interval found = comparison.measure(comparison.leading());
        return made.tested().test().size() < LEAST_TEST_ROWS
                ? Check.undecided(Check.Kind.ACCURACY, limit)
                : Check.of(Check.Kind.ACCURACY, limit, found.value(), found.value() >= limit)
                        .between(found.low(), found.high());
    }

    private void seen(List<Check> checks) {
        RowLimit copies = limits.copies();
        if (copies != null) {
            int rows = facts.copies().repeated();
            checks.add(Check.of(
                    Check.Kind.COPIES,
                    copies.amount(),
                    amount(copies, rows),
                    copies.allows(rows, data.dataset().size())));
        }
        if (limits.noLeaks()) {
            int leaks = facts.leaks().size();
            checks.add(Check.of(Check.Kind.LEAKS, 0, leaks, leaks == 0));
        }
    }

    private CheckOutcome.Comparison compared(
            EarlierRun before, DivideOutcome divided, Workers workers, Progress progress) {
        progress.phase("compare with the earlier run", 0);
        DataProfile.Change change = before.profile().since(data.encoding(), data.dataset(), workers);
        double error = Double.NaN;
        // leaves of other trees give V of another model
        if (divided.layer() == null
                && !Double.isNaN(before.potential())
                && !Double.isNaN(divided.measures().potential())) {
            error = PotentialError.of(LinearPotential.of(data.dataset(), workers), seed, workers, progress)
                    .standardError();
        }
        // columns, labels, blocks, noise, V
        return new CheckOutcome.Comparison(
                before,
                change,
                blocks(before, divided),
                noise(before, divided),
                error,
                change.columns().size() + 4);
    }

    /** As many rows as before where the shares of now are worth so many. */
    private double before(EarlierRun before, double now) {
        return now * before.rows() / data.dataset().size();
    }

    /**
     * Blocks are compared by size. Where their number is another, chance is what the evidence of either run leaves to the number that
     * the other one found.
     */
    private Drift blocks(EarlierRun before, DivideOutcome divided) {
        Division division = divided.division();
        double[] now = Arrays.stream(division.explainedShares())
                .boxed()
                .sorted(Comparator.reverseOrder())
                .mapToDouble(Double::doubleValue)
                .toArray();
        int most = Math.max(now.length, before.blocks().size());
        double[] earlierShares = new double[most];
        for (int k = 0; k < before.blocks().size(); k++) {
            earlierShares[k] = before.blocks().get(k);
        }
        double rows = Double.POSITIVE_INFINITY;
        for (int k = 1; k <= division.blocks().size(); k++) {
            int column = k;
            double[] posteriors = new double[division.data().size()];
            Arrays.setAll(posteriors, i -> division.posteriors().get(i, column));
            rows = Math.min(
                    rows,
                    EffectiveRows.of(
                            division.blocks().get(k - 1).share(),
                            posteriors,
                            division.data().weights()));
        }
        Drift drift = Drift.ofShares("blocks", earlierShares, before(before, rows), Arrays.copyOf(now, most), rows);
        if (now.length == before.blocks().size()) {
            return drift;
        }
        double chance = Math.max(
                chance(division.candidates(), before.blocks().size()), chance(before.candidates(), now.length));
        return new Drift(drift.name(), drift.distance(), drift.expected(), chance, drift.stability());
    }

    /** How likely so many blocks are no worse than the best number; 0 where all rows had ruled them out. */
    private static double chance(List<Candidate> candidates, int blocks) {
        double chance = 0;
        for (Candidate candidate : candidates) {
            if (candidate.blocks() == blocks) {
                double z = candidate.behind() / candidate.standardError();
                chance = Math.max(chance, candidate.behind() > 0 ? ChiSquared.tail(z * z, 1) / 2 : 1);
            }
        }
        return chance;
    }

    /**
     * Whether labels are wrong or hard cases may be judged otherwise of two files of the same kind: what neither of them rules out is no
     * drift. Compared are the shares of either that are nearest to each other.
     */
    private Drift noise(EarlierRun before, DivideOutcome divided) {
        Finding finding = divided.finding();
        double share = finding.wrongShare();
        double earlierShare = before.wrongShare();
        if (share < earlierShare) {
            share = Math.min(earlierShare, finding.largestWrongShare());
        } else {
            earlierShare = Math.min(share, before.largestWrongShare());
        }
        double rows = wrongRows(divided);
        return Drift.ofShares(
                "noise",
                new double[] {1 - earlierShare, earlierShare},
                before(before, rows),
                new double[] {1 - share, share},
                rows);
    }

    private void drifts(CheckOutcome.Comparison found, DivideOutcome divided, List<Check> checks) {
        DataProfile.Change change = found.change();
        if (change.columns().isEmpty() && change.gone().isEmpty()) {
            checks.add(Check.skipped(Check.Kind.DRIFT_FEATURES, limits.drift()));
        } else {
            checks.add(columns(found));
        }
        checks.add(Check.drift(
                Check.Kind.DRIFT_LABELS, limits.drift(), change.labels().distance(), found.chance(change.labels())));
        if (divided.finding().verdict() == Verdict.TOO_FEW_ROWS) {
            checks.add(Check.undecided(Check.Kind.DRIFT_BLOCKS, limits.drift()));
            checks.add(Check.undecided(Check.Kind.DRIFT_NOISE, limits.noiseDrift()));
        } else {
            checks.add(Check.drift(
                    Check.Kind.DRIFT_BLOCKS, limits.drift(), found.blocks().distance(), found.chance(found.blocks())));
            checks.add(Check.drift(
                    Check.Kind.DRIFT_NOISE,
                    limits.noiseDrift(),
                    found.noise().distance(),
                    found.chance(found.noise())));
        }
        checks.add(potential(found, divided.measures().potential()));
    }

    /** The column that has moved most of those beyond limit and chance, else of all. A column that is gone or new is a drift. */
    private Check columns(CheckOutcome.Comparison found) {
        DataProfile.Change change = found.change();
        Drift most = change.columns().stream()
                .max(Comparator.comparing((Drift drift) -> found.isBeyond(drift, limits.drift()))
                        .thenComparingDouble(Drift::distance))
                .orElse(null);
        Check check = most == null
                ? Check.drift(Check.Kind.DRIFT_FEATURES, limits.drift(), 1, 0)
                : Check.drift(Check.Kind.DRIFT_FEATURES, limits.drift(), most.distance(), found.chance(most));
        boolean same = change.gone().isEmpty() && change.arrived().isEmpty();
        return same
                ? check
                : new Check(
                        check.kind(),
                        check.limit(),
                        check.value(),
                        check.low(),
                        check.high(),
                        check.chance(),
                        Check.Result.BROKEN);
    }

    /** |V - V'| / max(V, V'), V' of as many rows with the standard error that these rows would have. */
    private Check potential(CheckOutcome.Comparison found, double now) {
        double before = found.earlier().potential();
        double error = found.potentialError();
        if (!(error > 0)) {
            return Check.skipped(Check.Kind.DRIFT_POTENTIAL, limits.potentialDrift());
        }
        double both = error
                * Math.sqrt(1 + (double) data.dataset().size() / found.earlier().rows());
        double chance = StudentT.twoSided((now - before) / both, PotentialError.GROUPS - 1);
        return Check.drift(
                Check.Kind.DRIFT_POTENTIAL,
                limits.potentialDrift(),
                Math.abs(now - before) / Math.max(now, before),
                Math.min(1, chance * found.tests()));
    }
}
