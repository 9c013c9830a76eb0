package dev.assay.bench;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.SyntheticSample;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.model.AdamTrainer;
import dev.assay.model.Fit;
import dev.assay.model.Linearization;
import dev.assay.model.Objective;
import dev.assay.model.SoftmaxLoss;
import dev.assay.potential.Potential;
import dev.assay.potential.linear.DeltaVariance;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Figures 4, 6 and 8: V and test accuracy while the ten rows whose removal lowers V most are removed, again and again, with
 * training from scratch in between.
 */
enum PurifyFigure implements Figure {
    /** Images of 4 and 8, 180 of the 600 labels wrong. */
    FIGURE_4("figure4", "figure4_purify_emnist.csv", "Images of 4 and 8, 30 % of the labels wrong", 50),
    /** 700 rows of distribution 1, 300 of 2. */
    FIGURE_6("figure6", "figure6_purify_700_300.csv", "700 rows of distribution 1, 300 of 2", 90),
    /** 700 rows of distribution 1, 150 of 2 and 150 of 3. */
    FIGURE_8("figure8", "figure8_purify_700_150_150.csv", "700 rows of distribution 1, 150 of 2, 150 of 3", 90);

    private static final int REMOVED_AT_ONCE = 10;
    private static final int COMPARED = 20;

    private final String label;
    private final String published;
    private final String title;
    private final int iterations;

    PurifyFigure(String label, String published, String title, int iterations) {
        this.label = label;
        this.published = published;
        this.title = title;
        this.iterations = iterations;
    }

    /**
     * What is purified.
     *
     * @param training the mixed set
     * @param test clean data of the majority
     * @param foreign which training rows do not belong
     */
    record Problem(Dataset training, Dataset test, boolean[] foreign) {}

    /** One row of the figure. */
    record Step(int size, double potential, double accuracy, int foreignRemoved) {}

    /** Is told of every step as it is done. */
    interface Watcher {
        void step(int iteration, Step step);
    }

    Problem problem(Session session) {
        if (this == FIGURE_4) {
            return EmnistImages.problem(session.data(), session.workers());
        }
        int[] sizes = this == FIGURE_6 ? new int[] {700, 300} : new int[] {700, 150, 150};
        String file = this == FIGURE_6 ? "synthetic_train_mix_2spec.csv" : "synthetic_train_mix_3spec.csv";
        Optional<SyntheticSample> training = session.data().synthetic(file, sizes);
        Optional<SyntheticSample> test = session.data().synthetic("synthetic_test_dis1.csv", 1000);
        if (training.isEmpty() || test.isEmpty()) {
            session.say(
                    "%s: without the published %s, a mixture of the same functions is drawn: the numbers will differ",
                    label, file);
            return mixture(
                    SyntheticSample.drawPaper(sizes, session.seed()),
                    SyntheticSample.drawPaper(new int[] {1000}, session.seed() + 1));
        }
        return mixture(training.get(), test.get());
    }

    private static Problem mixture(SyntheticSample training, SyntheticSample test) {
        boolean[] foreign = new boolean[training.size()];
        for (int i = 0; i < foreign.length; i++) {
            foreign[i] = training.blocks()[i] > 0;
        }
        return new Problem(training.toDataset(), test.toDataset(), foreign);
    }

    @Override
    public void reproduce(Session session) throws IOException {
        Problem problem = problem(session);
        Optional<List<double[]>> figure = session.data().figure(published);
        if (figure.isEmpty()) {
            session.say("%s: without the published %s, its columns stay empty", label, published);
        }
        DeltaVariance.Method method = session.fast() ? DeltaVariance.Method.FAST : DeltaVariance.Method.ONE_STEP;
        FigureTable table = new FigureTable(
                "iteration",
                "size",
                "potential",
                "accuracy",
                "foreignRemoved",
                "publishedPotential",
                "publishedAccuracy",
                "potentialDifferencePercent",
                "accuracyDifference");
        long start = System.nanoTime();
        purify(
                problem,
                method,
                session.iterations() == null ? iterations : session.iterations(),
                session.workers(),
                (k, step) -> {
                    double[] theirs = PublishedRows.find(figure, 2, k, step.size());
                    table.add(
                            k,
                            step.size(),
                            step.potential(),
                            step.accuracy(),
                            step.foreignRemoved(),
                            theirs[0],
                            theirs[1],
                            100 * (step.potential() / theirs[0] - 1),
                            step.accuracy() - theirs[1]);
                    session.say(
                            "%s: %3d  %4d rows  V %10.6f%s  accuracy %.4f%s  %d foreign rows removed",
                            label,
                            k,
                            step.size(),
                            step.potential(),
                            published(" (published %10.6f)", theirs[0]),
                            step.accuracy(),
                            published(" (published %.4f)", theirs[1]),
                            step.foreignRemoved());
                });
        double seconds = (System.nanoTime() - start) * 1e-9;
        String name = session.fast() ? label + "-fast" : label;
        table.write(file(session, name, "csv"));
        Charts.writeTwinAxes(
                table, title, "iteration", "iteration (10 rows removed in each)", false, file(session, name, "png"));
        session.say("%s: %s, %d iterations in %.1f s", label, method, table.size(), seconds);
        if (figure.isPresent() && table.size() > 0) {
            session.say(
                    "%s: iterations 0 to %d: V differs by at most %.3f %%, accuracy by at most %.4f",
                    label,
                    Math.min(COMPARED, table.size()) - 1,
                    largest(table.column("potentialDifferencePercent")),
                    largest(table.column("accuracyDifference")));
        }
    }

    private static String published(String format, double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
    }

    private static double largest(double[] differences) {
        return Arrays.stream(differences).limit(COMPARED).map(Math::abs).max().orElse(Double.NaN);
    }

    /** The paper's loop: train, measure V and delta V, remove, from the whole set on. */
    static void purify(Problem problem, DeltaVariance.Method method, int iterations, Workers workers, Watcher watcher) {
        Dataset data = problem.training();
        int classes = problem.training().targets() instanceof ClassTargets targets ? targets.classes() : 0;
        int[] kept = IntStream.range(0, data.size()).toArray();
        int foreignRemoved = 0;
        for (int k = 0; k < iterations && kept.length > REMOVED_AT_ONCE + 1; k++) {
            Objective objective = new Objective(data.select(kept), new SoftmaxLoss(classes), MixtureExperiment.RIDGE);
            Fit fit = new AdamTrainer().fit(objective, workers);
            Linearization at = objective.at(fit.model().theta(), workers);
            watcher.step(
                    k,
                    new Step(
                            kept.length,
                            Potential.of(LinearGradientSpace.of(at, workers), workers)
                                    .variance(),
                            MixtureExperiment.accuracy(fit.model(), problem.test(), workers),
                            foreignRemoved));
            if (k + 1 == iterations) {
                return;
            }
            double[] delta = DeltaVariance.deltaVariance(at, method, workers, Progress.NONE);
            int[] current = kept;
            boolean[] gone = new boolean[kept.length];
            // stable: rows with equal scores go in file order
            int[] worst = IntStream.range(0, kept.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> delta[i]))
                    .limit(REMOVED_AT_ONCE)
                    .mapToInt(Integer::intValue)
                    .toArray();
            for (int i : worst) {
                gone[i] = true;
                foreignRemoved += problem.foreign()[kept[i]] ? 1 : 0;
            }
            kept = IntStream.range(0, current.length)
                    .filter(i -> !gone[i])
                    .map(i -> current[i])
                    .toArray();
        }
    }
}
