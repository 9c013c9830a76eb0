package dev.assay.divide;

import dev.assay.data.SamplingUnits;
import dev.assay.learn.PairedGain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which explanation a data set gets: what never-seen labels say, the simpler one where they do not say enough. More blocks, and
 * block 0, must earn their place.
 *
 * @param chosen the explanation
 * @param candidates all of them, the simplest first
 * @param reasons in words
 */
record BlockChoice(Hypothesis chosen, List<Candidate> candidates, List<String> reasons) {
    /** Block 0 beside several blocks has to be better by so many standard errors. */
    private static final double UNEXPLAINED_ERRORS = 3;
    /** A further block has to be better by so many standard errors ... */
    private static final double BLOCK_ERRORS = 1;
    /** ... several blocks than one by so many: noise overfits with several, a mixture only where its blocks are small. */
    private static final double MIXED_ERRORS = 0.25;
    /** The same where many rows are looked at: what there is shows by far more there, and what shows by less is how little one function fits. */
    private static final double MIXED_ERRORS_OF_MANY = 3;

    private static final double BLOCK_ERRORS_OF_MANY = 2;
    /** What chance gives without any difference, in nats. */
    private static final double NATS = 3;

    /**
     * Chooses.
     *
     * @param hypotheses all, in any order, at least one of them with one block
     * @param noisy whether, with one block, labels are wrong beyond doubt
     * @param units of all rows that judge
     * @param many whether they are a sample of many
     */
    static BlockChoice among(List<Hypothesis> hypotheses, boolean noisy, SamplingUnits units, boolean many) {
        List<String> reasons = new ArrayList<>();
        Hypothesis one = ofOneBlock(hypotheses, noisy, units);
        int most = hypotheses.stream().mapToInt(Hypothesis::blocks).max().orElse(1);
        Hypothesis several = null;
        for (int k = 2; k <= most; k++) {
            Hypothesis next = ofSize(hypotheses, k, units);
            if (next == null) {
                continue;
            }
            if (several == null) {
                several = next;
                continue;
            }
            PairedGain gain = next.over(several, units);
            if (gain.isBetter(many ? BLOCK_ERRORS_OF_MANY : BLOCK_ERRORS, NATS)) {
                several = next;
            }
        }
        Hypothesis chosen = one;
        if (several != null) {
            PairedGain gain = several.over(one, units);
            boolean mixed = gain.isBetter(many ? MIXED_ERRORS_OF_MANY : MIXED_ERRORS, NATS);
            chosen = mixed ? several : one;
            reasons.add(String.format(
                    Locale.ROOT,
                    "%d blocks explain never-seen labels %s than one block%s: %+.1f nats (standard error %.1f) on %d"
                            + " rows",
                    several.blocks(),
                    mixed ? "better" : "no better",
                    one.unexplained() ? " and unexplained labels" : "",
                    gain.difference(),
                    gain.standardError(),
                    gain.rows()));
        }
        return new BlockChoice(chosen, candidates(hypotheses, units), reasons);
    }

    /**
     * The explanation by one function that several must beat: the best of its kind. Also the other kind counts where it is better, as
     * doubt and noise can explain the same labels, and several blocks have to explain more than either.
     */
    private static Hypothesis ofOneBlock(List<Hypothesis> hypotheses, boolean noisy, SamplingUnits units) {
        Hypothesis own = best(hypotheses, 1, noisy, units);
        Hypothesis other = best(hypotheses, 1, !noisy, units);
        if (own == null || other == null) {
            throw new IllegalArgumentException("no hypothesis of one block");
        }
        return other.over(own, units).isBetter(BLOCK_ERRORS, NATS) ? other : own;
    }

    private static @Nullable Hypothesis ofSize(List<Hypothesis> hypotheses, int blocks, SamplingUnits units) {
        Hypothesis clean = best(hypotheses, blocks, false, units);
        Hypothesis noisy = best(hypotheses, blocks, true, units);
        if (clean == null || noisy == null) {
            return clean == null ? noisy : clean;
        }
        return noisy.over(clean, units).isBetter(UNEXPLAINED_ERRORS, NATS) ? noisy : clean;
    }

    /** The best of its kind; a bent one, or one whose shares depend on x, only if it is better by more than chance. */
    private static @Nullable Hypothesis best(
            List<Hypothesis> hypotheses, int blocks, boolean unexplained, SamplingUnits units) {
        Hypothesis best = null;
        for (Hypothesis next : hypotheses) {
            if (next.blocks() != blocks || next.unexplained() != unexplained) {
                continue;
            }
            if (best == null || next.over(best, units).isBetter(BLOCK_ERRORS, NATS)) {
                best = next;
            }
        }
        return best;
    }

    private static List<Candidate> candidates(List<Hypothesis> hypotheses, SamplingUnits units) {
        Hypothesis best = hypotheses.get(0);
        for (Hypothesis next : hypotheses) {
            if (next.over(best, units).difference() > 0) {
                best = next;
            }
        }
        Hypothesis highest = best;
        return hypotheses.stream()
                .map(next -> {
                    PairedGain gain = highest.over(next, units);
                    int rows = Math.max(1, gain.rows());
                    return new Candidate(
                            next.blocks(),
                            next.unexplained(),
                            next.view(),
                            next.gate(),
                            next.evidence(units.weights()),
                            gain.difference() / rows,
                            gain.standardError() / rows);
                })
                .toList();
    }
}
