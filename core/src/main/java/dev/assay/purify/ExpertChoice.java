package dev.assay.purify;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.model.Expert;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Which expert judges the labels: its view of the inputs and its ridge, chosen by what examples say that had no part in it
 * at all. The whole separation runs inside each outer training part, down a path of ridges, each going on from the trust
 * of the one before; its expert answers for the outer part that it never saw; the highest log-likelihood of those labels
 * under {@link LabelNoise} wins. Judging by the separation's own out-of-fold answers would not do: the trust that they are
 * trained with has seen the labels.
 *
 * <p>Of the ridges within one standard error of the best the smallest is taken: under a large ridge the expert is timid and
 * explains wrong labels nearly as well as right ones, which the fitted temperature hides from the likelihood.
 *
 * @param view how the chosen expert sees the inputs
 * @param ridges the ridges down to the chosen one, for the data set at hand
 * @param reason the choice in words
 * @param judged the examples by which it was chosen; none where it was given
 * @param logLikelihoods of their labels by the chosen expert, none of which had a part in it, in nats
 */
record ExpertChoice(InputView view, List<Double> ridges, String reason, int[] judged, double[] logLikelihoods) {
    private static final int OUTER_PARTS = 4;
    private static final int INNER_PARTS = 4;
    private static final int LARGEST_SAMPLE = 1000;
    private static final double GRADIENT_NORM = 1e-3;
    private static final List<Double> LINEAR_RIDGES = List.of(1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5);
    private static final List<Double> RADIAL_RIDGES = List.of(1e-2, 3e-3, 1e-3, 3e-4, 1e-4);
    /** A path ends when the log-likelihood has not risen so often since its maximum. */
    private static final int FALLS = 3;

    /** Where a path stands in one outer training part. */
    private record Outer(int[] own, Dataset data, ContentOrder order, Separation.State state, Matrix answers) {}

    /** What a view reached: for each ridge, the log-likelihood of each label, all never seen. */
    private record Path(InputView view, List<Double> ridges, List<double[]> logLikelihoods) {
        int best() {
            int best = 0;
            for (int k = 1; k < ridges.size(); k++) {
                if (sum(logLikelihoods.get(k)) > sum(logLikelihoods.get(best))) {
                    best = k;
                }
            }
            return best;
        }

        double highest() {
            return sum(logLikelihoods.get(best()));
        }

        /** The smallest ridge that is not worse than the best by more than chance. */
        int chosen() {
            double[] best = logLikelihoods.get(best());
            int chosen = best();
            for (int k = chosen; k < ridges.size(); k++) {
                if (withinChance(best, logLikelihoods.get(k))) {
                    chosen = k;
                }
            }
            return chosen;
        }

        boolean notWorseThan(Path other) {
            return withinChance(other.logLikelihoods().get(other.best()), logLikelihoods.get(best()));
        }

        /** Whether the sum of the first exceeds that of the second by no more than the difference's standard error. */
        private static boolean withinChance(double[] first, double[] second) {
            double difference = 0;
            double squares = 0;
            for (int i = 0; i < first.length; i++) {
                double one = first[i] - second[i];
                difference += one;
                squares += one * one;
            }
            return difference <= Math.sqrt(squares);
        }

        private static double sum(double[] values) {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            return sum;
        }
    }

    /** A linear expert with the ridge that was asked for. */
    static ExpertChoice given(InputView view, double ridge) {
        return new ExpertChoice(
                view,
                List.of(ridge),
                String.format(Locale.ROOT, "linear expert with ridge %.3g, as asked for", ridge),
                new int[0],
                new double[0]);
    }

