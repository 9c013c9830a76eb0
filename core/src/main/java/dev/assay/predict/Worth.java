package dev.assay.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What dividing is worth to somebody who predicts: whether test rows, which nothing was trained or chosen with, are predicted
 * better by the experts of the blocks than by one strong model ({@link Baselines#strongSingle}), and through what the block of
 * a row is known.
 *
 * @param way the best way, the simplest one where several are as good; {@link Way#NOTHING_YET} where none helps
 * @param gains of each way that could be measured, in the order of {@link Way}
 * @param rows how many test rows
 */
public record Worth(Way way, List<Gain> gains, int rows) {
    /** A share of rows, or of the variance, that is not worth several models. */
    public static final double SMALLEST_SHARE = 0.005;
    /** Nats per row that are not worth several models: a hundredth of the probability of the label. */
    public static final double SMALLEST_NATS = 0.01;

    /** How the block of a new row is known, what asks least of the user first. */
    public enum Way {
        /** There is one block: nothing was divided. */
        ONE_BLOCK("oneBlock"),
        /** It is not: the experts count by the shares of their blocks, and the probabilities say how much is left open. */
        SHARES("shares"),
        /** From the row's features, by the router. */
        FEATURES("features"),
        /** From the source of the row, which the user knows. */
        SOURCE("source"),
        /** From a few labelled rows of the same source, see {@link FewShotRouting}. */
        FEW_LABELLED_ROWS("fewLabelledRows"),
        /** Nothing that could be measured helps. */
        NOTHING_YET("nothingYet");

        private final String key;

        Way(String key) {
            this.key = key;
        }

        /** How it is called in files. */
        public String key() {
            return key;
        }
    }

    /**
     * What one way gains over one strong model on the same test rows. Intervals are of paired differences, turned so that above 0 is
     * better.
     *
     * @param way to know the block
     * @param contestant its name in the evaluation
     * @param leading accuracy, or R2
     * @param share gain in it, as a share of the rows or of the variance
     * @param probabilistic log-loss, or log-density
     * @param nats gain in it, in nats per row
     */
    public record Gain(
            Way way,
            String contestant,
            Metric leading,
            Evaluation.Interval share,
            Metric probabilistic,
            Evaluation.Interval nats) {
        /**
         * Whether it is better in one of both by more than chance and by more than nobody would notice, and worse in neither by
         * more than chance.
         */
        public boolean helps() {
            boolean worse = share.high() < 0 || nats.high() < 0;
            boolean better = (share.low() > 0 && share.value() >= SMALLEST_SHARE)
                    || (nats.low() > 0 && nats.value() >= SMALLEST_NATS);
            return better && !worse;
        }

        /** Whether it is worse in one of both by more than chance, and better in neither. */
        public boolean harms() {
            boolean worse = share.high() < 0 || nats.high() < 0;
            return worse && !(share.low() > 0) && !(nats.low() > 0);
        }
    }

    /** Copies the list. */
    public Worth {
        gains = List.copyOf(gains);
    }

    /**
     * Judges.
     *
     * @param blocks K
     * @param single the strong model's name in the evaluation
     * @param ways the name in the evaluation of each way that was measured
     */
    public static Worth of(Evaluation evaluation, int blocks, String single, Map<Way, String> ways) {
        if (blocks < 2) {
            return new Worth(Way.ONE_BLOCK, List.of(), evaluation.rows());
        }
        List<Gain> gains = new ArrayList<>();
        Gain best = null;
        for (Way way : Way.values()) {
            String name = ways.get(way);
            if (name == null) {
                continue;
            }
            Gain gain = gain(evaluation, way, name, single);
            gains.add(gain);
            boolean better = best == null
                    || gain(evaluation, way, name, best.contestant()).helps();
            best = gain.helps() && better ? gain : best;
        }
        return new Worth(best == null ? Way.NOTHING_YET : best.way(), gains, evaluation.rows());
    }

    private static Gain gain(Evaluation evaluation, Way way, String name, String over) {
        boolean classes = evaluation.entry(name).measures().containsKey(Metric.ACCURACY);
        Metric leading = classes ? Metric.ACCURACY : Metric.R_SQUARED;
        Metric probabilistic = classes ? Metric.LOG_LOSS : Metric.LOG_DENSITY;
        return new Gain(
                way,
                name,
                leading,
                turned(evaluation.difference(name, over, leading), leading),
                probabilistic,
                turned(evaluation.difference(name, over, probabilistic), probabilistic));
    }

    private static Evaluation.Interval turned(Evaluation.Interval difference, Metric metric) {
        return metric.higherIsBetter()
                ? difference
                : new Evaluation.Interval(-difference.value(), -difference.high(), -difference.low());
    }

    /** Whether any way that was measured helps. */
    public boolean helps() {
        return gains.stream().anyMatch(Gain::helps);
    }

    /** What a way gains, or null if it was not measured. */
    public @Nullable Gain gain(Way asked) {
        return gains.stream().filter(gain -> gain.way() == asked).findFirst().orElse(null);
    }
}
