package dev.assay.bench;

import dev.assay.app.cli.Session;
import dev.assay.data.SyntheticSample;
import dev.assay.model.AdamTrainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Figures 5 and 7: V and test accuracy against the shares of two or three distributions in a sample of 600. */
enum MixtureFigure implements Figure {
    /** Two distributions, steps of 20. */
    FIGURE_5("figure5", "figure5_two_distributions.csv", "synthetic_mix12.csv", 2, 20),
    /** Three distributions, steps of 50. */
    FIGURE_7("figure7", "figure7_three_distributions.csv", "synthetic_mix123.csv", 3, 50);

    private static final int SAMPLE = 600;
    private static final int POOL = 1000;
    private static final int REPEATS = 5;
    private static final int EPOCHS = 2000;

    private final String label;
    private final String published;
    private final String poolFile;
    private final int distributions;
    private final int step;

    MixtureFigure(String label, String published, String poolFile, int distributions, int step) {
        this.label = label;
        this.published = published;
        this.poolFile = poolFile;
        this.distributions = distributions;
        this.step = step;
    }

    @Override
    public void reproduce(Session session) throws IOException {
        int[] poolSizes = new int[distributions];
        Arrays.fill(poolSizes, POOL);
        Optional<SyntheticSample> file = session.data().synthetic(poolFile, poolSizes);
        if (file.isEmpty()) {
            session.say("%s: without the published %s, a mixture of the same functions is drawn", label, poolFile);
        }
        SyntheticSample pool = file.orElseGet(() -> SyntheticSample.drawPaper(poolSizes, session.seed()));
        Optional<List<double[]>> figure = session.data().figure(published);
        if (figure.isEmpty()) {
            session.say("%s: without the published %s, its columns stay empty", label, published);
        }
        List<int[]> points = points();
        int repeats = session.repeats() == null ? REPEATS : session.repeats();
        MixtureExperiment experiment = new MixtureExperiment(pool, new AdamTrainer().withEpochLimit(EPOCHS));
        MixtureExperiment.Result[][] results = new MixtureExperiment.Result[points.size()][repeats];
        session.workers().forEachBlock(points.size() * repeats, 1, (task, end) -> {
            int point = task / repeats;
            int repeat = task % repeats;
            results[point][repeat] =
                    experiment.run(points.get(point), session.random(point, repeat), session.workers());
        });
        FigureTable table = new FigureTable(
                "a",
                "b",
                "accuracy",
                "accuracyDeviation",
                "potential",
                "potentialDeviation",
                "publishedAccuracy",
                "publishedAccuracyDeviation",
                "publishedPotential",
                "publishedPotentialDeviation");
        int keys = distributions - 1;
        for (int k = 0; k < points.size(); k++) {
            int[] sizes = points.get(k);
            Spread accuracy = Spread.ofSample(Arrays.stream(results[k])
                    .mapToDouble(MixtureExperiment.Result::accuracy)
                    .toArray());
            Spread potential = Spread.ofSample(Arrays.stream(results[k])
                    .mapToDouble(MixtureExperiment.Result::potential)
                    .toArray());
            double[] theirs = PublishedRows.find(figure, keys, sizes[1], distributions > 2 ? sizes[2] : 0);
            table.add(
                    sizes[1],
                    distributions > 2 ? sizes[2] : 0,
                    accuracy.mean(),
                    accuracy.deviation(),
                    potential.mean(),
                    potential.deviation(),
                    theirs[0],
                    theirs[1],
                    theirs[2],
                    theirs[3]);
        }
        table.write(file(session, label, "csv"));
        draw(table, session);
        if (figure.isPresent()) {
            session.say(
                    "%s: within three published standard deviations: V at %.1f %%, accuracy at %.1f %% of %d points",
                    label,
                    100 * table.shareWithin("potential", "publishedPotential", "publishedPotentialDeviation", 3),
                    100 * table.shareWithin("accuracy", "publishedAccuracy", "publishedAccuracyDeviation", 3),
                    table.size());
        }
    }

    /** How many rows of each distribution: a of the second, b of the third, the rest of the first. */
    private List<int[]> points() {
        List<int[]> points = new ArrayList<>();
        for (int a = 0; a <= SAMPLE; a += step) {
            if (distributions == 2) {
                points.add(new int[] {SAMPLE - a, a});
                continue;
            }
            for (int b = 0; b <= SAMPLE - a; b += step) {
                points.add(new int[] {SAMPLE - a - b, a, b});
            }
        }
        return points;
    }

    private void draw(FigureTable table, Session session) throws IOException {
        if (distributions == 2) {
            Charts.writeTwinAxes(
                    table,
                    "Two distributions, " + SAMPLE + " rows",
                    "a",
                    "rows of distribution 2",
                    true,
                    file(session, label, "png"));
            return;
        }
        Charts.writeHeatMaps(
                table,
                "a",
                "b",
                List.of("rows of distribution 2", "rows of distribution 3"),
                List.of("potential", "publishedPotential", "accuracy", "publishedAccuracy"),
                List.of("V", "V (published)", "test accuracy", "test accuracy (published)"),
                file(session, label, "png"));
    }
}