    /** Compares the views, each along its own path of ridges. */
    static ExpertChoice choose(
            Dataset data,
            List<InputView> views,
            ContentOrder order,
            Loss loss,
            long seed,
            Progress progress,
            Workers workers) {
        int[] sample = order.sample(LARGEST_SAMPLE, seed);
        boolean all = sample.length == data.size();
        List<Path> paths = new ArrayList<>();
        for (InputView view : views) {
            InputView sampled = all ? view : view.select(sample);
            Dataset seen = sampled.of(all ? data : data.select(sample));
            paths.add(down(view, seen, all ? order : order.select(sample), loss, seed, progress, workers));
        }
        Path winner = paths.get(0);
        StringBuilder compared = new StringBuilder();
        for (Path path : paths) {
            // also where the difference may be chance: the more flexible expert has less to lose from wrong labels
            if (path.notWorseThan(winner)) {
                winner = path;
            }
            compared.append(String.format(
                    Locale.ROOT,
                    "%s%s %.3f",
                    compared.length() == 0 ? "" : ", ",
                    path.view().name(),
                    path.highest() / sample.length));
        }
        // the ridge of a mean loss is the prior's share per example: with more examples it counts for less
        double share = (double) sample.length / data.size();
        List<Double> ridges = winner.ridges().subList(0, winner.chosen() + 1).stream()
                .map(ridge -> ridge * share)
                .toList();
        String reason = String.format(
                Locale.ROOT,
                "%s expert with ridge %.2g: the highest log-likelihood of labels it never saw (nats per example: %s)",
                winner.view().name(),
                ridges.get(ridges.size() - 1),
                compared);
        return new ExpertChoice(
                winner.view(), ridges, reason, sample, winner.logLikelihoods().get(winner.chosen()));
    }

    private static Path down(
            InputView view,
            Dataset seen,
            ContentOrder order,
            Loss loss,
            long seed,
            Progress progress,
            Workers workers) {
        int[] parts = order.assign(OUTER_PARTS, seed - 1);
        List<Outer> outers = new ArrayList<>();
        for (int part = 0; part < OUTER_PARTS; part++) {
            int outer = part;
            int[] own = IntStream.range(0, parts.length)
                    .filter(i -> parts[i] == outer)
                    .toArray();
            int[] others = IntStream.range(0, parts.length)
                    .filter(i -> parts[i] != outer)
                    .toArray();
            Dataset inner = seen.select(others);
            outers.add(
                    new Outer(own, inner, order.select(others), Separation.State.beginning(inner), new Matrix(0, 0)));
        }
        List<Double> ridges = view.name().equals(InputView.LINEAR) ? LINEAR_RIDGES : RADIAL_RIDGES;
        List<Double> tried = new ArrayList<>();
        List<double[]> logLikelihoods = new ArrayList<>();
        for (double ridge : ridges) {
            progress.checkCancelled();
            CrossFit crossFit = new CrossFit(loss, ridge, GRADIENT_NORM);
            List<Outer> before = outers;
            outers = workers.mapBlocks(
                    OUTER_PARTS, 1, (part, ignored) -> step(before.get(part), seen, crossFit, seed + part, workers));
            Matrix answers = new Matrix(seen.size(), loss.outputCount());
            for (Outer outer : outers) {
                CrossFit.scatter(outer.answers(), outer.own(), answers);
            }
            LabelNoise noise = LabelNoise.fit(answers, seen.targets(), seen.weights());
            tried.add(ridge);
            logLikelihoods.add(noise.logLikelihoods(seen.weights()));
            Path soFar = new Path(view, tried, logLikelihoods);
            if (tried.size() - 1 - soFar.best() >= FALLS) {
                break;
            }
        }
        return new Path(view, tried, logLikelihoods);
    }

    /** One ridge in one outer training part, and what its expert says of the outer part. */
    private static Outer step(Outer outer, Dataset seen, CrossFit crossFit, long seed, Workers workers) {
        Separation separation = Separation.run(
                outer.data(),
                outer.order(),
                crossFit,
                Separation.Schedule.onTheWay(INNER_PARTS),
                outer.state(),
                seed,
                Progress.NONE,
                workers);
        int[] everything = IntStream.range(0, outer.data().size()).toArray();
        Separation.State state = separation.state();
        LinearModel expert = crossFit.train(outer.data(), state.trainingWeights(), everything, state.start(), workers)
                .model();
        Matrix said = Expert.answers(expert, 1, seen.features().selectRows(outer.own()), workers);
        double scale = separation.rounds().get(separation.rounds().size() - 1).scale();
        return new Outer(outer.own(), outer.data(), outer.order(), state, Separation.scaled(said, outer.data(), scale));
    }
}
