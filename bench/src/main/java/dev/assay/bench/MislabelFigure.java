package dev.assay.bench;

import dev.assay.app.cli.Session;
import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.model.AdamTrainer;
import dev.assay.model.Fit;
import dev.assay.model.Objective;
import dev.assay.potential.Potential;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Figure 3: V and test accuracy against the share of wrong labels among 10,000 images of ten digits.
 *
 * <p>The authors' images are not published, so these are MNIST's: its test images to train on, 5,000 of its training
 * images to test on. Only the shape of the curves can be compared.
 */
final class MislabelFigure implements Figure {
    private static final String LABEL = "figure3";
    private static final String PUBLISHED = "figure3_emnist_mislabel.csv";
    private static final int POINTS = 16;
    private static final double STEP = 0.02;
    private static final double RIDGE = 0.01;

    /** V and accuracy at one share of wrong labels. */
    record Point(double potential, double accuracy, int epochs) {}

    @Override
    public void reproduce(Session session) throws IOException {
        Dataset training = session.data().mnistTestImages();
        Dataset test = session.data().mnistTrainingSample();
        Optional<List<double[]>> figure = session.data().figure(PUBLISHED);
        if (figure.isEmpty()) {
            session.say("%s: without the published %s, its columns stay empty", LABEL, PUBLISHED);
        }
        int repeats = session.repeats() == null ? 1 : session.repeats();
        session.say(
                "%s: MNIST in place of the authors' EMNIST sample; %d samples per point (the paper: 5)",
                LABEL, repeats);
        FigureTable table = new FigureTable(
                "wrongShare",
                "accuracy",
                "accuracyDeviation",
                "potential",
                "potentialDeviation",
                "publishedAccuracy",
                "publishedAccuracyDeviation",
                "publishedPotential",
                "publishedPotentialDeviation");
        for (int k = 0; k < POINTS; k++) {
            double share = k * STEP;
            double[] potentials = new double[repeats];
            double[] accuracies = new double[repeats];
            for (int repeat = 0; repeat < repeats; repeat++) {
                Dataset wrong = mislabel(training, share, session.random(k, repeat));
                Point point = measure(wrong, test, session);
                potentials[repeat] = point.potential();
                accuracies[repeat] = point.accuracy();
                session.say(
                        "%s: %.2f wrong: V %.2f, accuracy %.4f, %d epochs",
                        LABEL, share, point.potential(), point.accuracy(), point.epochs());
            }
            Spread accuracy = Spread.ofPopulation(accuracies);
            Spread potential = Spread.ofPopulation(potentials);
            double[] theirs = PublishedRows.find(figure, 1, share);
            table.add(
                    share,
                    accuracy.mean(),
                    accuracy.deviation(),
                    potential.mean(),
                    potential.deviation(),
                    theirs[0],
                    theirs[1],
                    theirs[2],
                    theirs[3]);
        }
        table.write(file(session, LABEL, "csv"));
        Charts.writeTwinAxes(
                table,
                "Wrong labels, 10,000 images",
                "wrongShare",
                "share of wrong labels",
                true,
                file(session, LABEL, "png"));
    }

    /** Trains on {@code training} by the paper's schedule and measures. */
    static Point measure(Dataset training, Dataset test, Session session) {
        Fit fit = new AdamTrainer().fit(Objective.of(training, RIDGE), session.workers());
        double potential = Potential.of(LinearGradientSpace.of(fit, session.workers()), session.workers())
                .variance();
        return new Point(potential, MixtureExperiment.accuracy(fit.model(), test, session.workers()), fit.iterations());
    }

    /** The same examples, floor(share * n) of them with another label, uniform among the others. */
    static Dataset mislabel(Dataset data, double share, Random random) {
        ClassTargets targets = (ClassTargets) data.targets();
        int[] codes = targets.codes().clone();
        int[] order = MixtureExperiment.permutation(codes.length, random);
        // a share such as 0.06 times n may lie a rounding error below the whole number that is meant
        int wrong = (int) Math.floor(share * codes.length + 1e-9);
        for (int k = 0; k < wrong; k++) {
            int other = random.nextInt(targets.classes() - 1);
            codes[order[k]] = other < codes[order[k]] ? other : other + 1;
        }
        return data.withTargets(new ClassTargets(codes, targets.names()));
    }
}
