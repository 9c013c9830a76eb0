package dev.assay.learn;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.SamplingUnits;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The learners that are worth being trained on all rows of a block that has many. A sample of {@value #ROWS} rows says so: those that are part
 * of what is chosen there, and those that more rows might bring to the front. Radial experts are only tried on all
 * rows where they are better on the sample, as everywhere. A learner is behind the best by D nats per row on the sample of m rows and by
 * D' on a quarter of it; if that falls as a constant and one over the square root of the rows, D - (D' - D) (1 - sqrt(m / n)) is left on all n. It is not
 * trained on all of them where it is behind by two standard errors on the sample and this is above 0: flexible experts gain more slowly than that.
 *
 * @param learners that are trained on all rows
 * @param behind those that are not, and what the best of the sample gained over them there
 * @param reason what was chosen on the sample and why, in words; empty without one
 */
record LearnerShortlist(LearnerSet learners, List<ExpertRival> behind, String reason) {
    private static final int ROWS = 20_000;
    private static final int SMALLER = 4;
    /** In standard errors. */
    private static final double CLEARLY_BEHIND = 2;

    /**
     * What a sample of a block says of kinds of experts.
     *
     * @param kinds in the order of the learners, the linear and radial ones as one kind, the first
     * @param chosen one of them, or a blend
     */
    record Compared(List<CrossFittedExpert> kinds, CrossFittedExpert chosen, SamplingUnits units) {
        boolean isPart(CrossFittedExpert kind) {
            return chosen.expert() == kind.expert()
                    || chosen.expert().parts().stream().anyMatch(part -> part.expert() == kind.expert());
        }

        PairedGain gain(int of, int over) {
            return LearnerChoice.gain(kinds.get(of), kinds.get(over), units);
        }

        /** In nats per row. */
        double gainOfRow(int of, int over) {
            return gain(of, over).difference() / Arrays.stream(units.weights()).sum();
        }

        /** Whether the first kind is not linear in the features. */
        boolean isBent() {
            return !(kinds.get(0).expert() instanceof LinearExpert linear) || linear.isBent();
        }

        int best() {
            int best = 0;
            for (int k = 1; k < kinds.size(); k++) {
                best = gain(k, best).difference() > 0 ? k : best;
            }
            return best;
        }
    }

    /** Where all that is offered is tried. */
    static LearnerShortlist all(LearnerSet learners) {
        return new LearnerShortlist(learners, List.of(), "");
    }

    /**
     * Makes one; as long as it takes to cross-fit all learners on {@value #ROWS} rows and on a quarter of these.
     *
     * @param weights n, of each row in the block
     */
    static LearnerShortlist of(
            Dataset data, double[] weights, LearnerSet learners, long seed, Progress progress, Workers workers) {
        int kinds = learners.further().size() + (learners.hasLinear() ? 1 : 0);
        int[] rows = LinearLearner.rows(weights);
        if (kinds == 1 || rows.length <= ROWS) {
            return all(learners);
        }
        ContentOrder order = ContentOrder.of(data, workers).select(rows);
        Compared sample = compare(data, weights, sample(order, rows, ROWS, seed), learners, seed, progress, workers);
        boolean bent = learners.radial() && (!learners.linear() || sample.isBent());
        LearnerSet seen = new LearnerSet(learners.linear(), bent, learners.further());
        Compared smaller =
                compare(data, weights, sample(order, rows, ROWS / SMALLER, seed), seen, seed, progress, workers);
        return of(sample, smaller, 1 - Math.sqrt((double) ROWS / rows.length), seen);
    }

    private static int[] sample(ContentOrder order, int[] rows, int size, long seed) {
        return IntStream.of(order.sample(size, Seeds.child(seed, "shortlist rows")))
                .map(k -> rows[k])
                .toArray();
    }

    private static Compared compare(
            Dataset data,
            double[] weights,
            int[] rows,
            LearnerSet learners,
            long seed,
            Progress progress,
            Workers workers) {
        double[] own = IntStream.of(rows).mapToDouble(i -> weights[i]).toArray();
        return LearnerChoice.compare(data.select(rows), own, learners, seed, progress, workers);
    }

    /**
     * The same from what two sizes say.
     *
     * @param reach how much further on all rows are: so often the gain from the smaller size to the sample
     */
    private static LearnerShortlist of(Compared sample, Compared smaller, double reach, LearnerSet learners) {
        int best = sample.best();
        int linear = learners.hasLinear() ? 1 : 0;
        boolean keepsLinear = false;
        List<Learner> further = new ArrayList<>();
        List<ExpertRival> behind = new ArrayList<>();
        for (int k = 0; k < sample.kinds().size(); k++) {
            double gain = sample.gainOfRow(best, k);
            boolean mayRise = gain - reach * (smaller.gainOfRow(best, k) - gain) <= 0
                    || !sample.gain(best, k).isBetter(CLEARLY_BEHIND, 0);
            if (!mayRise && !sample.isPart(sample.kinds().get(k))) {
                behind.add(new ExpertRival(sample.kinds().get(k).expert().name(), sample.gain(best, k)));
            } else if (k < linear) {
                keepsLinear = true;
            } else {
                further.add(learners.further().get(k - linear));
            }
        }
        return new LearnerShortlist(
                new LearnerSet(keepsLinear && learners.linear(), keepsLinear && learners.radial(), further),
                behind,
                sample.chosen().reason());
    }

    /** What was chosen among those that were trained on all rows, with what was not. */
    CrossFittedExpert tell(CrossFittedExpert chosen) {
        if (reason.isEmpty()) {
            return chosen;
        }
        List<ExpertRival> rivals = new ArrayList<>(chosen.rivals());
        rivals.addAll(behind);
        return new CrossFittedExpert(
                chosen.expert(),
                chosen.answers(),
                chosen.logLikelihoods(),
                chosen.borrowed(),
                String.format(
                        Locale.ROOT,
                        "%s; on %d of the rows: %s%s%s",
                        chosen.reason(),
                        ROWS,
                        reason,
                        behind.isEmpty() ? "" : "; behind there, and not trained on all rows: ",
                        String.join(", ", behind.stream().map(ExpertRival::name).toList())),
                rivals);
    }
}
